"""Ask one question of a workspace in a process of its own, and print the most memory it held, in bytes, as JSON.

Run as `python -m benchmarks.asked_once folder "cohorts by month"`.
"""

import argparse
import json
from pathlib import Path

from benchmarks.measured import most_held
from benchmarks.questions import QUESTIONS
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters

if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("question", choices=tuple(QUESTIONS))
    given = arguments.parse_args()
    engine = DuckDBEngine(given.folder)
    before = most_held()
    QUESTIONS[given.question].ask(engine, Filters())
    print(json.dumps({"before": before, "most": most_held()}))
    engine.close()
