"""Ask one peer every question it is asked, in this process alone, and print seconds and answers as JSON.

Run as `python -m benchmarks.peers polars folder customer_id 3`.
"""

import argparse
import importlib
import json

from benchmarks.measured import timed


def main() -> None:
    """Open the data, ask, and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("peer")
    arguments.add_argument("folder")
    arguments.add_argument("key", choices=("customer_id", "customer_key"))
    arguments.add_argument("runs", type=int)
    given = arguments.parse_args()
    peer = importlib.import_module(f"benchmarks.peers.with_{given.peer}")
    data = peer.opened(given.folder, given.key)
    found = {}
    for name, ask in peer.QUESTIONS.items():
        seconds, rows = timed(given.runs, lambda ask=ask: ask(data))  # type: ignore[misc]  # bound at once
        found[name] = {"seconds": seconds.runs, "rows": sorted([int(cell) for cell in row] for row in rows)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
