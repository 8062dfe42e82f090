"""The page of what needs a decision today: what it shows in every state of the data."""

from tests.pages.test_pages import figures, opened, words
from tests.tables import add_complaints, add_orders

COMPLAINTS = [
    ("old", "2026-01-10 10:00", None, None),
    ("soon", "2026-01-16 10:00", None, None),
    ("later", "2026-01-18 10:00", None, None),
    ("done", "2026-01-20 09:00", None, "2026-01-20 10:00"),
]


def test_the_sample_says_who_crosses_the_limit_and_lists_them(app) -> None:
    app = opened(app, "today")
    assert figures(app)["Open now"] == "10"
    assert figures(app)["Over day 5"] == "4"  # as the page of waits says: still open 10, 4 of them for longer
    assert "“Today” is 17 Oct 2026, the last day of the data" in words(app)
    assert all(len(each.help) > 40 for each in app.metric)


def test_the_urgent_ones_are_listed_first_then_those_over_the_limit(app, engine) -> None:
    add_complaints(engine, COMPLAINTS)
    app = opened(app, "today", workspace="Private")
    assert "1 complaint crosses day 5 within 24 hours, 2 within 72. 1 is over it already." in words(app)
    lists = [list(each.value["customer"]) for each in app.dataframe if "customer" in each.value]
    assert lists == [["soon", "later"], ["old"]]
    assert not app.warning


def test_a_list_can_be_taken_away_whole(app, engine) -> None:
    add_complaints(engine, COMPLAINTS)
    app = opened(app, "today", workspace="Private")
    files = [each.proto.id.partition("-download_")[2] for each in app.get("download_button")]
    assert [name for name in files if name] == ["complaints_crossing_csv", "complaints_over_csv", "backlog_csv"]


def test_where_nothing_is_open_the_page_says_that_nobody_waits(app, engine) -> None:
    add_complaints(engine, COMPLAINTS[-1:])
    app = opened(app, "today", workspace="Private")
    assert "Nobody waits: the only complaint is not open any more." in words(app)
    assert figures(app)["Open now"] == "0"


def test_complaints_without_any_moment_say_what_to_upload(app, engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", None, None)])
    app = opened(app, "today", workspace="Private")
    assert "The complaints carry neither the moment of a first response nor of a resolution." in words(app)
    assert not app.metric


def test_filters_that_leave_nothing_are_told(app, engine) -> None:
    add_complaints(engine, COMPLAINTS)
    add_orders(engine, [("ann", "2025-01-01", 1.0)])
    app = opened(app, "today", workspace="Private", to="2025-02-01")
    assert "No complaint lies within these filters." in words(app)
    assert not app.metric


def test_an_earlier_day_shows_what_was_open_then(app, engine) -> None:
    add_complaints(engine, COMPLAINTS)
    app = opened(app, "today", workspace="Private", as_of="2026-01-17")
    assert "“Today” is 17 Jan 2026" in words(app)
    assert figures(app)["Open now"] == "2"
    assert not app.exception


def test_in_persian_with_its_calendar_the_same_is_shown(app, engine) -> None:
    add_complaints(engine, COMPLAINTS)
    app = opened(app, "today", workspace="Private", lang="fa", days_in="jalali")
    assert "۳۰ دی ۱۴۰۴" in words(app)  # 20 January 2026
    assert list(figures(app).values()) == ["۱", "۲", "۱", "۳"]


def test_nothing_at_all_shows_what_the_page_would_say_on_the_sample(app) -> None:
    app = opened(app, "today", workspace="Private")
    assert "No complaints here yet" in words(app)
    assert "An example, from the sample shop" in words(app)
