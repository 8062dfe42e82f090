"""The next file with the same columns is understood as the last one was."""

from datetime import datetime

from retention_core.ingestion.loading.load import load, undo
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.understanding.remembered import remembered
from retention_core.ingestion.understanding.understand import Choices, understand
from tests.core.ingestion.files import csv_file


def test_matches_and_answers_are_those_of_the_last_upload_with_these_headers(engine, tmp_path) -> None:
    may = read_file(csv_file(tmp_path, "who,when,amount\na,01/02/2026,5\nb,03/04/2026,6\n", "may.csv"), engine.staging)[
        0
    ]
    assert remembered(engine, may) is None
    chosen = Choices("orders", {"customer": "who", "ordered_at": "when", "amount": None}, {"ordered_at": "day_first"})
    report = load(engine, understand(engine, may, chosen), datetime(2026, 5, 1))

    june = read_file(csv_file(tmp_path, "who,when,amount\nc,05/06/2026,5\n", "june.csv"), engine.staging)[0]
    again = understand(engine, june, remembered(engine, june))
    assert again.match.headers == {"customer": "who", "ordered_at": "when"}
    assert again.open_questions == ()
    assert load(engine, again, datetime(2026, 6, 30)).rows_kept == 1
    assert engine.query("SELECT max(day) AS day FROM orders")["day"].iloc[0] == datetime(2026, 6, 5)

    other = read_file(csv_file(tmp_path, "who,when,total\nc,05/06/2026,5\n", "other.csv"), engine.staging)[0]
    assert remembered(engine, other) is None
    undo(engine, report.upload_id)
    assert remembered(engine, june) is not None
