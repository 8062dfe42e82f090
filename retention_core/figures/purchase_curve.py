"""The curve of the next purchase: what share of customers is back after so many days."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.second_purchase import SecondPurchase
from retention_core.figures.palette import Palette, base_figure, interval_band
from retention_core.wording import bare, percent, say, whole

_MOST_STEPS = 366


def second_purchase_curve(answer: SecondPurchase, palette: Palette, beside: SecondPurchase | None = None) -> go.Figure:
    """Draw the share of customers who have bought again by days since the purchase, with its band where it is known.

    beside: another step, drawn as a quiet line to compare with; the same step is left out.
    """
    is_compared = beside is not None and beside.step != answer.step and len(beside.curve) > 0
    figure = base_figure(palette, 420, showlegend=is_compared)
    points = _steps(answer.curve)
    interval_band(figure, points["days"], points, palette.band(0.2), shape="hv")
    _line(figure, points, say(f"step_named_{answer.step}"), {"color": palette.accent, "width": 2.5, "shape": "hv"})
    highest = max(0.05, float(points[["share_back", "high"]].max().max()))
    if beside is not None and is_compared:
        other = _steps(beside.curve)
        _line(figure, other, say(f"step_named_{beside.step}"), {"color": palette.faint, "width": 1.5, "dash": "dot"})
        highest = max(highest, float(other["share_back"].max()))
    figure.update_yaxes(
        tickformat=".0%", title_text=say(f"step_bought_{answer.step}"), range=[0, min(1.02, highest * 1.1)]
    )
    figure.update_xaxes(title_text=say(f"step_since_{answer.step}"), range=[0, float(points["days"].iloc[-1])])
    return figure


def _line(figure: go.Figure, points: pd.DataFrame, name: str, line: Mapping[str, object]) -> None:
    figure.add_scatter(
        x=points["days"],
        y=points["share_back"],
        mode="lines",
        name=name,
        line=line,
        customdata=[_step_sentence(row) for row in points.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _steps(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the days of a curve that are drawn: evenly chosen, with the last one and the last that has an interval."""
    last_sure = curve["low"].last_valid_index()
    every = -(-len(curve) // _MOST_STEPS)
    return curve[(curve["days"] % every == 0) | curve.index.isin([last_sure, curve.index[-1]])]


def _step_sentence(row) -> str:  # type: ignore[no-untyped-def]
    rate = percent(row.share_back, 1)
    if not pd.isna(row.low):
        rate = say("step_rate", rate=rate, low=bare(row.low, 1), high=bare(row.high, 1))
    return say("step_day", days=row.days, rate=rate, followed=whole(row.followed))
