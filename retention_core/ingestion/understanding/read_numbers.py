"""How the numbers of a column are written, decided once from all its values."""

import re
from dataclasses import replace

from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn
from retention_core.ingestion.understanding.words import list_sql, map_sql
from retention_core.words.say import say, sentence

# A number is what is left of the digits and marks once currencies and their dots are gone. Nothing is a number where
# another letter stands between digits (a date, 2 x 3) or a thousand is a letter (1.2k).
_WORDLESS = r"regexp_replace({text}, '\pL+[.]?', '', 'g')"
_BARE = rf"rtrim(regexp_replace({_WORDLESS}, '[^0-9.,]', '', 'g'), '.,')"
_NONSENSE = r"regexp_matches({text}, '[0-9]\s*[^0-9.,''’`٬ \s\x{00a0}\x{202f}]+\s*[0-9]|[0-9]\s?[kKmMbB]($|[^\pL])')"
_NEGATIVE = r"regexp_matches({text}, '^[^0-9]*[-−–(][^0-9]*[0-9]|[0-9]\s*[-−–][^0-9]*$')"
# In a ledger one of credit and debit takes from the other; which of the two a purchase is, only the file tells.
_SIDES = {
    "credit": r"regexp_matches({text}, '[0-9]\s?(CR|Cr|cr|H)\.?$')",
    "debit": r"regexp_matches({text}, '[0-9]\s?(DR|Dr|dr|S)\.?$')",
}
_SIDE_OFF = {"credit": sentence("{reading}, credit taken off"), "debit": sentence("{reading}, debit taken off")}
_SIGN = f"CASE WHEN {_NONSENSE} THEN NULL WHEN {_NEGATIVE} THEN -1 ELSE 1 END"
_SCIENTIFIC = (
    "CASE WHEN regexp_full_match({text}, '[-+]?[0-9]+([.][0-9]+)?[eE][-+]?[0-9]+') "
    "THEN try_cast(try_cast({text} AS DOUBLE) AS DECIMAL(18,4)) END"
)
_POINT = f"coalesce({_SCIENTIFIC}, {_SIGN} * try_cast(replace({_BARE}, ',', '') AS DECIMAL(18,4)))"
_COMMA = f"{_SIGN} * try_cast(replace(replace({_BARE}, '.', ''), ',', '.') AS DECIMAL(18,4))"

PLAIN = Reading("plain", sentence("plain numbers"), "try_cast({text} AS DECIMAL(18,4))")
POINT = Reading("decimal_point", sentence("decimal point (1,234.50)"), _POINT)
COMMA = Reading("decimal_comma", sentence("decimal comma (1.234,50)"), _COMMA)

STARS = Reading(
    "stars", sentence("stars, counted"), "nullif(length(regexp_replace({text}, '[^★⭐*]', '', 'g')), 0)::DECIMAL(18,4)"
)
WORDS = Reading(
    "words",
    sentence("words, from 1 (very dissatisfied) to 5 (very satisfied)"),
    f"({map_sql('scores')})[lower({{text}})]::DECIMAL(18,4)",
)
_OUT_OF = r"'^([0-9]+([.,][0-9]+)?)\s*(/|of|out of|von|sur|de|از|stars?|ستاره|sterne?|étoiles?|estrellas?|estrelas?|yıldız|نجوم)'"
OUT_OF = Reading(
    "out_of",
    sentence("the number before “of 5”, “/ 5” or “stars”"),
    f"try_cast(replace(regexp_extract({{text}}, {_OUT_OF}, 1), ',', '.') AS DECIMAL(18,4))",
)

# Spaces of every kind at the ends of an id, and characters of no width anywhere in it, make no other customer.
_HIDDEN = "[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]|^[\\s\u00a0\u202f]|[\\s\u00a0\u202f]$"
_NO_WIDTH = r"[\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}\x{feff}\x{00ad}]"
_ENDS = r"^[\s\x{00a0}\x{202f}\x{3000}]+|[\s\x{00a0}\x{202f}\x{3000}]+$"
_WITHOUT_HIDDEN = Reading(
    "id_without_hidden",
    sentence("ids without characters that cannot be seen"),
    f"nullif(regexp_replace(regexp_replace({{text}}, '{_NO_WIDTH}', '', 'g'), '{_ENDS}', '', 'g'), '')",
)

# Shapes of a number that settle where its decimals begin, or leave it open.
_SURE_POINT = r"\d[.]\d{1,2}$|\d[.]\d{4,}|,\d{3}[.]|\d,\d{2,3},|\d{4,}[.]|^\D*0[.]|[eE]"
_SURE_COMMA = r"\d,\d{1,2}$|\d,\d{4,}|[.]\d{3},|\d[.]\d{3}[.]|\d{4,},|^\D*0,"
_OPEN = r"^\D*\d{1,3}[.,]\d{3}\D*$"


