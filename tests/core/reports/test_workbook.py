"""A table as a workbook: with the definitions of its figures, and no text that becomes a formula."""

import fastexcel
import pandas as pd

from retention_core.reports.workbook import as_workbook
from retention_core.words.glossary import definition
from retention_core.words.language import PERSIAN, speaking

ROWS = pd.DataFrame({"cohort_label": ["Jan 2026", "=1+1"], "customers": [2, 1], "retention_rate": [0.5, float("nan")]})


def test_the_workbook_holds_the_table_and_its_definitions(tmp_path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(as_workbook(ROWS, "=A question?", ["Cohort", "Refund"], ["in force"]))
    book = fastexcel.read_excel(path)
    frame = book.load_sheet("Table", header_row=None, dtypes="string").to_pandas()
    assert [frame.iloc[0, 0], frame.iloc[1, 0]] == ["=A question?", "in force"]
    assert list(frame.iloc[3]) == ["cohort label", "customers", "retention rate"]
    assert list(frame.iloc[4]) == ["Jan 2026", "2", "0.5"]
    assert list(frame.iloc[5])[:2] == ["=1+1", "1"]
    about = book.load_sheet("Definitions", header_row=None, dtypes="string").to_pandas()
    assert list(about.iloc[1:, 0]) == ["Cohort", "Refund"]
    assert about.iloc[1, 1] == definition("Cohort").text


def test_the_names_of_columns_are_the_same_in_every_language(tmp_path) -> None:
    path = tmp_path / "table.xlsx"
    with speaking(PERSIAN):
        path.write_bytes(as_workbook(ROWS, "?", []))
    frame = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_pandas()
    assert list(frame.iloc[2]) == ["cohort label", "customers", "retention rate"]
