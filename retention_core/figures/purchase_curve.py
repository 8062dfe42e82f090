"""The curve of the next purchase: what share of customers is back after so many days."""

from collections.abc import Iterator, Mapping

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.second_purchase import SecondPurchase
from retention_core.figures.axes import number_axis, share_axis
from retention_core.figures.palette import Palette, base_figure, interval_band
from retention_core.words.numbers import bare, percent, whole
from retention_core.words.say import say, sentence

STEP_NAMES = {
    1: sentence("First to second"),
    2: sentence("Second to third"),
    3: sentence("Third to fourth"),
    4: sentence("Fourth to fifth"),
}
_BOUGHT = {
    1: sentence("Have bought a second time"),
    2: sentence("Have bought a third time"),
    3: sentence("Have bought a fourth time"),
    4: sentence("Have bought a fifth time"),
}
_SINCE = {
    1: sentence("Days since the first purchase"),
    2: sentence("Days since the second purchase"),
    3: sentence("Days since the third purchase"),
    4: sentence("Days since the fourth purchase"),
}
_MOST_STEPS = 366


def second_purchase_curve(answer: SecondPurchase, palette: Palette, beside: SecondPurchase | None = None) -> go.Figure:
    """Draw the share of customers who have bought again by days since the purchase, with its band where it is known.

    beside: another step, drawn as a quiet line to compare with; the same step is left out.
    """
    is_compared = beside is not None and beside.step != answer.step and len(beside.curve) > 0
    figure = base_figure(palette, 420, showlegend=is_compared)
    points = _steps(answer.curve)
    interval_band(figure, points["days"], points, palette.band(0.2), shape="hv")
    _line(figure, points, say(STEP_NAMES[answer.step]), {"color": palette.accent, "width": 2.5, "shape": "hv"})
    highest = max(0.05, float(points[["share_back", "high"]].max().max()))
    if beside is not None and is_compared:
        other = _steps(beside.curve)
        _line(figure, other, say(STEP_NAMES[beside.step]), {"color": palette.faint, "width": 1.5, "dash": "dot"})
        highest = max(highest, float(other["share_back"].max()))
    last = int(points["days"].iloc[-1])
    share_axis(figure, min(1.02, highest * 1.1), title=say(_BOUGHT[answer.step]))
    number_axis(figure, 0, last, say(_SINCE[answer.step]))
    figure.update_xaxes(range=[0, last])
    return figure


def _line(figure: go.Figure, points: pd.DataFrame, name: str, line: Mapping[str, object]) -> None:
    figure.add_scatter(
        x=points["days"],
        y=points["share_back"],
        mode="lines",
        name=name,
        line=line,
        customdata=list(_of_points(points)),
        hovertemplate="%{customdata}<extra></extra>",
    )


def _steps(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the days of a curve that are drawn: evenly chosen, with the last one and the last that has an interval."""
    last_sure = curve["low"].last_valid_index()
    every = -(-len(curve) // _MOST_STEPS)
    return curve[(curve["days"] % every == 0) | curve.index.isin([last_sure, curve.index[-1]])]


def _of_points(points: pd.DataFrame) -> Iterator[str]:
    """Yield what each day of the curve says; the sentence is said once, and its numbers are put in."""
    told = sentence("After {days} days {rate} are back; {followed} are followed so long")
    told_surely = sentence("After {days} days {rate} ({low} to {high}) are back; {followed} are followed so long")
    bare_form = str(say(told, days="{0}", rate="{1}", followed="{2}"))
    sure_form = str(say(told_surely, days="{0}", rate="{1}", followed="{2}", low="{3}", high="{4}"))
    for row in points[["days", "share_back", "followed", "low", "high"]].itertuples():
        places = whole(row.days), percent(row.share_back, 1), whole(row.followed)
        if pd.isna(row.low):
            yield bare_form.format(*places)
        else:
            yield sure_form.format(*places, bare(row.low, 1), bare(row.high, 1))
