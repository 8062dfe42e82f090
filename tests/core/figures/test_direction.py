"""Texts of a chart run in the direction of the language that is spoken; its numbers and its time do not."""

from retention_core.figures.direction import in_direction
from retention_core.figures.palette import LIGHT, base_figure
from retention_core.words.language import PERSIAN, speaking

FROM_RIGHT, END = "\u2067", "\u2069"


def figure():
    drawn = base_figure(LIGHT, 200)
    drawn.add_scatter(x=["a", "b"], y=[1, 2], name="نیمی ظرف", text=["۵۰ ٪", "۵۰"], customdata=[[1, "۳ مشتری.<br>باز"]])
    drawn.update_yaxes(title_text="زمان", tickvals=[10], ticktext=["۱۰ روز"])
    drawn.add_annotation(text="یک<br>دو")
    return drawn


def test_key_and_axes_of_a_persian_chart_run_from_right_to_left() -> None:
    with speaking(PERSIAN):
        drawn = in_direction(figure())
    assert drawn.data[0].name == f"{FROM_RIGHT}نیمی ظرف{END}"
    assert drawn.layout.yaxis.title.text == f"{FROM_RIGHT}زمان{END}"
    assert list(drawn.layout.yaxis.ticktext) == [f"{FROM_RIGHT}۱۰ روز{END}"]
    assert list(drawn.data[0].x) == ["a", "b"]
    assert list(drawn.data[0].text) == [f"{FROM_RIGHT}۵۰ ٪{END}", "۵۰"]
    assert drawn.data[0].customdata[0] == [1, f"{FROM_RIGHT}۳ مشتری.{END}<br>{FROM_RIGHT}باز{END}"]


def test_each_line_of_a_remark_is_marked_by_itself_and_only_once() -> None:
    with speaking(PERSIAN):
        drawn = in_direction(in_direction(figure()))
    assert drawn.layout.annotations[0].text == f"{FROM_RIGHT}یک{END}<br>{FROM_RIGHT}دو{END}"


def test_an_english_chart_stays_as_it_is() -> None:
    assert in_direction(figure()) == figure()
