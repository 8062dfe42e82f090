"""Which canonical table a file is: known by what only that table has, or asked about, never decided by a date alone."""

from dataclasses import dataclass

from retention_core.ingestion.understanding.content import present
from retention_core.ingestion.understanding.evidence import Sample, are_scores, are_sums, are_unique
from retention_core.ingestion.understanding.header_names import key_words, normal, says
from retention_core.ingestion.understanding.looks_like import looks_like
from retention_core.ingestion.understanding.match_columns import TableMatch, column_missing, match_columns, pairs_of
from retention_core.ingestion.understanding.readings import Question, Reading
from retention_core.ingestion.understanding.which_column import may_be_asked
from retention_core.ingestion.understanding.words import meanings
from retention_core.tables import CUSTOMERS, ORDERS, TABLES
from retention_core.words.say import say, sentence

ASKED = "table"
SHOWS = {
    "orders": sentence("A purchase or a visit: whether customers come back"),
    "complaints": sentence("A complaint: how long people wait for an answer"),
    "satisfaction": sentence("An answer to a survey: whether the satisfied come back"),
    "customers": sentence("A customer: when they joined, and which ids are the same person"),
}
# What only this table has. A customer and a date alone may be anything.
_OWN = {
    "orders": ("amount", "quantity", "unit_price", "order_id"),
    "complaints": (
        "complaint_id",
        "first_response_at",
        "resolved_at",
        "first_response_after",
        "resolved_after",
        "severity",
        "status",
        "reason",
    ),
    "satisfaction": ("score",),
    "customers": ("joined_at", "left_at", "other_id"),
}
_TELLING = {
    "customers": ("joined_at", "other_id"),
    "complaints": ("complaint_id", "first_response_at", "severity", "status"),
}
_WORKED_ON = {"complaint_id", "reason", "status", "employee", "team", "channel"}
_SURE, _CLEAR = 0.5, 0.4
_LEAST_OWN = {"amount": 0.35, "score": 0.35}  # their values must be of the kind, which says as much as a word
_LACKING = 1.5  # for each required column that is missing
_SEGMENT, _PEOPLE = 0.2, 1.5


@dataclass(frozen=True)
class Candidate:
    """A table that a file may be.

    strength: how much of the file it explains. is_told: has what only this table has. own: those columns, each with its
    header.
    """

    match: TableMatch
    strength: float
    is_told: bool
    own: dict[str, str]

    @property
    def headers(self) -> set[str]:
        """The columns of the file that it explains."""
        return set(self.match.headers.values())

    @property
    def is_whole(self) -> bool:
        """Whether every required column was found."""
        return not self.match.missing


def which_table(sample: Sample) -> tuple[TableMatch, Question | None]:
    """Return the best match of a file to a canonical table, and the question which it is where that is not known.

    sample: header -> some of its values, as text, row by row. Raises ColumnMissing where no table is likely.
    """
    ranked = sorted((_candidate(sample, name) for name in TABLES), key=lambda each: -each.strength)
    told = [each for each in ranked if each.is_told and len(each.match.missing) <= 1]
    if told:
        rivals = [each for each in told[1:] if each.is_whole and _rivals(each, told[0])]
        return told[0].match, _question([told[0], *rivals]) if rivals else None
    whole = [each for each in ranked if each.is_whole and "customer" in each.match.headers]
    whole = [each for each in whole if each.match.table is not CUSTOMERS]
    if whole:
        free = [header for header in sample if header not in whole[0].headers]
        return whole[0].match, _question(whole, has_scores=any(are_scores(sample[header]) for header in free))
    likeliest = next((each.match for each in ranked if each.is_told), match_columns(sample, ORDERS))
    if not looks_like(sample) and may_be_asked(sample, likeliest):
        return likeliest, _question([each for each in ranked if each.match.table.name in ("orders", "complaints")])
    raise column_missing(likeliest, sample, looks_like(sample))


