"""What survey tools export, and the made-up people, moments and writers that all modules of this trial set share.

A file is described by its columns, each `Header=template`, joined by ` | `; a template takes the values of a row.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from random import Random
from typing import Literal

import xlsxwriter

from tests.exports.export import Export

Values = Mapping[str, object]
Column = tuple[str, str]
Facts = dict[str, object]
Writer = Callable[[Sequence[str], Sequence[Sequence[object]]], bytes]
# fmt: off
PEOPLE = (
    "Ada Adler", "Bruno Bauer", "Clara Costa", "David Dupont", "Elena Egger", "Felix Fontaine", "Greta Garcia",
    "Hugo Huber", "Irene Ivanov", "Jonas Jensen", "Karin Keller", "Luca Lopez", "Marta Moreau", "Nils Novak",
)
# fmt: on

PREVIEW = "Survey Preview"
RATINGS = {1: "Very dissatisfied", 2: "Dissatisfied", 3: "Neutral", 4: "Satisfied", 5: "Very satisfied"}


@dataclass(frozen=True)
class Buyer:
    """One customer; name, last name, e-mail address and number each tell them from all others."""

    number: int
    name: str

    def values(self) -> dict[str, object]:
        """Return what templates may take: id, name, first, last, initial, email."""
        first, last = self.name.split(maxsplit=1)
        email = f"{first}.{last}@example.com".lower()
        return {"id": self.number, "name": self.name, "first": first, "last": last, "initial": first[0], "email": email}


def buyers(names: Sequence[str] = PEOPLE) -> list[Buyer]:
    """Return one customer for each name."""
    return [Buyer(7001 + 13 * i, name) for i, name in enumerate(names)]


def shares(rng: Random, count: int) -> list[float]:
    """Return numbers spread evenly from 0 to below 1, in no order."""
    return rng.sample([i / count for i in range(count)], count)


def moments(rng: Random, count: int, start: date = date(2025, 1, 9), days: int = 300) -> list[datetime]:
    """Return moments of opening hours, in order."""
    opening = datetime(start.year, start.month, start.day, 8)
    return sorted(opening + timedelta(rng.randrange(days), rng.randrange(12 * 3600)) for _ in range(count))


def fate(share: float, fates: Mapping[str, float], usual: str = "") -> str:
    """Return the first word of `fates` whose bound lies above the share, else the usual one."""
    return next((word for word, bound in fates.items() if share < bound), usual)


def columns_of(text: str) -> list[Column]:
    """Read `Header=template | Header=template`; a column without a template stays empty."""
    pairs = [column.partition("=") for column in text.split(" | ")]
    return [(header, template) for header, _, template in pairs]


def matter_of(text: str) -> dict[str, str]:
    """Read `customer=Email; amount=Total`."""
    return dict(pair.split("=", 1) for pair in text.split("; "))


def cell(template: str, values: Values) -> object:
    """Fill a template; one that is a single value gives that value as it is, for workbooks."""
    alone = re.fullmatch(r"\{(\w+)\}", template)
    return values[alone[1]] if alone else template.format_map(values)


def csv_writer(
    *,
    sep: str = ",",
    quote: bool = False,
    encoding: str = "utf-8",
    before: str = "",
    after: str = "",
    end: str = "\r\n",
) -> Writer:
    """Return how to write a text file: rows under a header, lines before and after."""

    def write(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
        out = StringIO()
        quoting: Literal[0, 1] = csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL
        csv.writer(out, delimiter=sep, lineterminator=end, quoting=quoting).writerows([header, *rows])
        return (before + out.getvalue() + after).encode(encoding)

    return write


def xlsx_writer(before: Sequence[str] = (), shown: str = "yyyy-mm-dd hh:mm:ss") -> Writer:
    """Return how to write a workbook with true numbers and dates: lines before, then rows under a header."""

    def write(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
        out = BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": shown}) as book:
            sheet = book.add_worksheet()
            for line, cells in enumerate([*([text] for text in before), header, *rows]):
                sheet.write_row(line, 0, cells)
        return out.getvalue()

    return write


CSV = csv_writer()


@dataclass(frozen=True)
class Answer:
    """One answer to a survey; `share` runs evenly from 0 to 1 over a file."""

    number: int
    buyer: Buyer
    at: datetime
    score: int
    share: float


def answers(
    seed: str, scores: Sequence[int] = (1, 2, 3, 4, 5), count: int = 45, *, early: bool = False
) -> list[Answer]:
    """Make answers up; `early` ones fall on the first twelve days of months, so that day and month can be swapped."""
    rng, people = Random(seed), buyers()
    times, rolled = moments(rng, count), shares(rng, count)
    times = [at.replace(day=1 + at.day % 12) for at in times] if early else times
    picked = [*scores, *rng.choices(scores, k=count - len(scores))]
    return [Answer(501 + i, rng.choice(people), times[i], picked[i], rolled[i]) for i in range(count)]


def answer_facts(counted: Iterable[Answer]) -> Facts:
    """Return what is true of answers that all count."""
    some = list(counted)
    days = [answer.at.date().isoformat() for answer in some]
    facts: Facts = {"answers": len(some), "customers": len({answer.buyer for answer in some})}
    return facts | {"first_day": min(days), "last_day": max(days), "score_sum": sum(answer.score for answer in some)}


def survey(
    name: str,
    file_name: str,
    columns: str,
    matter: str,
    *,
    scores: Sequence[int] = (1, 2, 3, 4, 5),
    previews: bool = False,
    write: Writer = CSV,
    asks: Sequence[str] = (),
    either: Mapping[str, tuple[str, ...]] | None = None,
    early: bool = False,
) -> Export:
    """Build an export of answers; templates also take number, at, began, score, word, other, state."""
    given, parts = answers(name, scores, early=early), columns_of(columns)
    content = write([h for h, _ in parts], [[cell(t, _values(answer)) for _, t in parts] for answer in given])
    left_out = {PREVIEW: sum(answer.share < 0.1 for answer in given)} if previews else {}
    unsure = ("score_sum",) if "score" in asks else ("first_day", "last_day") if early else ()
    true = {fact: value for fact, value in answer_facts(given).items() if fact not in unsure}
    apart, wanted = dict(either or {}), matter_of(matter)
    return Export(name, file_name, content, "satisfaction", wanted, frozenset(asks), apart, true, left_out)


def _values(answer: Answer) -> Values:
    values = {"number": answer.number, "at": answer.at, "began": answer.at - timedelta(seconds=70)}
    values |= {"score": answer.score, "word": RATINGS.get(answer.score), "other": 1 + (answer.score + 2) % 5}
    return answer.buyer.values() | values | {"state": PREVIEW if answer.share < 0.1 else "IP Address"}


def _under(*lines: Sequence[str]) -> Writer:
    """Return how to write a file whose header goes on for these lines."""
    return lambda header, rows: CSV(header, [*lines, *rows])


def _google_form(language: str, columns: str, asks: Sequence[str] = (), *, early: bool = False) -> Export:
    """Build the answers to a form whose first columns are moment, e-mail address and score."""
    moment, email, score = [header for header, _ in columns_of(columns)[:3]]
    matter = f"customer={email}; answered_at={moment}" + ("" if "score" in asks else f"; score={score}")
    return survey(f"google_forms_{language}", f"Form {language}.csv", columns, matter, asks=asks, early=early)


SCORE, NPS = "How satisfied are you with our service?", "How likely are you to recommend us to a friend?"
GOOGLE_FORMS = {
    "english": f"Timestamp={{at:%-m/%-d/%Y %-H:%M:%S}} | Email Address={{email}} | {SCORE}={{score}} | Comments",
    "german": "Zeitstempel={at:%d.%m.%Y %H:%M:%S} | E-Mail-Adresse={email} | Wie zufrieden sind Sie mit uns?={score}",
    "french": "Horodateur={at:%d/%m/%Y %H:%M:%S} | Adresse e-mail={email} | Quel est votre niveau de satisfaction ?={score}",
    "spanish": "Marca temporal={at:%d/%m/%Y %-H:%M:%S} | Dirección de correo electrónico={email} | ¿Está satisfecho?={score}",
    "portuguese": "Carimbo de data/hora={at:%d/%m/%Y %H:%M:%S} | Endereço de e-mail={email} | Qual é a sua satisfação?={score}",
    "turkish": "Zaman damgası={at:%d.%m.%Y %H:%M:%S} | E-posta Adresi={email} | Bizden ne kadar memnunsunuz?={score}",
    "japanese": "タイムスタンプ={at:%Y/%m/%d %-H:%M:%S} | メールアドレス={email} | サービスの満足度={score}",
    "with_zone": f"Timestamp={{at:%Y/%m/%d %-I:%M:%S %p}} GMT+1 | Username={{email}} | {SCORE}={{score}}",
}
TWO_SCORES = (
    "Timestamp={at:%-m/%-d/%Y %-H:%M:%S} | Email Address={email} | Rate the staff={score} | Rate the delivery={other}"
)
EARLY_DAYS = f"Timestamp={{at:%d/%m/%Y %H:%M:%S}} | Email Address={{email}} | {SCORE}={{score}}"
QUALTRICS = (
    "StartDate={began:%Y-%m-%d %H:%M:%S} | EndDate={at:%Y-%m-%d %H:%M:%S} | Status={state} | IPAddress | "
    "Progress=100 | Duration (in seconds)=70 | Finished=True | RecordedDate={at:%Y-%m-%d %H:%M:%S} | "
    "ResponseId=R_{number} | RecipientLastName={last} | RecipientFirstName={first} | RecipientEmail={email} | "
    "ExternalReference={id} | DistributionChannel=email | UserLanguage=EN | Q1={score} | Q2"
)
QUALTRICS_NAMES = [header for header, _ in columns_of(QUALTRICS)]
MICROSOFT = f"ID={{number}} | Start time={{began}} | Completion time={{at}} | Email={{email}} | Name={{name}} | {SCORE}={{word}}"
MICROSOFT_MATTER = f"customer=Email; answered_at=Completion time; score={SCORE}"
MONKEY = (
    "Respondent ID=11{number} | Collector ID=42 | Start Date={began:%m/%d/%Y %I:%M:%S %p} | "
    "End Date={at:%m/%d/%Y %I:%M:%S %p} | IP Address | Email Address={email} | First Name={first} | "
    "Last Name={last} | Custom Data 1 | How satisfied are you with our service?={score} | "
    "Do you have any other comments?"
)
EXPORTS: tuple[Export, ...] = (
    *(_google_form(language, columns) for language, columns in GOOGLE_FORMS.items()),
    _google_form("two_scores", TWO_SCORES, asks=("score",)),
    _google_form("early_days", EARLY_DAYS, asks=("answered_at",), early=True),
    survey(
        "survey_monkey",
        "Customer Satisfaction.csv",
        MONKEY,
        f"customer=Email Address; answered_at=End Date; score={SCORE}",
        write=_under(["", "", "", "", "", "", "", "", "", "Response", "Open-Ended Response"]),
        either={"answered_at": ("Start Date",)},
    ),
    survey(
        "typeform",
        "responses-Xy12ab.csv",
        f"#=hefup{{number}} | What is your email?={{email}} | {NPS}={{score}} | Why? | Response Type=completed | "
        "Start Date (UTC)={began:%Y-%m-%d %H:%M:%S} | Stage Date (UTC) | Submit Date (UTC)={at:%Y-%m-%d %H:%M:%S} | "
        "Network ID=938f{number} | Tags",
        f"customer=What is your email?; answered_at=Submit Date (UTC); score={NPS}",
        scores=range(11),
        either={"answered_at": ("Start Date (UTC)",)},
    ),
    survey(
        "qualtrics",
        "Satisfaction_November 6, 2025_09.12.csv",
        QUALTRICS,
        "customer=RecipientEmail; answered_at=RecordedDate; score=Q1",
        previews=True,
        write=_under([*QUALTRICS_NAMES[:-2], SCORE, "Why?"], [f'{{"ImportId":"{name}"}}' for name in QUALTRICS_NAMES]),
        either={"customer": ("ExternalReference",), "answered_at": ("EndDate", "StartDate")},
    ),
    survey(
        "delighted",
        "delighted-responses.csv",
        "Response ID=20{number} | Survey Type=NPS | Response Date={at:%Y-%m-%d %H:%M:%S} | Score={score} | Comment | "
        "Person ID={id} | Name={name} | Email={email} | Phone Number | Tags | Delighted Source=Email",
        "customer=Email; answered_at=Response Date; score=Score",
        scores=range(11),
        either={"customer": ("Person ID", "Name")},
    ),
    survey(
        "microsoft_forms_words",
        "Customer satisfaction in words(1-45).xlsx",
        MICROSOFT,
        MICROSOFT_MATTER,
        either={"customer": ("Name",), "answered_at": ("Start time",)},
        write=xlsx_writer(shown="m/d/yy h:mm:ss"),
    ),
    survey(
        "chatwoot_csat",
        "csat_report_06-11-2025.csv",
        "Agent Name=Kim Doe | Rating={score} | Feedback Comment | Contact Name={name} | "
        "Contact Email Address={email} | Contact Phone Number | "
        "Link to the conversation=https://chat.example/{number} | Recorded date={at:%Y-%m-%d %H:%M:%S} UTC",
        "customer=Contact Email Address; answered_at=Recorded date; score=Rating",
        either={"customer": ("Contact Name",)},
    ),
)
