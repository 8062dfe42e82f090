"""What is kept in a workspace, or found in one language, is read in the language of who reads it."""

from dataclasses import replace
from datetime import date, datetime
from gettext import NullTranslations
from pathlib import Path

import pytest

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import AlreadyLoaded
from retention_core.ingestion.checking.check_rows import findings
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.rejects import rejected_rows
from retention_core.ingestion.loading.upload import understand_file, upload
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.reading.staged import MalformedRow
from retention_core.ingestion.understanding.understand import understand
from retention_core.words import say as words
from retention_core.words.language import PERSIAN, speaking, translations
from retention_core.words.say import again, say
from tests.core.ingestion.files import csv_file

AT = datetime(2026, 5, 1, 12)
IN_PERSIAN = {
    "the row has {cells} cells, the header has {columns}": "ردیف {cells} خانه دارد و سرستون {columns}",
    "is not a date that we can read": "تاریخی نیست که بتوانیم بخوانیم",
    "This file is loaded already.": "این فایل پیش‌تر بارگذاری شده است.",
    "Farvardin": "فروردین",
    "{late} of {rows} rows lie in the future of {today}.": "{late} ردیف از {rows} ردیف پس از {today} است.",
}


class Persian(NullTranslations):
    """Knows the sentences of these tests in Persian."""

    def gettext(self, message: str) -> str:
        """Return the Persian of a sentence, itself where there is none."""
        return IN_PERSIAN.get(message, message)


@pytest.fixture(autouse=True)
def persian(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Persian()
    monkeypatch.setattr(
        words, "translations", lambda language: known if language is PERSIAN else translations(language)
    )


def orders(*rows: str) -> str:
    return "\n".join(["order id,customer,order date,amount", *rows, ""])


def test_a_reason_kept_in_english_is_read_in_persian_with_persian_digits(engine: DuckDBEngine, tmp_path: Path) -> None:
    path = csv_file(tmp_path, orders("1,A,2026-01-05,1", "2,B,soon,2", "3,C,2026-01-07,4"))
    (staged,) = read_file(path, engine.staging)
    reason = say("the row has {cells} cells, the header has {columns}", cells=7, columns=4)
    staged = replace(staged, malformed=(MalformedRow(5, "4,D,2026-01-08,5,6,7,8", reason),))
    report = load(engine, understand(engine, staged), AT)
    english = ["is not a date that we can read", "the row has 7 cells, the header has 4"]
    assert list(rejected_rows(engine, report.upload_id)["reason"]) == english
    assert report.reasons == dict.fromkeys(english, 1)
    with speaking(PERSIAN):
        persian = ["تاریخی نیست که بتوانیم بخوانیم", "ردیف ۷ خانه دارد و سرستون ۴"]
        assert list(rejected_rows(engine, report.upload_id)["reason"]) == persian
        assert {again(reason) for reason in report.reasons} == set(persian)


def test_a_reason_kept_by_a_version_that_spoke_english_only_stays_as_it_is(
    engine: DuckDBEngine, tmp_path: Path
) -> None:
    report = upload(engine, csv_file(tmp_path, orders("1,A,2026-01-05,1", "2,B,soon,2")), AT)
    with engine.transaction() as cursor:
        cursor.execute("UPDATE rejected_rows SET reason = 'no customer'")
    with speaking(PERSIAN):
        assert list(rejected_rows(engine, report.upload_id)["reason"]) == ["no customer"]


def test_rows_rejected_for_one_reason_are_counted_together(engine: DuckDBEngine, tmp_path: Path) -> None:
    rows = ("1,A,2026-01-05,1", "2,B,soon,2", "3,C,later,3", "4,D,2026-01-06,4", "5,E,2026-01-07,5")
    assert upload(engine, csv_file(tmp_path, orders(*rows)), AT).reasons == {"is not a date that we can read": 2}


def test_what_was_found_in_one_language_is_said_in_the_other(engine: DuckDBEngine, tmp_path: Path) -> None:
    rows = [f"{n},A{n},2026-01-0{n + 1},5" for n in range(4)]
    path = csv_file(tmp_path, orders(*rows, "5,B,2027-01-01,5"))
    with speaking(PERSIAN):
        found = [each.found for each in findings(engine, understand_file(engine, path), date(2026, 3, 21))]
        assert "۱ ردیف از ۵ ردیف پس از ۱ فروردین ۱۴۰۵ است." in found
    assert "1 of 5 rows lie in the future of 21 Mar 2026." in map(again, found)


def test_an_error_is_said_to_whoever_reads_it(engine: DuckDBEngine, tmp_path: Path) -> None:
    understood = understand_file(engine, csv_file(tmp_path, orders("1,A,2026-01-05,1", "2,B,2026-01-06,2")))
    load(engine, understood, AT)
    with pytest.raises(AlreadyLoaded) as refused:
        load(engine, understood, AT)
    assert refused.value.title == "This file is loaded already."
    with speaking(PERSIAN):
        assert again(refused.value.title) == "این فایل پیش‌تر بارگذاری شده است."
