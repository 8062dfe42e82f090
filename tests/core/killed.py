"""Kill a process at random moments while it works, and say what it left; run as a program, so that no test is forked.

`python -m tests.core.killed loading|keeping FOLDER KILLS` prints one JSON object per kill.
"""

import itertools
import json
import os
import random
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.last_change import accept_as_it_stands
from retention_core.errors import WorkspaceBehind
from retention_core.workspaces import create, delete_leftovers, saved_names

ROWS = 60_000


def load_on_and_on(folder: Path) -> None:
    """Load one upload after the other, and note each when it is loaded; the reader keeps the newest in the log."""
    engine = DuckDBEngine(folder / "North")
    (folder.parent / "busy").touch()
    threading.Thread(target=read_on_and_on, args=(engine,), daemon=True).start()
    while True:
        with engine.transaction() as cursor:
            cursor.execute("UPDATE uploads SET rows_read = 1")  # as an upload does that replaces others
            cursor.execute(
                "INSERT INTO uploads (upload_id, file_name) SELECT coalesce(max(upload_id), 0) + 1, 'a.csv' FROM uploads "
                "RETURNING upload_id"
            )
            loaded = cursor.fetchall()[0][0]
        (folder / "loaded.new").write_text(str(loaded))
        (folder / "loaded.new").rename(folder / "loaded")


def read_on_and_on(engine: DuckDBEngine) -> None:
    """Ask one long question after the other."""
    while True:
        engine.query("SELECT sum(hash(others.range)) FROM uploads, range(1_000_000) AS others")


def what_is_left_of_loading(folder: Path, n: int) -> dict[str, object]:
    """Open what was left, every second time without its log."""
    log = folder / "North" / "workspace.duckdb.wal"
    noted = folder / "loaded"
    said: dict[str, object] = {
        "loaded": int(noted.read_text()) if noted.exists() else 0,
        "is_without_log": log.exists() and n % 2 == 1,
    }
    if said["is_without_log"]:
        log.unlink()
    try:
        engine = DuckDBEngine(folder / "North")
    except WorkspaceBehind as error:
        accept_as_it_stands(folder / "North")
        said["told"] = str(error)
        engine = DuckDBEngine(folder / "North")
    held = int(engine.query("SELECT max(upload_id) AS id FROM uploads")["id"].fillna(0).iloc[0])
    noted.write_text(str(held))
    return said | {"held": held}


def keep_on_and_on(folder: Path) -> None:
    """Keep one workspace under one name after the other, full and empty ones."""
    engine = DuckDBEngine()
    with engine.transaction() as cursor:
        cursor.execute(f"INSERT INTO customer_ids SELECT range, hash(range)::VARCHAR FROM range({ROWS})")
    (folder.parent / "busy").touch()
    for n in itertools.count():
        create(folder, f"Kept {n}", engine)
        create(folder, f"Empty {n}")


def what_is_left_of_keeping(folder: Path, n: int) -> dict[str, object]:
    """Open every name that is listed, and clean up."""
    rows = dict[str, object]()
    for name in saved_names(folder):
        engine = DuckDBEngine(folder / name)
        rows[name] = int(engine.query("SELECT count(*) AS n FROM customer_ids")["n"].iloc[0])
        engine.close()
        shutil.rmtree(folder / name)
    unfinished = len(list(folder.glob(".*")))
    delete_leftovers(folder, folder)
    return {"rows": rows, "unfinished": unfinished, "left": [each.name for each in folder.glob(".*")]}


WORK = {
    "loading": (load_on_and_on, what_is_left_of_loading),
    "keeping": (keep_on_and_on, what_is_left_of_keeping),
}


def forked(work: Callable[[], object]) -> int:
    """Do the work in a process of its own, and return its number."""
    process = os.fork()
    if process:
        return process
    try:
        work()
    except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(0)  # nothing of the parent is cleaned up here


def _print_what_is_left(look: Callable[[Path, int], dict[str, object]], folder: Path, n: int) -> None:
    print(json.dumps(look(folder, n)), flush=True)  # noqa: T201


def main(kind: str, folder: Path, kills: int) -> None:
    work, look = WORK[kind]
    if kind == "loading":
        create(folder, "North")
    moments = random.Random(kills)
    for n in range(kills):
        busy = forked(lambda: work(folder))
        while not (folder.parent / "busy").exists():
            time.sleep(0.01)
        (folder.parent / "busy").unlink()
        time.sleep(moments.uniform(0.0, 0.6))
        os.kill(busy, signal.SIGKILL)
        os.waitpid(busy, 0)
        looking = forked(partial(_print_what_is_left, look, folder, n))
        os.waitpid(looking, 0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