def _rivals(one: Candidate, best: Candidate) -> bool:
    """Tell whether a table explains what the best one does not, nearly as well or by more than one column."""
    more = set(one.own.values()) - best.headers
    if one.match.table is CUSTOMERS or (best.match.table is CUSTOMERS and not one.own):
        return False  # every table of ours names customers
    return (
        one.headers > best.headers
        or (one.strength > best.strength - _CLEAR and bool(one.headers - best.headers))
        or len(more) > 1
    )


def _candidate(sample: Sample, name: str) -> Candidate:
    match = match_columns(sample, TABLES[name])
    sure = {each.column: each.confidence for each in match.matches}
    own = {column: sure[column] for column in _OWN[name] if sure.get(column, 0) >= _LEAST_OWN.get(column, _SURE)}
    own = {column: confidence for column, confidence in own.items() if present(sample[match.headers[column]])}
    own = {column: confidence for column, confidence in own.items() if _tells(name, column, sample, match)}
    whose = sum(
        sure.get(column.name, 0) for column in match.table.columns if column.is_required or column.name == "customer"
    )
    others = sum(confidence for column, confidence in sure.items() if column not in own)
    strength = sum(own.values()) + whose + _SEGMENT * (others - whose) - _LACKING * len(match.missing)
    telling = set(own) & set(_TELLING.get(name, own))
    is_told = bool(telling) or (name == "complaints" and "resolved_at" in own and _are_complaints(sample, match))
    if name == "orders" and not own and not match.missing and any(are_sums(values) for values in sample.values()):
        is_told, strength = True, strength + _SURE
    if name == "customers" and not match.missing and _are_people(sample, match):
        is_told, strength = True, strength + _PEOPLE
    return Candidate(match, strength, is_told, {column: match.headers[column] for column in own})


def _are_complaints(sample: Sample, match: TableMatch) -> bool:
    """Tell whether rows with a beginning and an end were worked on, or begin by a word that no purchase begins by."""
    if set(match.headers) & _WORKED_ON:
        return True
    opened = match.headers.get("opened_at")
    as_orders = [
        each.confidence for each in pairs_of(sample, ORDERS) if (each.column, each.header) == ("ordered_at", opened)
    ]
    sure = next((each.confidence for each in match.matches if each.column == "opened_at"), 0)
    return sure > max(as_orders, default=0) + _SURE


def _are_people(sample: Sample, match: TableMatch) -> bool:
    """Tell whether each customer stands once, beside what is known of a person, and nothing has a date of its own."""
    if "customer" not in match.headers:
        return False
    said = " ".join(map(normal, sample))
    is_of_people = says(said, "person", "totals") or {"first", "last", "name"} <= set(said.split())
    return is_of_people and are_unique(sample[match.headers["customer"]])


def _tells(name: str, column: str, sample: Sample, match: TableMatch) -> bool:
    """Tell whether a column speaks for its table.

    Customers stand once each; a status names what is open and closed; a bare `Id` numbers the rows of any table.
    """
    if name == "customers":
        if not key_words(match.headers.get("customer", "")) and not _are_people(sample, match):
            return False
        ids = [match.headers[each] for each in ("customer", "other_id") if each in match.headers]
        return any(are_unique(sample[header]) for header in ids)
    if column == match.table.key:
        return bool(key_words(match.headers[column]))
    if column == "status":
        values = {value.lower() for value in present(sample[match.headers["status"]])}
        closing = {word for word, meaning in meanings("status").items() if meaning == "closed"}
        return bool(values & (closing | {"open", "new", "offen", "neu", "ouvert", "abierto", "باز", "جدید"}))
    return True


def _question(candidates: list[Candidate], *, has_scores: bool = False) -> Question:
    """Ask what each row is, with what each answer would show. has_scores: a column may hold answers on a scale."""
    names = [each.match.table.name for each in candidates]
    names += [each for each in ("orders", "complaints") if each not in names and len(names) < 2]
    names += ["satisfaction"] if has_scores and "satisfaction" not in names else []
    readings = tuple(Reading(name, say(SHOWS[name]), "NULL") for name in names)
    return Question(
        ASKED, "", readings, {}, ("",) * len(readings), say("What does each row stand for? The columns do not tell.")
    )
