"""Rewrite a text file as the fast reader can cut it: without NUL bytes, with double quotes, doubled inside."""

import csv
import re
from dataclasses import replace
from pathlib import Path

from retention_core.ingestion.reading.dialect import Dialect

_CHUNK_BYTES = 16 << 20


def without_nul(source: Path, target: Path) -> Path:
    """Write the file without its NUL bytes, which stand for nothing in text."""
    with source.open("rb") as file, target.open("wb") as out:
        while chunk := file.read(_CHUNK_BYTES):
            out.write(chunk.replace(b"\0", b""))
    return target


def in_usual_form(source: Path, target: Path, dialect: Dialect) -> tuple[Path, Dialect]:
    """Write the file with double quotes, doubled inside, and a tab for runs of white space; return its new dialect."""
    separator = "\t" if dialect.separator == " " else dialect.separator
    with (
        source.open(encoding=dialect.encoding, newline="") as lines,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, delimiter=separator, lineterminator="\n")
        if dialect.separator == " ":
            writer.writerows(line.split() for line in lines)
        elif dialect.escape:  # the letter is an escape before quotes and itself, and a letter elsewhere
            out.writelines(re.sub(r"\\([\\\"])", lambda found: found[1].replace('"', '""'), line) for line in lines)
        else:
            writer.writerows(
                csv.reader(
                    lines,
                    delimiter=dialect.separator,
                    quotechar=dialect.quote,
                    skipinitialspace=dialect.is_padded,
                )
            )
    usual = replace(dialect, encoding="utf-8", separator=separator, quote='"', escape="", is_padded=False)
    return target, usual
