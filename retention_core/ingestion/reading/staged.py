"""What reading a file yields: its tables, every value still text, nothing decided yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class MalformedRow:
    """One record that has not the width of the table. row_number: its place in the file, the header counted."""

    row_number: int
    text: str
    reason: str


@dataclass(frozen=True)
class StagedTable:
    """One table of a file, as text, in a Parquet file of our own.

    file_name: as the person knows it. sheet: name of the sheet, empty for text files. sha256: of the file's bytes.
    path: Parquet with the columns `row_number` (place in the file, the header counted) and c0, c1, … (text).
    header: one name per column, made unique. row_count: rows in the Parquet file. malformed: records kept out of it.
    plain: for each column, whether every cell holds ASCII text without spaces around it. reading: how the text was
    cut, in words. encodings: for text files the encoding it was read in, then those that fit as well (empty for others);
    encoding_samples: for each of several, up to five cells or names of columns that they read differently, in the same
    order. A file read in a chosen one: `read_file(..., encoding=…)`.
    """

    file_name: str
    sheet: str
    sha256: str
    path: Path
    header: tuple[str, ...]
    row_count: int
    malformed: tuple[MalformedRow, ...]
    plain: tuple[bool, ...]
    reading: str
    encodings: tuple[str, ...] = ()
    encoding_samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        """Records of the table in the file, the header left out."""
        return self.row_count + len(self.malformed)

    @property
    def title(self) -> str:
        """File and sheet, as shown to people."""
        return f"{self.file_name} › {self.sheet}" if self.sheet else self.file_name

    def column(self, header: str) -> str:
        """Return the Parquet column that holds the values under `header`."""
        return f"c{self.header.index(header)}"

    def is_plain(self, header: str) -> bool:
        """Tell whether the column under `header` needs no cleaning."""
        return self.plain[self.header.index(header)]

    def cell(self, header: str) -> str:
        """Return the SQL of a cell: its text without spaces around it, NULL where it stands for no value."""
        return self.column(header) if self.is_plain(header) else f"present({self.column(header)})"

    def text(self, header: str) -> str:
        """Return the SQL of a cell with its digits in Latin ones."""
        return self.column(header) if self.is_plain(header) else f"latin_digits({self.cell(header)})"
