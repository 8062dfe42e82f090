"""How much memory a workspace may use, and all of them together; both can be set from outside."""

import os
import re
from pathlib import Path

from retention_core.errors import SettingInvalid
from retention_core.words.say import say

OF_ONE, OF_ALL = "COMEBACK_MEMORY", "COMEBACK_MEMORY_ALL"
_SHARE_OF_MACHINE = 0.7  # the rest is for Python, for reading files, and for other programs
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "KI": 2**10, "MI": 2**20, "GI": 2**30, "TI": 2**40}
_LEAST = 256_000_000
_MOST_OF_ONE = 3_000_000_000
OF_EMPTY, _TIMES_STORED = 16_000_000, 4  # 10 million orders are about 200 MB in a file; a question uses up to 800
# version 2 and 1 of the limits that a container may have
_CGROUPS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def memory_of_one() -> int:
    """Return how many bytes one workspace may use: as COMEBACK_MEMORY says, else 3 GB, on small machines less.

    Raises SettingInvalid where what is set is no size.
    """
    return min(_from_environment(OF_ONE) or _MOST_OF_ONE, memory_of_all())


def memory_of_all() -> int:
    """Return how many bytes all workspaces may use together: as COMEBACK_MEMORY_ALL says, else 70% of the machine's.

    Raises SettingInvalid where what is set is no size.
    """
    return _from_environment(OF_ALL) or max(_LEAST, int(machine_memory() * _SHARE_OF_MACHINE))


def machine_memory(cgroups: tuple[Path, ...] = _CGROUPS) -> int:
    """Return the bytes of memory that this program may use at most, on this machine or in its container."""
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limits = [each.read_text().strip() for each in cgroups if each.is_file()]
    return min([there, *(int(each) for each in limits if each.isdigit())])


def needed_memory(folder: Path, staging: Path | None, most: int) -> int:
    """Return about how many bytes work on a workspace needs, by the size of its file and of what is staged."""
    stored = sum(_size(folder / name) for name in ("workspace.duckdb", "workspace.duckdb.wal"))
    staged = sum(_size(each) for each in staging.rglob("*.parquet")) if staging else 0
    return min(most, OF_EMPTY + _TIMES_STORED * (stored + staged))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # there is none, or it went meanwhile
        return 0


def bytes_of(size: str) -> int:
    """Return the bytes of a size such as `3GB` or `2.5 GiB`; 0 where it is none."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]I?)?B?\s*", size.upper())
    return int(float(found[1]) * _UNITS[found[2] or ""]) if found else 0


def _from_environment(name: str) -> int:
    """Return the bytes that a variable of the environment sets, 0 where it is not set."""
    written = os.environ.get(name, "").strip()
    if not written:
        return 0
    if bytes_of(written) < _LEAST:
        raise SettingInvalid(
            say("The limit of memory cannot be used."),
            say(
                "{variable} is “{written}”, which is no size, or too small to work with.",
                variable=name,
                written=written,
            ),
            say("Set it to a size of at least {least}, such as {example}.", least="256MB", example="3GB"),
        )
    return bytes_of(written)
