"""On which scale answers are given: decided when they are loaded, asked about where it is open, corrected later."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from retention_core.errors import QuestionOpen, SettingInvalid
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.set_scale import scales_loaded, set_scale
from retention_core.ingestion.loading.upload import understand_file
from retention_core.ingestion.understanding.remembered import remembered
from retention_core.ingestion.understanding.scale import told_by
from retention_core.ingestion.understanding.understand import Choices, Understanding, understand
from tests.core.ingestion.files import csv_file

AT = datetime(2026, 3, 1)
TO_FIVE, TO_SEVEN, TO_TEN = [1, 2, 3, 4, 5] * 6, [1, 2, 4, 6, 7] * 6, [0, 3, 7, 8, 10] * 6


def answers(scores: Sequence[object], header: str = "Score") -> str:
    """One answer a row, of a customer of his own."""
    return f"Date,Customer,{header}\n" + "".join(
        f"2026-01-{1 + n % 28:02},C{n:03},{score}\n" for n, score in enumerate(scores)
    )


def seen(engine, tmp_path, text: str, **said: str) -> Understanding:
    understood = understand_file(engine, csv_file(tmp_path, text, "answers.csv"))
    return understand(engine, understood.staged, Choices(readings=said)) if said else understood


def asked(understood: Understanding) -> dict[str, list[str]]:
    return {each.column: [reading.name for reading in each.readings] for each in understood.open_questions}


@pytest.mark.parametrize(
    ("text", "top", "by_number"),
    [
        ("NPS", 10, False),
        ("How likely are you to recommend us?", 10, False),
        ("چقدر احتمال دارد ما را به دوستان خود معرفی کنید؟", 10, False),
        ("CES", 7, False),
        ("Évaluez ces services", 0, False),  # "ces" is French for "these"
        ("Stars", 5, False),
        ("Satisfaction (1-5)", 5, True),
        ("امتیاز از ۱ تا ۵", 5, True),
        ("نمره از ۱۰", 10, True),
        ("It was easy (1 = disagree, 7 = agree)", 7, True),
        ("Score out of 10", 10, True),
        ("Rating /10", 10, True),
        ("Satisfaction 0–100", 100, True),
        ("Zufriedenheit in Prozent", 100, True),
        ("Score", 0, False),
        ("Score 2025/10", 0, False),  # a month
    ],
)
def test_words_tell_the_scale(text, top, by_number) -> None:
    told = told_by(text)
    assert (told.top, told.top and told.is_number) == (top, by_number)


@pytest.mark.parametrize(
    ("scores", "header", "top"),
    [
        (TO_FIVE, "Score", 5),
        ([8, 6, 9] * 8, "Score", 10),
        ([0, 55, 100] * 8, "Score", 100),
        ([2, 5, 6] * 8, "NPS", 10),  # nobody gave more than 6, and it is no scale to 7
        ([0, 3, 6] * 8, "How likely are you to recommend us?", 10),
        ([1, 3] * 3, "NPS", 10),  # too few answers to speak against the word
        ([1, 3, 6] * 8, "CES", 7),
        (["4/5", "3/5", "5/5"] * 8, "Rating", 5),
        (["very satisfied", "neutral", "satisfied"] * 8, "How satisfied are you?", 5),
        (["80 %", "95 %", "20 %"] * 8, "Satisfaction", 100),
    ],
)
def test_what_is_told_or_plain_is_decided_and_kept_with_every_answer(engine, tmp_path, scores, header, top) -> None:
    understood = seen(engine, tmp_path, answers(scores, header))
    assert asked(understood) == {}
    load(engine, understood, AT)
    assert set(engine.query("SELECT scale_top FROM satisfaction")["scale_top"]) == {top}


@pytest.mark.parametrize(
    ("scores", "header", "offered"),
    [
        (TO_SEVEN, "Score", ["7", "10"]),  # 1 to 7, or 0 to 10 of which the highest are missing
        ([0, 1, 3, 5] * 6, "Score", ["5", "10"]),
        ([1, 3, 5] * 8, "NPS", ["10", "5"]),  # 24 answers, none above 5: the word may be wrong
        (TO_TEN, "CES", ["7", "10"]),
        (TO_TEN, "Rating (1-5)", ["5", "10"]),
        ([1, 2, 3, 4, 5] * 30 + [99], "Score", ["5", "100"]),  # one odd score makes no scale of a hundred
    ],
)
def test_what_is_open_is_asked_and_waited_for(engine, tmp_path, scores, header, offered) -> None:
    understood = seen(engine, tmp_path, answers(scores, header))
    assert asked(understood) == {"scale_top": offered}
    with pytest.raises(QuestionOpen):
        load(engine, understood, AT)


def test_the_answer_decides_and_is_remembered_for_the_next_file(engine, tmp_path) -> None:
    understood = seen(engine, tmp_path, answers(TO_SEVEN), scale_top="10")
    assert asked(understood) == {}
    load(engine, understood, AT)
    assert set(engine.query("SELECT scale_top FROM satisfaction")["scale_top"]) == {10}
    again = remembered(engine, understood.staged)
    assert asked(understand(engine, understood.staged, again)) == {}


def test_what_was_answered_once_is_not_taken_where_the_values_leave_nothing_open(engine, tmp_path) -> None:
    understood = seen(engine, tmp_path, answers(TO_TEN), scale_top="7")
    assert understood.scales == {"": 10}


def test_a_scale_that_only_the_values_tell_can_be_turned_before_loading(engine, tmp_path) -> None:
    understood = seen(engine, tmp_path, answers(TO_FIVE))
    question = next(each for each in understood.questions if each.column == "scale_top")
    assert question.default
    assert question.default.words == "1 to 5"
    turned = seen(engine, tmp_path, answers(TO_FIVE), scale_top="10")
    assert turned.scales == {"": 10}


def test_a_number_beside_the_words_settles_it_but_for_a_few_odd_scores(engine, tmp_path) -> None:
    understood = seen(engine, tmp_path, answers([1, 2, 3, 4, 5] * 30 + [9], "Rating (1-5)"))
    assert asked(understood) == {}
    assert understood.scales == {"": 5}
    assert [each.column for each in understood.questions] == ["scale_top"]  # said, and it can be turned


MARKED = "Date,Customer,Survey Type,Score\n" + "".join(
    f"2026-01-{1 + n:02},C{n},{'NPS' if n % 2 else 'CSAT'},{6 if n % 2 else 1 + n % 5}\n" for n in range(24)
)


def test_answers_marked_with_their_kind_have_each_its_scale(engine, tmp_path) -> None:
    load(engine, seen(engine, tmp_path, MARKED), AT)
    rows = engine.query("SELECT DISTINCT scale, scale_top FROM satisfaction ORDER BY scale")
    assert rows.values.tolist() == [["CSAT", 5], ["NPS", 10]]


def test_a_scale_is_corrected_after_loading_for_all_answers_or_for_one_mark(engine, tmp_path) -> None:
    first = load(engine, seen(engine, tmp_path, MARKED), AT).upload_id
    other = load(engine, seen(engine, tmp_path, answers(TO_FIVE)), AT).upload_id
    set_scale(engine, first, 7, marked="CSAT")
    set_scale(engine, other, 10)
    rows = scales_loaded(engine)
    found = {
        (row.upload_id, row.marked if isinstance(row.marked, str) else ""): row.scale_top for row in rows.itertuples()
    }
    assert found == {(first, "CSAT"): 7, (first, "NPS"): 10, (other, ""): 10}
    with pytest.raises(SettingInvalid):
        set_scale(engine, other, 6)


def test_a_known_export_says_its_scale(engine, tmp_path) -> None:
    header = (
        "Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Contact Phone Number,Recorded date\n"
    )
    text = header + "".join(f"Kim,{n % 3},,P{n},p{n}@x.org,,2026-01-{n + 1:02} 10:00:00 UTC\n" for n in range(24))
    understood = seen(engine, tmp_path, text)
    assert understood.known
    assert understood.known.scale == 5
    assert understood.scales == {"": 5}
    assert asked(understood) == {}
