"""The upload page through AppTest: from a file to loaded rows, with every question on the way."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.core.ingestion.files import workbook
from tests.pages.test_pages import opened, words

ORDERS = "order id,order date,customer,amount\n1,2026-01-05,A,1\n2,2026-01-31,B,2\n"


def with_file(app: AppTest, name: str, content: str | bytes) -> AppTest:
    page = opened(app, "upload", workspace="Private")
    data = content if isinstance(content, bytes) else content.encode()
    page.file_uploader[0].set_value([(name, data, "text/csv")]).run()
    assert not page.exception
    return page


def load(page: AppTest) -> AppTest:
    button = next(each for each in page.button if each.label.startswith("Load "))
    button.click().run()
    assert not page.exception
    return page


def radio(page: AppTest, start: str):
    return next(each for each in page.radio if each.key.startswith(start))


def test_a_plain_file_is_two_clicks_from_its_report(app, engine) -> None:
    page = with_file(app, "orders.csv", ORDERS)
    assert "Customer: **customer**" in str([each.label for each in page.expander])
    page = load(page)
    assert "is loaded: 2 purchases from 2 rows" in words(page)
    assert len(engine.query("SELECT * FROM orders")) == 2


def test_a_question_must_be_answered_before_loading(app, engine) -> None:
    page = with_file(app, "orders.csv", "customer,order date,amount\nA,05/01/2026,5\nB,06/02/2026,6\n")
    assert "2 readings fit every value" in words(page)
    assert next(each for each in page.button if each.label.startswith("Load ")).disabled
    radio(page, "answer_").set_value("month_first").run()
    load(page)
    assert engine.query("SELECT day::VARCHAR AS d FROM orders ORDER BY d")["d"].tolist() == ["2026-05-01", "2026-06-02"]


def test_rial_or_toman_is_asked_by_what_differs_and_what_is_taken_meanwhile_is_said(app) -> None:
    page = with_file(app, "orders.csv", "مشتری,تاریخ,مبلغ\n1,1404/01/01,100\n2,1404/01/02,200\n")
    meanwhile = "Until you say otherwise: the amounts count as they are written, be they rials or tomans."
    assert meanwhile in words(page)
    shown = [option.replace("\\", "") for option in radio(page, "answer_").options]
    assert shown == ["in rials", "in tomans: ten times as much"]


def test_the_customer_is_chosen_by_what_would_follow(app, engine) -> None:
    rows = "".join(f"{n},2026-01-{n % 27 + 1:02},O{n},P{n % 5}\n" for n in range(60))
    page = with_file(app, "orders.csv", "order id,order date,customer id,customer unique id\n" + rows)
    choice = radio(page, "customer_")
    assert any("100.0\u00a0% of whom come on several days" in option.replace("\\", "") for option in choice.options)
    choice.set_value("customer unique id").run()
    load(page)
    assert engine.query("SELECT count(DISTINCT customer_key) AS n FROM orders")["n"].iloc[0] == 5


def test_cancelled_orders_and_own_people_are_left_out_by_consent(app, engine) -> None:
    text = "order id,order date,customer,status\n1,2026-01-05,a@x.io,paid\n"
    text += "2,2026-01-06,b@x.io,cancelled\n3,2026-01-07,me@us.com,paid\n"
    page = with_file(app, "orders.csv", text)
    next(each for each in page.toggle if "cancelled" in each.label).set_value(True).run()
    next(each for each in page.text_input if each.key.startswith("left_out_text")).set_value("@us.com").run()
    load(page)
    assert engine.query("SELECT order_id FROM orders")["order_id"].tolist() == ["1"]


def test_sheets_with_the_same_columns_are_one_table(app, engine, tmp_path) -> None:
    header = ["order id", "order date", "customer"]
    months = {
        "Jan": [header, ["1", "2026-01-05", "A"], ["2", "2026-01-31", "B"]],
        "Feb": [header, ["2", "2026-01-31", "B"], ["3", "2026-02-05", "C"]],
        "Columns": [["Name", "Meaning"], *[[name, "text"] for name in header]],
    }
    page = with_file(app, "months.xlsx", Path(workbook(tmp_path, months)).read_bytes())
    assert "a dictionary, not data" in str(page.selectbox[-1].options) + str([each.options for each in page.selectbox])
    load(page)
    assert engine.query("SELECT order_id FROM orders ORDER BY 1")["order_id"].tolist() == ["1", "2", "3"]
    assert engine.query("SELECT value FROM rejected_rows")["value"].tolist() == ["2, 2026-01-31, B"]


@pytest.mark.parametrize(("mode", "amounts"), [("update", [1, 20, 30]), ("replace", [20, 30])])
def test_rows_that_are_there_are_updated_or_replaced(app, engine, mode, amounts) -> None:
    page = load(with_file(app, "one.csv", ORDERS))
    again = "order id,order date,customer,amount\n2,2026-01-31,B,20\n3,2026-02-01,C,30\n"
    page.file_uploader[0].set_value([("two.csv", again.encode(), "text/csv")]).run()
    assert "is loaded already" in str([each.value for each in page.warning]) or page.warning
    next(each for each in page.segmented_control if str(each.key).startswith("mode_")).set_value(mode).run()
    load(page)
    assert engine.query("SELECT amount::INT AS a FROM orders ORDER BY a")["a"].tolist() == amounts


def test_rejected_rows_that_are_mended_fill_the_gap(app, engine) -> None:
    page = load(with_file(app, "orders.csv", ORDERS + "3,soon,C,5\n"))
    assert "Why rows were rejected: 1 is not a date that we can read." in words(page)
    assert not next(each.delta for each in page.metric if each.label == "Rejected")  # a card would cut it
    mended = (
        "order id,order date,customer,amount,row in file,column,value,reason\n3,2026-02-01,C,5,4,order date,soon,x\n"
    )
    page.file_uploader[0].set_value([("mended.csv", mended.encode(), "text/csv")]).run()
    load(page)
    assert engine.query("SELECT order_id FROM orders ORDER BY 1")["order_id"].tolist() == ["1", "2", "3"]


def test_a_file_that_cannot_be_read_says_why(app) -> None:
    said = words(with_file(app, "orders.xlsx", b"PK\x03\x04 not a workbook"))
    assert "incomplete" in said


def test_what_each_row_stands_for_is_asked_and_the_answer_stays(app, engine) -> None:
    page = with_file(app, "visits.csv", "customer,date\n" + "".join(f"A{n % 4},2026-01-{n + 1:02}\n" for n in range(9)))
    assert "What does each row stand for?" in words(page)
    assert next(each for each in page.button if each.label.startswith("Load ")).disabled
    radio(page, "table_").set_value("orders").run()
    page = load(page)
    assert len(engine.query("SELECT * FROM orders")) == 9


def test_a_column_that_no_header_names_is_asked_about_with_its_values(app, engine) -> None:
    text = "Order No,Date,Total,Wer,Wo\n" + "".join(
        f"O{n},2026-01-{n + 1:02},5.50,Anna {n % 4},Ort {n % 5}\n" for n in range(12)
    )
    page = with_file(app, "orders.csv", text)
    choice = radio(page, "which_")
    assert any("Anna 1" in option for option in choice.options)
    choice.set_value("Wer").run()
    load(page)
    assert engine.query("SELECT count(DISTINCT customer_key) AS n FROM orders")["n"].iloc[0] == 4


def test_files_that_belong_together_are_one_plan_and_one_click(app, engine) -> None:
    orders = "order_id,customer_id,order_date\n" + "".join(f"o{n},c{n % 5},2026-01-{n + 1:02}\n" for n in range(12))
    payments = "order_id,payment_value\n" + "".join(f"o{n},2.50\no{n},3.00\n" for n in range(12))
    people = "customer_unique_id,customer_id\n" + "".join(f"p{n % 3},c{n}\n" for n in range(5))
    towns = "town,postcode\nHull,1\nYork,2\n"
    page = opened(app, "upload", workspace="Private")
    files = {"orders.csv": orders, "payments.csv": payments, "people.csv": people, "towns.csv": towns}
    page.file_uploader[0].set_value([(name, text.encode(), "text/csv") for name, text in files.items()]).run()
    assert "These 4 tables belong together: customers and orders load; payments.csv" in words(page).replace("*", "")
    next(each for each in page.button if each.label == "Load them together").click().run()
    found = engine.query(
        "SELECT count(*) AS n, sum(amount)::DOUBLE AS s, count(DISTINCT customer_key) AS c FROM orders"
    )
    assert found.iloc[0].tolist() == [12, 66.0, 3]


def test_a_page_loaded_anew_says_that_its_private_workspace_is_gone(app) -> None:
    app.query_params["workspace"] = "Private"
    page = app.run()
    assert any("is deleted when the page is loaded anew" in each.value for each in page.info)
