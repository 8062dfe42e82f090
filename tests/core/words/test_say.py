"""Sentences are whole, and written for who reads them: numbers, days and plurals by the language."""

import pickle
from datetime import date, datetime

import pytest

from retention_core.words.days import in_numbers, span, when
from retention_core.words.language import ENGLISH, LANGUAGES, PERSIAN, language_of, speak, speaking, spoken
from retention_core.words.numbers import amount, duration, interval, percent, points, whole
from retention_core.words.say import Number, Said, again, counted, retold, say, stored

DAY = date(2011, 12, 9)


@pytest.mark.parametrize(
    ("written", "english", "persian"),
    [
        (lambda: whole(12345), "12,345", "۱۲٬۳۴۵"),
        (lambda: percent(0.366, 1), "36.6\u00a0%", "۳۶٫۶\u00a0٪"),
        (lambda: percent(None), "–", "–"),
        (lambda: Number("2011"), "2011", "۲۰۱۱"),
        (lambda: interval(0.34, 0.41), "34 to 41", "۳۴ تا ۴۱"),
        (lambda: points(-0.09, 0.07), "−9 to +7", "−۹ تا +۷"),
        (lambda: points(-0.001, 0.11), "0 to +11", "۰ تا +۱۱"),
    ],
)
def test_a_number_is_written_in_the_digits_and_marks_of_the_language(written, english, persian) -> None:
    assert written() == english
    with speaking(PERSIAN):
        assert written() == persian
        assert again(Number(english)) == Number(english)


def test_a_day_is_written_in_the_calendar_that_is_spoken() -> None:
    assert when(DAY) == "9 Dec 2011"
    with speaking(ENGLISH, "jalali"):
        assert when(DAY) == "18 Azar 1390"
    with speaking(PERSIAN):
        assert when(DAY) == "۱۸ آذر ۱۳۹۰"
    with speaking(PERSIAN, "gregorian"):
        assert when(DAY) == "۹ دسامبر ۲۰۱۱"


def test_a_day_in_numbers_sorts_by_time() -> None:
    assert in_numbers(DAY) == "2011/12/09"
    assert in_numbers(datetime(2011, 2, 3, 4, 5)) == "2011/02/03 04:05"
    with speaking(PERSIAN):
        assert in_numbers(DAY) == "۱۳۹۰/۰۹/۱۸"


def test_places_are_written_by_what_they_are() -> None:
    said = say("{n} of {text} on {day} at {moment}", n=1234, text="Tea", day=DAY, moment=datetime(2011, 12, 9, 14, 5))
    assert said == "1,234 of Tea on 9 Dec 2011 at 9 Dec 2011, 14:05"


def test_text_from_files_is_kept_apart_where_it_runs_the_other_way() -> None:
    assert say("{name}", name="چای") == "\u2068چای\u2069"
    assert say("{name}", name="Tea") == "Tea"
    with speaking(PERSIAN):
        assert say("{name}", name="Tea") == "\u2068Tea\u2069"
        assert say("{name}", name="چای") == "چای"


def test_braces_of_a_file_are_no_places() -> None:
    assert say("{name}", name="{n} {}") == "{n} {}"


def test_a_sentence_is_said_again_to_whoever_reads_it() -> None:
    said = say("{low} to {high}", low=percent(0.1), high=DAY)
    with speaking(PERSIAN):
        assert again(said) == "۱۰\u00a0٪ تا ۱۸ آذر ۱۳۹۰"
        assert retold(stored(said)) == again(said)
        assert again("a text of a file") == "a text of a file"
    assert again(said) == said == retold(stored(said))


def test_a_sentence_survives_a_copy_and_the_way_from_another_process() -> None:
    said = say("{first} to {last}", first=counted("{n} day", "{n} days", 3), last=whole(5))
    copy = pickle.loads(pickle.dumps(said))  # noqa: S301 - our own
    assert isinstance(copy, Said)
    with speaking(PERSIAN):
        assert copy.again() == said.again() != said


def test_text_kept_by_an_earlier_version_is_read_as_it_is() -> None:
    assert retold("the day is missing") == "the day is missing"
    assert stored("the day is missing") == "the day is missing"
    assert retold('{"said": not ours') == '{"said": not ours'


@pytest.mark.parametrize(("n", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1000, "1,000 days")])
def test_one_of_a_thing_is_named_as_one(n: int, said: str) -> None:
    assert counted("{n} day", "{n} days", n) == said


def test_waits_and_sums_are_said_in_few_letters() -> None:
    assert [duration(seconds) for seconds in (200_000, 12_000, 600, None)] == [
        "2 days 7 h",
        "3 h 20 min",
        "10 min",
        "–",
    ]
    assert [amount(value) for value in (85, 1234, 12_345, 4_560_000)] == ["85", "1,234", "12.3k", "4.6M"]


def test_a_stretch_of_one_period_has_one_name() -> None:
    assert span("Jun 2026", "Jun 2026") == "Jun 2026"
    assert span("Jun 2026", "Aug 2026") == "Jun 2026 to Aug 2026"


def test_who_asks_for_no_language_of_ours_is_spoken_to_in_english() -> None:
    assert [language_of(code) for code in ("fa", "xx", None)] == [PERSIAN, ENGLISH, ENGLISH]
    assert spoken().language is ENGLISH
    with speaking(PERSIAN):
        speak(ENGLISH)
        assert spoken().calendar == "gregorian"
    assert len({each.code for each in LANGUAGES}) == len(LANGUAGES)
