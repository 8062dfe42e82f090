"""What lies in the future is left out until somebody says on a page that it is right, who may take it back."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from pages.shared import session
from tests.pages.test_pages import PAGES, words
from tests.pages.test_upload_page import load, with_file

NEXT_YEAR = session.today() + timedelta(days=365)
ORDERS = f"order id,order date,customer,amount\n1,2026-01-05,A,1\n2,2026-01-31,B,2\n3,{NEXT_YEAR},B,4\n"


def rows(engine) -> int:
    return len(engine.query("SELECT * FROM orders"))


def test_the_report_says_what_is_left_out_and_the_history_counts_it_and_takes_it_back(app, engine) -> None:
    page = load(with_file(app, "orders.csv", ORDERS))
    assert "In 1 row of this upload a date lies after the day on which it was loaded" in words(page)
    assert rows(engine) == 2
    page = page.switch_page(PAGES["history"]).run()
    button(page, "What lies in the future is right: count it").click().run()
    assert not page.exception
    assert rows(engine) == 3
    button(page, "Leave out what lies in the future").click().run()
    assert rows(engine) == 2


def test_who_knows_that_it_is_right_says_so_before_loading(app, engine) -> None:
    page = with_file(app, "orders.csv", ORDERS)
    assert any("until somebody says that it is right" in each.value for each in page.warning)
    next(each for each in page.toggle if each.label == "They are right: count them").set_value(True).run()
    page = load(page)
    assert rows(engine) == 3
    assert "It counts, since somebody has said that it is right" in words(page)


def button(page: AppTest, label: str):
    return next(each for each in page.button if each.label == label)
