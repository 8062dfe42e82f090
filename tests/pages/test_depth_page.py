"""The page of waits in depth: its switches, what it says without data, and the lists that it opens."""

import pytest

from tests.pages.test_pages import figures, opened, words
from tests.tables import add_complaints


def test_it_opens_by_reason_and_the_link_names_another_column(app) -> None:
    assert opened(app, "depth").segmented_control(key="by").value == "reason"
    app = opened(app, "depth", by="branch", wait_until="first_response")
    assert app.segmented_control(key="by").value == "branch"
    assert "complaints were answered within 5 days" in app.header[0].value
    assert not app.warning


def test_employees_stand_with_what_is_more_than_chance(app) -> None:
    app = opened(app, "depth", by="employee")
    assert "of the differences between 9 employees" in app.header[0].value.replace("\\", "")
    assert figures(app)["More than chance"].endswith("%")


def test_complaints_without_any_column_say_what_to_upload(app, engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", None, "2026-01-06")])
    shown = words(opened(app, "depth", workspace="Private"))
    assert "The complaints carry no column of two values or more" in shown
    assert "Upload a file with a reason" in shown


def test_complaints_without_any_moment_say_what_to_upload(app, engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", None, None)])
    app = opened(app, "depth", workspace="Private")
    assert "Where is it slow, and why?" in app.title[0].value
    assert "neither the moment of a first response nor of a resolution" in words(app)


@pytest.mark.parametrize(
    "link", [{"to": "2024-10-01"}, {"as_of": "2025-01-15"}, {"lang": "fa"}, {"lang": "fa", "by": "employee"}]
)
@pytest.mark.parametrize("by", ["reason", "employee"])
def test_filters_an_earlier_day_and_persian_show_something_sensible(app, link, by) -> None:
    app = opened(app, "depth", **({"by": by} | link))
    assert not app.error
    assert app.header


def test_what_differs_is_listed_with_its_complaints(app, engine) -> None:
    rows = [("c", "2026-01-05", None, "2026-01-06" if n % 2 else "2026-01-20") for n in range(80)]
    quick = [("c", "2026-01-05", None, "2026-01-06") for _ in range(80)]
    add_complaints(engine, rows + quick, channel=["phone"] * 80 + ["web"] * 80)
    app = opened(app, "depth", workspace="Private", by="channel")
    assert "Channel “phone”: 50" in app.header[0].value.replace("\\", "")
    assert any(list(each.value.get("value", ())) == ["phone", "web"] for each in app.dataframe)
