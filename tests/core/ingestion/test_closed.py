"""Open or closed: a moment of closing beside that of resolution, and a status that says so without any moment."""

from datetime import datetime

import pytest

from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.upload import understand_file
from retention_core.ingestion.understanding.closed import says_closed
from retention_core.ingestion.understanding.derived import derived_words
from retention_core.ingestion.understanding.match_columns import match_columns
from retention_core.ingestion.understanding.remembered import remembered
from retention_core.ingestion.understanding.understand import Choices, understand
from retention_core.tables import COMPLAINTS
from tests.core.ingestion.files import csv_file

AT = datetime(2026, 3, 1)
BOTH = """Ticket ID,Customer,Opened,Resolved,Closed at
1,ann,2026-01-01 10:00,2026-01-02 10:00,2026-01-07 10:00
2,bob,2026-01-01 10:00,,2026-01-05 10:00
3,cid,2026-01-01 10:00,,
"""
STATES = "Ticket ID,Customer,Status,Opened,Resolved\n" + "".join(
    f"{n},K{n},{state},2026-01-{n:02} 10:00,{end}\n"
    for n, (state, end) in enumerate(
        [("Closed", "2026-01-20 10:00")] * 5
        + [("Closed", "")] * 3
        + [("Resolved - duplicate", "")] * 2
        + [("In progress", "")] * 4,
        start=1,
    )
)


@pytest.mark.parametrize(
    ("ends", "taken"),
    [
        ({"closed_at": "2"}, {"resolved_at": "closed_at"}),
        ({"resolved_at": "2", "closed_at": "3"}, {"resolved_at": "resolved_at", "closed_at": "closed_at"}),
        ({"Fixed at": "2", "Closing date": "3"}, {"resolved_at": "Fixed at", "closed_at": "Closing date"}),
        ({"تاریخ حل": "2", "تاریخ بسته شدن": "3"}, {"resolved_at": "تاریخ حل", "closed_at": "تاریخ بسته شدن"}),
        ({"بسته شدن": "2"}, {"resolved_at": "بسته شدن"}),
    ],
)
def test_closing_is_the_resolution_only_where_there_is_no_other(ends, taken) -> None:
    sample = {"Ticket ID": ["1", "2"], "Opened": ["2026-01-01", "2026-01-03"]}
    sample |= {header: [f"2026-02-0{day}", f"2026-02-1{day}"] for header, day in ends.items()}
    found = match_columns(sample, COMPLAINTS).headers
    assert {name: found[name] for name in ("resolved_at", "closed_at") if name in found} == taken


def test_each_moment_is_kept_and_closing_counts_where_there_is_no_resolution(engine, tmp_path) -> None:
    understood = understand_file(engine, csv_file(tmp_path, BOTH))
    assert "where “Resolved” is missing, “Closed at” counts" in derived_words(understood)
    load(engine, understood, AT)
    rows = engine.query(
        "SELECT complaint_id, (resolved_second - opened_second) / 86400 AS days, is_resolved_by_closing AS by_closing "
        "FROM complaints ORDER BY complaint_id"
    ).astype(object)
    assert rows.where(rows.notna(), None).values.tolist() == [["1", 1, False], ["2", 4, True], ["3", None, False]]


@pytest.mark.parametrize(
    ("status", "is_closed"),
    [
        ("Closed", True),
        ("closed with explanation", True),
        ("بسته شده", True),
        ("مختومه", True),
        ("Not closed", False),
        ("Unresolved", False),
        ("Open", False),
        ("In progress", False),
    ],
)
def test_words_of_a_status_say_whether_a_complaint_is_closed(status, is_closed) -> None:
    assert says_closed(status) is is_closed


def test_a_status_that_says_closed_is_said_with_its_figures_and_loaded(engine, tmp_path) -> None:
    understood = understand_file(engine, csv_file(tmp_path, STATES))
    question = next(each for each in understood.questions if each.column == "is_closed")
    assert question.default
    assert question.default.words == "“Closed” (3) and “Resolved - duplicate” (2) count as closed at a moment unknown"
    assert understood.open_questions == ()
    load(engine, understood, AT)
    assert _closed(engine) == [10, 4]


def test_what_a_status_decides_can_be_turned_off_or_changed_and_is_remembered(engine, tmp_path) -> None:
    staged = understand_file(engine, csv_file(tmp_path, STATES)).staged
    assert understand(engine, staged, Choices(readings={"is_closed": [""]})).closed == ()
    one = understand(engine, staged, Choices(readings={"is_closed": ["Closed"]}))
    load(engine, one, AT)
    assert _closed(engine) == [8, 6]
    assert understand(engine, staged, remembered(engine, staged)).closed == ("Closed",)


def test_nothing_is_asked_where_every_closed_complaint_has_its_moment(engine, tmp_path) -> None:
    text = "\n".join(line for line in STATES.splitlines() if not line.endswith(",") or "In progress" in line)
    assert understand_file(engine, csv_file(tmp_path, text + "\n")).questions == ()


def test_of_several_updates_the_last_status_is_counted(engine, tmp_path) -> None:
    text = "number,version,status,opened at,resolved at,customer\n" + "".join(
        f"{n},1,Closed,2026-01-{n:02},,K\n{n},2,{state},2026-01-{n:02},,K\n"
        for n, state in enumerate(["Closed", "Closed", "Open"], start=1)
    )
    text += "4,1,Closed,2026-01-04,2026-01-09,K\n"
    understood = understand_file(engine, csv_file(tmp_path, text))
    question = next(each for each in understood.questions if each.column == "is_closed")
    assert question.default
    assert question.default.words == "“Closed” (2) count as closed at a moment unknown"


def _closed(engine) -> list[int]:
    """How many complaints are closed, and how many are not."""
    counts = engine.query("SELECT count(*) FILTER (is_closed), count(*) FILTER (NOT is_closed) FROM complaints")
    return [int(count) for count in counts.iloc[0]]
