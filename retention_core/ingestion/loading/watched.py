"""Load in the background while somebody watches, who may end it."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from datetime import datetime

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading.load import Mode, UploadReport, load
from retention_core.ingestion.understanding.understand import Understanding

_LOOK_SECONDS = 0.25


def load_watched(
    engine: DuckDBEngine, understood: Understanding, loaded_at: datetime, mode: Mode, watch: Callable[[float], None]
) -> UploadReport:
    """Load as `load` does, and call `watch` with the seconds that have passed a few times a second.

    What `watch` raises ends the loading: nothing of it takes effect.
    """
    with ThreadPoolExecutor(1) as beside:
        loading: Future[UploadReport] = beside.submit(load, engine, understood, loaded_at, mode)
        seconds = 0.0
        while True:
            try:
                return loading.result(timeout=_LOOK_SECONDS)
            except StillRunning:
                seconds += _LOOK_SECONDS
                try:
                    watch(seconds)
                except BaseException:
                    while not loading.done():  # an interrupt ends one statement, and there are several
                        engine.interrupt_writing()
                        time.sleep(_LOOK_SECONDS / 10)
                    raise
