"""The page that sets what people say beside whether they return."""

import pytest

from tests.core.analyses.test_alike import people
from tests.pages.test_pages import figures, opened, words
from tests.tables import add_answers, add_orders

ALIKE = "Among customers alike"


def fill(engine, *groups) -> None:
    for group in groups:
        orders, answers = people(*group)
        add_orders(engine, orders)
        add_answers(engine, answers)
    add_orders(engine, [("last", "2026-12-31", 1.0)])


def tell_two_scales(engine) -> None:
    with engine.transaction() as cursor:
        cursor.execute(
            "UPDATE stored_satisfaction SET scale = CASE WHEN score = 9 THEN 'NPS' ELSE 'CSAT' END, "
            "scale_top = CASE WHEN score = 9 THEN 10 ELSE 5 END"
        )


def test_the_plain_comparison_stands_beside_that_of_customers_alike(app, engine) -> None:
    # plainly 5 % of 180 + 20 against 45 % of 20 + 180; alike 0 % and 0 % of those who bought once, 50 % of the others
    fill(engine, ("a", 180, 0, 1, 5), ("b", 20, 10, 3, 5), ("c", 20, 0, 1, 2), ("d", 180, 90, 3, 2))
    app = opened(app, "scores", workspace="Private")
    assert figures(app)["Satisfied (from 4): came back"] == "5.0 %"
    assert figures(app)["Less satisfied (below 4): came back"] == "45.0 %"
    assert figures(app)[ALIKE] == "0 points"
    told = words(app)
    assert "Satisfied minus less satisfied: of all 400 customers −40 (−47 to −32) points." in told
    assert "0 (−12 to +12) points, of 400 compared; 0 have nobody alike" in told
    assert "Who answers differs" in told
    assert "Most of those compared had bought only once before" in told


def test_too_few_customers_alike_are_counted_and_make_no_figure(app, engine) -> None:
    fill(engine, ("a", 20, 5, 1, 5), ("b", 20, 5, 1, 2))
    app = opened(app, "scores", workspace="Private")
    assert figures(app)[ALIKE] == "–"
    assert "Among customers alike before their answer" not in words(app)


def test_no_score_of_fewer_than_ten_carries_a_percentage(app, engine) -> None:
    fill(engine, ("a", 9, 5, 1, 5), ("b", 12, 6, 1, 2))
    app = opened(app, "scores", workspace="Private")
    assert figures(app)["Satisfied (from 4): came back"] == "–"
    assert figures(app)["Less satisfied (below 4): came back"] == "50.0 %"


def test_what_the_rooms_had_spent_ends_with_the_day_that_is_looked_from(app, engine) -> None:
    fill(engine, ("a", 20, 5, 1, 5), ("b", 20, 5, 1, 2))
    add_orders(engine, [("a0", "2026-12-30", 1000.0)])
    app = opened(app, "scores", workspace="Private", as_of="2026-06-30", horizon="30")
    assert "all they had bought by 30 Jun 2026" in words(app)
    spent = {metric.label.replace("\\", ""): metric.delta for metric in app.metric}["Satisfied, back"]
    assert spent.endswith("spent 10")  # five customers, two purchases of 1 each


def test_scales_are_chosen_by_word_and_top(app, engine) -> None:
    fill(engine, ("a", 20, 5, 1, 5), ("b", 10, 5, 1, 9))
    tell_two_scales(engine)
    app = opened(app, "scores", workspace="Private")
    assert app.selectbox(key="scale").options == ["CSAT, 1 to 5", "NPS, 0 to 10"]
    assert "Satisfied (from 4): came back" in figures(app)
    app.selectbox(key="scale").set_value("NPS-10").run()
    assert "Satisfied (from 9): came back" in figures(app)


@pytest.mark.parametrize("scale", ["NPS-10", "NPS, 0 to 10", "NPS"])
def test_a_link_names_the_scale_by_its_id_and_older_ones_by_its_words(app, engine, scale) -> None:
    fill(engine, ("a", 20, 5, 1, 5), ("b", 10, 5, 1, 9))
    tell_two_scales(engine)
    app = opened(app, "scores", workspace="Private", scale=scale)
    assert app.selectbox(key="scale").value == "NPS-10"
    assert "Satisfied (from 9): came back" in figures(app)
    assert not app.warning


@pytest.mark.parametrize("horizon", ["30", "30 days"])
def test_a_link_sets_the_horizon_whether_it_is_old_or_new(app, horizon) -> None:
    app = opened(app, "scores", horizon=horizon)
    assert app.segmented_control(key="horizon").value == "30"
    assert "of all whose 30 days have passed" in words(app)


@pytest.mark.parametrize("room", ["less_satisfied_back", "Less satisfied, back"])
def test_a_link_opens_a_room_whether_it_is_old_or_new(app, engine, room) -> None:
    fill(engine, ("a", 20, 5, 1, 5), ("b", 10, 3, 1, 2))
    app = opened(app, "scores", workspace="Private", room=room)
    assert "Less satisfied, back: 3 customers" in words(app)
    assert any(set(each.value.get("customer", ())) == {"b0", "b1", "b2"} for each in app.dataframe)
