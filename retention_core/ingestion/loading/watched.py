"""Load in the background while somebody watches, who may end it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from functools import partial

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.writing import Writing
from retention_core.ingestion.loading.load import Mode, UploadReport, load
from retention_core.ingestion.understanding.understand import Understanding

_LOOK_SECONDS = 0.25


def load_watched(
    engine: DuckDBEngine,
    understood: Understanding,
    loaded_at: datetime,
    mode: Mode,
    watch: Callable[[float], None],
    *,
    future_counts: bool = False,
) -> UploadReport:
    """Load as `load` does, and call `watch` with the seconds that have passed a few times a second.

    What `watch` raises ends this loading and no other: nothing of it takes effect, also if it still waits for another
    to end. Where it comes too late, since all is loaded, the report is returned as if nothing had been raised.
    """
    writing = Writing()
    with ThreadPoolExecutor(1) as beside:
        given = partial(load, future_counts=True) if future_counts else load
        loading = beside.submit(writing.run, given, engine, understood, loaded_at, mode)
        seconds = 0.0
        while not wait([loading], _LOOK_SECONDS).done:
            seconds += _LOOK_SECONDS
            try:
                watch(seconds)
            except BaseException:
                if _is_cancelled(writing, loading):
                    raise
        return loading.result()


def _is_cancelled(writing: Writing, loading: "Future[UploadReport]") -> bool:
    """Cancel until the loading is over, and tell whether that was in time."""
    while not wait([loading], _LOOK_SECONDS / 10).done:
        writing.cancel()  # an interrupt ends one statement, and there are several
    return writing.is_cancelled
