"""All benchmarks in one run, written to RESULTS.md and results.svg.

Run as `make bench`, `make bench ROWS=100000000` or `python -m benchmarks --rows 20000000`. A subject that cannot be
measured here (no Chromium, a peer that gives up) is left out, and the results say so; the others go on.
"""

import argparse
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import analyses, compared, filter_change, loading, starting
from benchmarks.measured import Subject, Table
from benchmarks.people_figures import measure as people
from benchmarks.picture import PICTURE, write_picture
from benchmarks.results import RESULTS, printed, write

SIZES = (1_000_000, 10_000_000, 20_000_000)
PEOPLE_ROWS, CHROMIUM_ROWS = 1_000_000, 10_000_000
WITHOUT = ("starting", "filter_change", "people", "compared")


def run(
    rows: int,
    runs: int,
    seconds: int,
    without: Sequence[str] = (),
    peers: Sequence[str] = compared.PEERS,
    keep: Callable[[list[Subject]], None] = lambda subjects: None,
) -> list[Subject]:
    """Measure one subject after the other. seconds: how long people change switches. without: subjects left out.

    keep: called with all that is measured so far after each subject, so that a run that is ended loses only the rest.
    """
    times: dict[int, dict[str, analyses.Taken]] = {}
    for size in sorted({*(size for size in SIZES if size < rows), rows}):
        times[size] = analyses.ask_all(size, runs)
    subjects: dict[str, Callable[[], Subject]] = {
        "loading": lambda: loading.measure(rows, runs),
        "analyses": lambda: analyses.measure(rows, runs, times[rows]),
        "compared": lambda: compared.measure(rows, runs, times[rows], peers),
        "growth": lambda: analyses.growth(times),
        "starting": lambda: starting.measure(),
        "filter_change": lambda: filter_change.measure(min(rows, CHROMIUM_ROWS)),
        "people": lambda: people(min(rows, PEOPLE_ROWS), seconds),
    }
    measured = list[Subject]()
    for name, measure in subjects.items():
        if name not in without:
            measured.append(_measured(name, measure))
            keep(measured)
    return measured


def _measured(name: str, measure: Callable[[], Subject]) -> Subject:
    """Measure and print one subject; say of one that fails that it was not measured, and why."""
    try:
        subject = measure()
    except Exception as error:  # noqa: BLE001 - the other subjects of a long run must not be lost
        traceback.print_exc()
        reason = f"It was not measured in this run: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        subject = Subject(name, [Table("Not measured", ("reason",), [[reason]])])
    print(printed(subject), flush=True)
    return subject


def main() -> None:
    """Measure, print and write."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=20_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument(
        "--seconds", type=int, default=60, help="how long people change switches, for each number of them"
    )
    arguments.add_argument("--without", default="", help=f"subjects to leave out: {', '.join(WITHOUT)}")
    arguments.add_argument("--peers", default=",".join(compared.PEERS))
    arguments.add_argument("--results", type=Path, default=RESULTS)
    arguments.add_argument("--picture", type=Path, default=PICTURE)
    given = arguments.parse_args()
    start = time.monotonic()

    def keep(subjects: list[Subject]) -> None:
        write(subjects, given.rows, (time.monotonic() - start) / 60, given.results)
        write_picture(subjects, f"Comeback, {given.rows / 1e6:g} million orders", given.picture)

    run(given.rows, given.runs, given.seconds, tuple(given.without.split(",")), tuple(given.peers.split(",")), keep)


if __name__ == "__main__":
    main()
