"""Every stored row of a customer is found again with its file and row."""

from datetime import datetime

from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.trace import rows_of_customer
from retention_core.ingestion.loading.upload import understand_file
from tests.core.ingestion.files import csv_file


def test_a_customer_leads_to_the_files_and_rows_that_gave_his_figures(engine, tmp_path) -> None:
    orders = "order id,order date,customer,amount\n1,2026-01-05,Ann,1\n1,2026-01-05,Ann,2\n2,2026-01-06,Bo,5\n"
    answers = "answered at,customer,score\n2026-01-20,ann,4\n2026-01-21,Ann,5\n"
    for name, text in (("orders.csv", orders), ("answers.csv", answers)):
        load(engine, understand_file(engine, csv_file(tmp_path, text, name)), datetime(2026, 5, 1))
    rows = rows_of_customer(engine, " ANN ")
    assert rows[["table_name", "figure", "file_name", "row_number", "line_count"]].values.tolist() == [
        ["orders", 3.0, "orders.csv", 2, 2],
        ["satisfaction", 4.0, "answers.csv", 2, 1],
        ["satisfaction", 5.0, "answers.csv", 3, 1],
    ]
    assert rows_of_customer(engine, "nobody").empty