def read_numbers(column: StagedColumn) -> Reading | Question | None:
    """Return how the numbers of a column are read, a question where the mark in `1.234` is open, None if not numbers."""
    text = column.staged.text(column.header)
    whole, plain = f"CASE WHEN NOT contains({text}, '.') THEN {column.read_as(PLAIN)} END", column.read_as(PLAIN)
    present, as_whole, as_plain = column.count([whole, plain])
    if as_plain == present and (as_whole == present or any(re.search(_SURE_POINT, value) for value in column.sample())):
        # most columns; the shapes of all values, which cost more, need not be looked at
        return replace(_said(PLAIN), reads_all=True)
    bare = _BARE.replace("{text}", text)
    shapes = [f"CASE WHEN regexp_matches({bare}, '{shape}') THEN 1 END" for shape in (_SURE_POINT, _SURE_COMMA, _OPEN)]
    point, comma = (column.read_as(each) for each in (POINT, COMMA))
    present, as_point, as_comma, sure_point, sure_comma, still_open = column.count([point, comma, *shapes])
    if max(as_point, as_comma) < 0.5 * present:
        return None
    if still_open and not sure_point and not sure_comma:
        both = (_said(POINT), _said(COMMA))
        return Question("", column.header, both, column.examples(both), column.spans(both))
    return _with_sides(column, _said(COMMA if sure_comma > sure_point else POINT))


def _said(reading: Reading) -> Reading:
    """Return a reading of this module with its words said."""
    return replace(reading, words=say(reading.words))


def _with_sides(column: StagedColumn, reading: Reading) -> Reading | Question:
    """Return the reading with the rarer of credit and debit taken off, a question where neither is rare."""
    text = column.staged.text(column.header)
    in_credit, in_debit = column.count(
        [f"CASE WHEN {side.replace('{text}', text)} THEN 1 END" for side in _SIDES.values()]
    )[1:]
    if not in_credit and not in_debit:
        return reading
    readings = {
        side: replace(
            reading,
            name=f"{reading.name}_{side}_off",
            words=say(_SIDE_OFF[side], reading=reading.words),
            sql=f"CASE WHEN {_SIDES[side]} THEN -1 ELSE 1 END * ({reading.sql})",
        )
        for side in _SIDES
    }
    if not in_debit or not in_credit:  # the rows without a mark are of the other side
        return readings["credit" if in_credit else "debit"]
    likely, other = ("credit", "debit") if in_credit <= in_debit else ("debit", "credit")
    both = (readings[likely], readings[other])
    asked = say(
        "“{header}” marks {credit} rows as credit and {debit} as debit. Which of them is taken off?",
        header=column.header,
        credit=in_credit,
        debit=in_debit,
    )
    return Question("", column.header, both, column.examples(both), column.spans(both), asked)


def read_truths(_: StagedColumn) -> Reading:
    """Return how yes and no are read."""
    yes, no = list_sql("truth", "yes"), list_sql("truth", "no")
    sql = f"CASE WHEN list_contains({yes}, lower({{text}})) THEN TRUE WHEN list_contains({no}, lower({{text}})) THEN FALSE END"
    return Reading("truth", say("yes and no"), sql)


def read_scores(column: StagedColumn) -> Reading | Question | None:
    """Return how the answers of a survey are read: as stars, as words, as `4/5` or `80 %`, or as plain numbers."""
    ways = (STARS, WORDS, OUT_OF)
    present, *counts = column.count([column.read_as(each) for each in ways])
    best = max(zip(counts, ways, strict=True), key=lambda each: each[0])
    if present and best[0] >= 0.5 * present:
        return replace(_said(best[1]), reads_all=best[0] == present)
    return read_numbers(column)


def read_ids(column: StagedColumn) -> Reading:
    """Return how ids are read: as they stand, but without the `.0` that a number format has put behind all of them."""
    values = column.sample()
    if all(re.fullmatch(r"\d+\.0", value) for value in values):
        text = column.staged.text(column.header)
        present, floats = column.count([f"CASE WHEN regexp_full_match({text}, '[0-9]+[.]0') THEN 1 END"])
        if present and floats == present:
            return Reading("mended_id", say("ids without the added .0"), "regexp_replace({text}, '[.]0$', '')")
    if any(re.search(_HIDDEN, value) for value in values):
        return _said(_WITHOUT_HIDDEN)
    if values and sum("@" in value for value in values) > len(values) / 2:
        return Reading("email", say("e-mail addresses, capitals ignored"), "lower({text})")
    return Reading("id", say("ids as they stand"), "{text}")


def read_texts(_: StagedColumn) -> Reading:
    """Return how plain text is read: as it stands, without spaces around it."""
    return Reading("text", say("text as it stands"), "{cell}")


def read_times(_: StagedColumn) -> Reading:
    """Return how times of day are read."""
    clock = "regexp_extract({text}, '([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)', 1)"
    return Reading("time", say("time of day"), f"try_cast({clock} AS TIME)")
