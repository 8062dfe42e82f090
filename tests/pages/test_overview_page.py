"""The overview as people meet it first."""

from tests.pages.test_pages import opened, words
from tests.tables import add_complaints

SAMPLE = "This is a made-up sample shop."


def test_a_first_visit_says_that_this_is_a_sample_and_offers_the_own_file(app) -> None:
    app = opened(app, "overview")
    assert SAMPLE in words(app)
    assert "Of customers who first bought in" in words(app)


def test_the_own_workspace_is_called_no_sample(app, engine) -> None:
    quick = [(f"c{n}", "2026-01-05", None, "2026-01-06") for n in range(11)]
    add_complaints(engine, [*quick, ("last", "2026-01-20", None, "2026-01-21")])
    app = opened(app, "overview", workspace="Private")
    assert SAMPLE not in words(app)
    assert "complaints were resolved within 5 days; none is open." in words(app)
    assert "No orders to answer this." in words(app)


def test_a_workspace_without_data_says_what_to_upload_and_offers_the_sample(app) -> None:
    app = opened(app, "overview", workspace="Private")
    assert "Upload orders, complaints or satisfaction answers" in words(app)
    app.button(key="see_sample").click().run()
    assert SAMPLE in words(app)
