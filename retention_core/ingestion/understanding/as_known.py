"""A file whose system is known: its columns and readings as that system documents them, where the values agree."""

from dataclasses import replace

from retention_core.ingestion.known_exports.known_export import KnownExport
from retention_core.ingestion.understanding.content import fits, present
from retention_core.ingestion.understanding.evidence import Sample, contradicts
from retention_core.ingestion.understanding.match_columns import Match, TableMatch, match_columns, ordered
from retention_core.ingestion.understanding.read_dates import from_utc
from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn
from retention_core.tables import TABLES, Column

_FITS = 0.5


def match_known(sample: Sample, known: KnownExport) -> TableMatch:
    """Return the columns as the export's system documents them; required ones that it lacks are looked for as ever."""
    table = TABLES[known.table]
    matches = [
        Match(column.name, header, 1.0) for column in table.columns if (header := _header(sample, known, column))
    ]
    taken = {each.header for each in matches}
    found = TableMatch(table, tuple(matches))
    lacking = {column.name for column in found.missing} | ({"customer"} - set(found.headers))
    others = [
        each for each in match_columns(sample, table).matches if each.column in lacking and each.header not in taken
    ]
    return TableMatch(table, ordered(table, [*matches, *others]))


def _header(sample: Sample, known: KnownExport, column: Column) -> str:
    """Return the header of one column: the preferred one that holds values of its kind, else one that is empty."""
    there = known.headers(column.name, tuple(sample))
    filled = [header for header in there if present(sample[header])]
    fitting = [
        each for each in filled if fits(column.kind, sample[each]) >= _FITS and not contradicts(column, sample[each])
    ]
    return next(iter(fitting), "")


def reading_known(
    column: StagedColumn, name: str, found: Reading | Question | None, known: KnownExport
) -> Reading | Question | None:
    """Return the reading that the export's documentation fixes, else the one found.

    Where the values fit several readings, the documented one is taken; where they fit one only, they win.
    """
    documented = known.read.get(name) or known.read.get(name.removesuffix("_at") + "_after", "")
    if isinstance(found, Question) and documented:
        found = next((each for each in found.readings if each.name == documented), found)
    if known.zone != "UTC":
        return found
    if isinstance(found, Question):
        return replace(found, readings=tuple(from_utc(column, each) for each in found.readings))
    return from_utc(column, found) if found else None
