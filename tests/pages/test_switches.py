"""The link: what it asks for is chosen, what cannot be chosen is said, and it changes with what people choose."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.old_links import as_now


def script() -> None:
    from datetime import date

    import streamlit as st

    from pages.shared import link, switches

    page = st.session_state.get("page", "first")
    link.begin(page)
    lang = switches.choose("lang", "Language", {"en": "English", "fa": "Persian"})
    words = {"week": "Woche", "month": "Monat"} if lang == "fa" else {"week": "Week", "month": "Month"}
    if page == "first":
        unit = switches.choose("opened_by", "Opened by", words)
        many = switches.choose_many("channel", "Channel", ["Web", "Shop"])
        day = switches.day("from", "From", date(2026, 1, 1), date(2026, 12, 31))
        number = switches.number("least", "Least", 1, 5, 2)
        text = switches.text("brackets", "Brackets", "7, 23")
        opened, _ = switches.tabs("tab", {"one": f"One {lang}", "two": f"Two {lang}"})
        st.text(f"{unit} {many} {day} {number} {text} {opened}")
    is_on = switches.toggle("refunds", "Refunds")
    st.text(f"refunds {is_on}")
    for said in link.missing():
        st.warning(said)
    link.write()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(script, default_timeout=30)


def shown(app: AppTest) -> str:
    assert not app.exception
    return " | ".join(each.value for each in app.text)


def address(app: AppTest) -> dict[str, list[str]]:
    return {key: [values] if isinstance(values, str) else values for key, values in app.query_params.items()}


def warned(app: AppTest) -> str:
    return "\n".join(each.value for each in app.warning)


def test_a_link_without_switches_asks_for_the_usual_and_stays_empty(app: AppTest) -> None:
    assert shown(app.run()) == "week () None 2 7, 23 one | refunds False"
    assert address(app) == {}


def test_a_link_sets_every_switch_and_stays_as_it_is(app: AppTest) -> None:
    link = {"opened_by": "month", "channel": ["Web", "Shop"], "from": "2026-02-03", "least": "3", "tab": "two"}
    app.query_params.update(link | {"dates": "own", "brackets": "9", "refunds": "true"})
    assert shown(app.run()) == "month ('Web', 'Shop') 2026-02-03 3 9 two | refunds True"
    assert address(app)["from"] == ["2026-02-03"]
    assert address(app)["channel"] == ["Web", "Shop"]
    assert "dates" not in address(app)  # this page has no such switch


def test_what_people_choose_stands_in_the_link_and_the_usual_does_not(app: AppTest) -> None:
    app.run()
    app.toggle(key="refunds").set_value(True).run()
    assert address(app) == {"refunds": ["true"]}
    app.segmented_control(key="opened_by").set_value("month").run()
    assert address(app) == {"refunds": ["true"], "opened_by": ["month"]}
    app.toggle(key="refunds").set_value(False).run()
    assert address(app) == {"opened_by": ["month"]}


def test_old_links_are_read_with_the_names_of_today(app: AppTest) -> None:
    app.query_params.update({"opened_by": "Month", "from": "2026/2/3"})
    assert shown(app.run()).startswith("month () 2026-02-03")
    assert warned(app) == "The page as it stands has no switch “dates”, which is left aside."
    assert address(app) == {"opened_by": ["month"], "from": ["2026-02-03"]}
    assert as_now({"from": ["2026-01-01"]}) == {"dates": ["own"], "from": ["2026-01-01"]}
    assert as_now({"workspace": ["Sample shop"], "period": ["Own"]}) == {"workspace": ["_sample"], "period": ["Own"]}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("opened_by", "decade", "Opened by: “decade” cannot be chosen here; “Week” is shown instead."),
        ("channel", "Fax", "Channel: “Fax” cannot be chosen here; it is left out."),
        ("from", "2031-01-01", "From: “1 Jan 2031” cannot be chosen here; it is left out."),
        ("from", "31/31/31/31", "From: “31/31/31/31” cannot be chosen here; it is left out."),
        ("least", "99", "Least: “99” cannot be chosen here; “2” is shown instead."),
        ("least", "much", "Least: “much” cannot be chosen here; “2” is shown instead."),
        ("refunds", "perhaps", "Refunds: “perhaps” cannot be chosen here; “off” is shown instead."),
        ("zzz", "1", "The page as it stands has no switch “zzz”, which is left aside."),
    ],
)
def test_what_cannot_be_chosen_is_said_and_leaves_the_link(app: AppTest, key: str, value: str, said: str) -> None:
    app.query_params.update({key: value, "dates": "own"} if key == "from" else {key: value})
    assert shown(app.run()) == "week () None 2 7, 23 one | refunds False"
    assert said in warned(app)
    assert address(app) == {}
    assert warned(app.run()) == ""


def test_of_several_values_those_stay_that_can_be_chosen(app: AppTest) -> None:
    app.query_params["channel"] = ["Web", "Fax"]
    assert "('Web',)" in shown(app.run())
    assert warned(app) == "Channel: “Fax” cannot be chosen here; “Web” is shown instead."


def test_another_page_keeps_what_it_shares_and_coming_back_finds_all(app: AppTest) -> None:
    app.run()
    app.segmented_control(key="opened_by").set_value("month")
    app.toggle(key="refunds").set_value(True).run()
    app.session_state["page"] = "second"
    app.query_params.clear()  # as the menu opens a page
    assert shown(app.run()) == "refunds True"
    assert address(app) == {"refunds": ["true"]}
    app.session_state["page"] = "first"
    app.query_params.clear()
    assert shown(app.run()).startswith("month ")
    assert address(app) == {"opened_by": ["month"], "refunds": ["true"]}


def test_going_back_to_an_address_sets_what_it_says_and_all_else_to_the_usual(app: AppTest) -> None:
    app.run()
    app.segmented_control(key="opened_by").set_value("month").run()
    app.toggle(key="refunds").set_value(True).run()
    app.query_params.clear()
    app.query_params["least"] = "4"
    assert shown(app.run()) == "week () None 4 7, 23 one | refunds False"
    assert address(app) == {"least": ["4"]}


def test_a_switch_changed_while_the_old_address_was_still_on_its_way_is_not_turned_back(app: AppTest) -> None:
    app.run()
    app.toggle(key="refunds").set_value(True).run()
    before = address(app)
    app.segmented_control(key="opened_by").set_value("month").run()
    app.query_params.clear()
    app.query_params.update(before)  # the browser had not heard of the month yet
    app.toggle(key="refunds").set_value(False).run()
    assert shown(app) == "month () None 2 7, 23 one | refunds False"
    assert address(app) == {"opened_by": ["month"]}


def test_the_language_changes_words_and_nothing_else_in_the_link(app: AppTest) -> None:
    app.query_params.update({"opened_by": "month", "tab": "two", "channel": "Web"})
    english = shown(app.run())
    link = address(app)
    app.segmented_control(key="lang").set_value("fa").run()
    assert shown(app) == english
    assert address(app) == link | {"lang": ["fa"]}
    app.query_params.clear()
    app.query_params["opened_by"] = "month"  # a link that says nothing of the language
    app.run()
    assert address(app) == {"opened_by": ["month"], "lang": ["fa"]}
