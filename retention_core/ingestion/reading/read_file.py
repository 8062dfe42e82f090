"""Read a file into staged tables: in a child process with limits, so that no file can harm the dashboard."""

import contextlib
import hashlib
import json
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.child import read
from retention_core.ingestion.reading.staged import MalformedRow, StagedTable
from retention_core.words.say import retold, say

_LOOK_SECONDS = 0.25
Watch = Callable[[int], None]
PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class ReadingLimits:
    """What one file may cost. memory_bytes: address space of the child. seconds: of the clock and of the processor."""

    memory_bytes: int = 4 << 30
    seconds: int = 600


def read_file(
    source: Path,
    staging: Path,
    file_name: str = "",
    limits: ReadingLimits | None = None,
    *,
    keep_empty: bool = False,
    watch: Watch | None = None,
    encoding: str = "",
) -> list[StagedTable]:
    """Return the tables of the file `source`, staged as Parquet in the folder `staging`.

    file_name: the name that people know it by (default: the file's own). keep_empty: return tables that have a header
    and no row as well. watch: called a few times a second with the bytes written so far; what it raises ends the
    reading. encoding: a Python codec that a person chose for text that is not in Unicode (default: found by its words).
    Whatever goes wrong, nothing of the file is left in the folder. Raises FileUnreadable where the file is empty,
    damaged, not a table, or exceeds the limits.
    """
    name = file_name or source.name
    if not source.stat().st_size:
        raise FileUnreadable(
            say("The file is empty."), say("{file} holds no bytes.", file=name), say("Export it again and upload that.")
        )
    source, target = source.resolve(), staging.resolve() / uuid.uuid4().hex
    kept = list[Path]()
    try:
        with ThreadPoolExecutor(1) as beside:
            digest = beside.submit(_sha256, source)
            answer = _run_child(source, target, name, limits or ReadingLimits(), watch, encoding)
        tables = [_staged(table, name, digest.result()) for table in answer["tables"]]
        tables = [table for table in tables if table.rows_read or keep_empty]
        kept = [table.path for table in tables]
    finally:
        _clear(target, kept)
    if not tables:
        raise FileUnreadable(
            say("The file holds no rows."),
            say("{file} has a header at most, and nothing under it.", file=name),
            say("Upload a file with at least one row of data."),
        )
    return tables


def read_our_own(source: Path, staging: Path) -> list[StagedTable]:
    """Return the tables of a file that ships with the project, staged like any other's.

    Nobody else has touched it, so it is read in this process, which saves the time in which a child starts.
    """
    tables = read(source, staging.resolve() / uuid.uuid4().hex)
    return [_staged(table, source.name, _sha256(source)) for table in tables]


def _clear(target: Path, kept: list[Path]) -> None:
    """Delete what was written for a file, all but the tables that were read."""
    for path in target.parent.glob(f"{target.name}*"):
        if path not in kept:
            path.unlink(missing_ok=True)


def _run_child(
    source: Path, target: Path, name: str, limits: ReadingLimits, watch: Watch | None, encoding: str
) -> dict[str, Any]:
    command = [sys.executable, "-m", "retention_core.ingestion.reading.child", str(source), str(target)]
    command += [str(limits.memory_bytes), str(limits.seconds), encoding]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:  # noqa: S603
        try:
            stderr = _waited(child, target, limits, watch)
        except subprocess.TimeoutExpired as error:
            raise _too_slow(name, limits) from error
        finally:
            child.kill()  # harmless where it has ended; the child of somebody who left must not go on
            child.wait()  # else it might write on after its files were deleted
    answer_file = target.with_suffix(".json")
    if not answer_file.exists():
        raise _too_slow(name, limits) if child.returncode == -signal.SIGXCPU else _died(name, limits, stderr)
    answer: dict[str, Any] = json.loads(answer_file.read_text(encoding="utf-8"))
    if "error" in answer:
        title, found, advice = map(retold, answer["error"])
        raise FileUnreadable(title, say("{file}: {found}", file=name, found=found), advice)
    return answer


def _waited(child: subprocess.Popen[str], target: Path, limits: ReadingLimits, watch: Watch | None) -> str:
    """Wait until the child has ended and return what it complained of; meanwhile tell how much it has written."""
    for _ in range(int(limits.seconds / _LOOK_SECONDS)):
        try:
            return child.communicate(timeout=_LOOK_SECONDS)[1]
        except subprocess.TimeoutExpired:
            if watch:
                watch(_written_bytes(target))
    raise subprocess.TimeoutExpired(child.args, limits.seconds)


def _written_bytes(target: Path) -> int:
    """Return the bytes written so far; what was unpacked may be deleted while it is counted."""
    total = 0
    for path in target.parent.glob(f"{target.name}*"):
        with contextlib.suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def _staged(table: dict[str, Any], name: str, digest: str) -> StagedTable:
    reasons = {reason: retold(reason) for reason in {row[2] for row in table["malformed"]}}
    return StagedTable(
        file_name=name,
        sheet=table["sheet"],
        sha256=digest,
        path=Path(table["path"]),
        header=tuple(table["header"]),
        row_count=table["row_count"],
        malformed=tuple(MalformedRow(number, text, reasons[reason]) for number, text, reason in table["malformed"]),
        plain=tuple(table["plain"]),
        reading=retold(table["reading"]),
        encodings=tuple(table.get("encodings", ())),
        encoding_samples={name: tuple(cells) for name, cells in table.get("encoding_samples", {}).items()},
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _too_slow(name: str, limits: ReadingLimits) -> FileUnreadable:
    return FileUnreadable(
        say("Reading the file took too long."),
        say("{file} was not read within {seconds} seconds.", file=name, seconds=limits.seconds),
        say("Split it, or save the sheet with the data as CSV and upload that."),
    )


def _died(name: str, limits: ReadingLimits, stderr: str) -> FileUnreadable:
    last = stderr.strip().splitlines()[-1][:200] if stderr.strip() else say("no message")
    return FileUnreadable(
        say("The file could not be read within the memory allowed."),
        say(
            "{file} needs more than {limit} GiB, or breaks the reader ({last}). A single cell far away from the data can "
            "do that.",
            file=name,
            limit=round(limits.memory_bytes / (1 << 30)),
            last=last,
        ),
        say("Copy just the table to a new workbook, or save it as CSV, and upload that."),
    )
