"""Read JSON into Parquet of our own, every cell as text: one object a line, or arrays of objects."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.complaint import complaint
from retention_core.ingestion.reading.read_columnar import write_batches
from retention_core.words.say import say

_ROWS = 50_000
_LINE_BYTES = 64 << 20
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str)
Records = Callable[[], Iterator[dict[str, str]]]


def read_json(source: Path, target: Path) -> list[dict[str, Any]]:
    """Write the records of a JSON file as text to Parquet; return a description of each table, as `read_text` does.

    An object inside a record gives one column for each of its own, named `outer.inner`; a list stays JSON. Numbers and
    moments keep the letters in which they are written. Rows are numbered as lines are, or from 1 in an array. An
    object with several arrays of objects gives a table of each.
    """
    try:
        if _is_lines(source):
            return [_table(lambda: _lines(source), target.with_suffix(".parquet"), say("JSON, one object a line"), "")]
        text = source.read_text(encoding="utf-8-sig")
        places = _arrays(text)
        if not places:
            raise ValueError(say("no array of objects is in it"))
        return [
            _table(
                lambda place=place: _elements(text, place),  # type: ignore[misc]
                target.with_name(f"{target.name}-{n}.parquet"),
                say("JSON, an array of objects"),
                name if len(places) > 1 else "",
            )
            for n, (name, place) in enumerate(places)
        ]
    except (ValueError, TypeError, IndexError, RecursionError) as error:
        raise FileUnreadable(
            say("The file does not hold one JSON object a line, nor an array of objects."),
            say("The reader says: {error}", error=complaint(error)),
            say("Export it again, or save it as CSV."),
        ) from error


def _is_lines(source: Path) -> bool:
    """Tell whether every line is an object: the first one is, and is not all that there is with arrays in it."""
    with source.open(encoding="utf-8-sig") as file:
        first = next((line for line in iter(lambda: file.readline(_LINE_BYTES), "") if line.strip()), "")
        more = any(line.strip() for line in itertools.islice(file, 10))
    if not first.lstrip().startswith("{"):
        return not first.lstrip().startswith("[")
    try:
        value = json.loads(first)
    except ValueError:
        return more and first.strip() != "{" and '":' in first and first.rstrip().endswith("}")
    return more or not any(_holds_objects(each) for each in value.values())


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _arrays(text: str) -> list[tuple[str, int]]:
    """Return the name and the place of each array of objects: the whole text, or a value of the object that it is."""
    place = _next(text, 0)
    if text[place] == "[":
        return [("", place)]
    found, place = list[tuple[str, int]](), _next(text, place + 1)
    while text[place] != "}":
        name, place = _DECODER.raw_decode(text, place)
        start = _next(text, _next(text, place) + 1)  # behind the colon
        if text[start] == "[" and text[_next(text, start + 1)] == "{":
            found.append((str(name), start))
        _, place = _DECODER.raw_decode(text, start)
        place = _next(text, place)
        place = _next(text, place + 1) if text[place] == "," else place
    return found


def _next(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _elements(text: str, place: int) -> Iterator[dict[str, str]]:
    """Yield the objects of the array that begins at a place, one after the other."""
    place = _next(text, place + 1)
    while text[place] != "]":
        value, place = _DECODER.raw_decode(text, place)
        yield dict(_flat("", value))
        place = _next(text, place)
        if text[place] not in ",]":
            raise ValueError(say("a comma is missing at letter {place}", place=place))
        place = _next(text, place + 1) if text[place] == "," else place


def _lines(source: Path) -> Iterator[dict[str, str]]:
    with source.open(encoding="utf-8-sig") as lines:
        for line in lines:
            if line.strip():
                yield dict(_flat("", json.loads(line, parse_float=str, parse_int=str)))


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each value of a record, however deep."""
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _flat(f"{name}.{inner}" if name else str(inner), each)
    elif not name:
        raise TypeError(say("a record is {value}, not an object", value=str(value)[:40]))
    elif value is None or isinstance(value, str):
        yield name, value or ""
    else:
        yield name, json.dumps(value, ensure_ascii=False)


def _table(records: Records, target: Path, reading: str, sheet: str) -> dict[str, Any]:
    names: dict[str, None] = {}
    for record in records():
        names |= dict.fromkeys(record)
    return write_batches(list(names), _batches(records(), list(names)), target, 1, reading, sheet)


def _batches(records: Iterator[dict[str, str]], names: list[str]) -> Iterator[pa.RecordBatch]:
    while rows := list(itertools.islice(records, _ROWS)):
        columns = [pa.array([row.get(name, "") for row in rows], pa.string()) for name in names]
        yield pa.record_batch(columns, names=names)
