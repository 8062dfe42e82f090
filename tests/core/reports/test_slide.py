"""A slide holds the sentence, the chart with its key, the figures, and where they come from."""

import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from retention_core.figures.palette import DARK, LIGHT
from retention_core.reports.slide import HEIGHT, WIDTH, slide
from retention_core.words.language import PERSIAN, speaking
from tests.core.reports.small_answer import FRAME, SENTENCE, small_answer


def said(figure: go.Figure) -> str:
    """Return what a slide says around its chart: title, figures, and the source line."""
    title = figure.layout.title
    text = f"{title.text} {title.subtitle.text} {figure.layout.annotations[-1].text}"
    return " ".join(re.sub("<br>|</?b>", " ", text).split())


def test_a_slide_says_sentence_figures_and_source() -> None:
    answer = small_answer()
    text = said(slide(answer.charts[0], answer, FRAME.source(), LIGHT))
    assert text.startswith(SENTENCE)
    assert "One look in twenty shows as much by luck." in text
    assert "Back within 90 days: 24 % (21 to 27)" in text.replace("\u00a0", " ")
    source = "Corner shop · Channel: Web · 1 Jan 2026 to 31 May 2026 · data up to 31 May 2026 · Comeback"
    assert text.endswith(source)


def test_a_slide_is_as_large_as_a_screen_on_the_ground_asked_for() -> None:
    answer = small_answer()
    figure = slide(answer.charts[0], answer, FRAME.source(), DARK)
    assert (figure.layout.width, figure.layout.height) == (WIDTH, HEIGHT) == (1280, 720)
    assert figure.layout.paper_bgcolor == DARK.background
    assert figure.data[0].line.color == DARK.accent


def test_text_from_files_marks_nothing_up() -> None:
    answer = small_answer()
    text = said(slide(answer.charts[0], answer, "Tea & <b>more</b>", LIGHT))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img" in text
    assert text.endswith("Tea &amp; &lt;b&gt;more&lt;/b&gt;")
    assert "<" not in text


def test_a_long_sentence_is_wrapped_and_the_chart_begins_below_it() -> None:
    answer = small_answer()
    chart = answer.charts[0]
    short = slide(chart, replace(answer, sentence="Few came back.", cards=()), "", LIGHT)
    long = slide(chart, replace(answer, sentence="Few came back. " * 12, cards=()), "", LIGHT)
    assert str(long.layout.title.text).count("<br>") == 1, "179 letters in two lines of 89"
    assert long.layout.margin.t > short.layout.margin.t


def test_key_and_names_of_the_axis_have_room_of_their_own() -> None:
    answer = small_answer()
    figure = slide(answer.charts[0], answer, FRAME.source(), LIGHT)
    low, high = figure.layout.yaxis.domain
    assert low == pytest.approx(0.17)
    assert high == pytest.approx(0.9)
    assert figure.layout.legend.y == pytest.approx(high)


def test_lines_of_a_persian_slide_run_from_right_to_left() -> None:
    answer = small_answer()
    with speaking(PERSIAN):
        figure = slide(answer.charts[0], answer, FRAME.source(), LIGHT)
    assert figure.layout.title.xanchor == "right"
    assert str(figure.layout.title.text).startswith("<b>\u2067")
