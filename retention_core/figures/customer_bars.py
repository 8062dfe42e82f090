"""Bars of customers: who buys and pays period by period, how often, and on how many days."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.days_active import MOST_DAYS, DaysActive
from retention_core.analyses.customers.returning_revenue import MOST
from retention_core.figures.axes import count_axis, period_axis, share_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.words.numbers import amount, bare, percent, whole
from retention_core.words.say import counted, say, sentence

_STILL_RUNNING = 0.45
_REVENUE = {
    "returning": (
        sentence("customers who had bought before"),
        sentence("{label}: {value} from {customers} customers who had bought before"),
    ),
    "new": (sentence("new customers"), sentence("{label}: {value} from {customers} new customers")),
}
# the period before, within a sentence
BEFORE = {
    "day": sentence("the day before"),
    "week": sentence("the week before"),
    "month": sentence("the month before"),
    "quarter": sentence("the quarter before"),
    "year": sentence("the year before"),
}
_IN_MOTION = {
    "returning": (
        sentence("bought in {before} too"),
        sentence("{label}: {customers} bought in {before} too"),
    ),
    "resurrected": (sentence("back after a pause"), sentence("{label}: {customers} back after a pause")),
    "new": (sentence("new"), sentence("{label}: {customers} new")),
    "dormant": (
        sentence("bought in {before}, not in this one"),
        sentence("{label}: {customers} bought in {before}, not in this one"),
    ),
}


def returning_bars(rows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw the revenue of each period, that of returning customers under that of new ones; a running one is pale.

    rows: as `returning_revenue` returns them.
    """
    figure = base_figure(palette, 380, barmode="relative", bargap=0.25)
    for kind, colour in (("returning", palette.accent), ("new", palette.contrast)):
        name, form = _REVENUE[kind]
        told = zip(rows["label"], rows[f"{kind}_revenue"], rows[f"{kind}_customers"], strict=True)
        said = [say(form, label=label, value=amount(value), customers=whole(people)) for label, value, people in told]
        _bars(figure, rows, rows[f"{kind}_revenue"], say(name), colour, said)
    _upright(figure, rows, ("returning_revenue", "new_revenue"), (), say("Revenue"), is_money=True)
    period_axis(figure, list(rows["label"]), "")
    return figure


def lifecycle_bars(rows: pd.DataFrame, palette: Palette, unit: str) -> go.Figure:
    """Draw who bought in each period over the line, and who bought in the one before and not in it under the line.

    rows: as `lifecycle` returns them. unit: of the period. A running period is pale, and has nothing under the line.
    """
    figure = base_figure(palette, 420, barmode="relative", bargap=0.25)
    before = say(BEFORE[unit])
    for kind, colour, sign in (
        ("returning", palette.accent, 1),
        ("resurrected", palette.fair, 1),
        ("new", palette.contrast, 1),
        ("dormant", palette.quiet, -1),
    ):
        name, form = _IN_MOTION[kind]
        people = rows[f"{kind}_customers"]
        told = zip(rows["label"], people, strict=True)
        said = [say(form, label=label, customers=whole(number), before=before) for label, number in told]
        _bars(figure, rows, sign * people, say(name, before=before), colour, said)
    figure.add_hline(y=0, line={"color": palette.faint, "width": 1})
    above = ("returning_customers", "resurrected_customers", "new_customers")
    _upright(figure, rows, above, ("dormant_customers",), say("Customers"))
    period_axis(figure, list(rows["label"]), "")
    return figure


def orders_bars(rows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw the share of customers by how many purchases they made. rows: as `orders_per_customer` returns them."""
    said = [
        counted(
            "{n} customer ({share}) bought {times}",
            "{n} customers ({share}) bought {times}",
            int(row.customers),
            share=percent(row.share, 1),
            times=_times(int(row.orders)),
        )
        for row in rows.itertuples()
    ]
    labels = [_at_most(int(orders), MOST) for orders in rows["orders"]]
    return _share_bars(rows, labels, said, palette, say("Purchases"), say("Share of customers"))


def days_bars(answer: DaysActive, palette: Palette) -> go.Figure:
    """Draw the share of the customers of one period by the number of days on which they bought, with intervals."""
    labels = [_at_most(int(days), MOST_DAYS) for days in answer.rows["days"]]
    said = [
        counted(
            "{n} customer ({share}, {low} to {high}) bought on {days}",
            "{n} customers ({share}, {low} to {high}) bought on {days}",
            int(row.customers),
            share=percent(row.share, 1),
            low=bare(row.low, 1),
            high=bare(row.high, 1),
            days=_days(int(row.days)),
        )
        for row in answer.rows.itertuples()
    ]
    title = say("Different days with a purchase in {label}", label=answer.label)
    return _share_bars(answer.rows, labels, said, palette, title, say("Share of its customers"))


def _bars(figure: go.Figure, rows: pd.DataFrame, heights: pd.Series, name: str, colour: str, said: list[Any]) -> None:
    opacity = [1.0 if state == "complete" else _STILL_RUNNING for state in rows["state"]]
    figure.add_bar(
        x=rows["label"],
        y=heights,
        name=name,
        marker={"color": colour, "opacity": opacity},
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _upright(
    figure: go.Figure,
    rows: pd.DataFrame,
    above: tuple[str, ...],
    below: tuple[str, ...],
    title: str,
    *,
    is_money: bool = False,
) -> None:
    """Let the upright axis hold all bars. above, below: columns piled up over and under the line; a refund is under it."""
    up, down = rows[list(above)], rows[list(below)].fillna(0).sum(axis="columns")
    top, low = up.clip(lower=0).fillna(0).sum(axis="columns").max(), (up.clip(upper=0).sum(axis="columns") - down).min()
    count_axis(figure, float(top) * 1.05 or 1.0, low=float(low) * 1.05, title=title, is_money=is_money)


def _share_bars(
    rows: pd.DataFrame, labels: list[str], said: list[Any], palette: Palette, x_title: str, y_title: str
) -> go.Figure:
    figure = base_figure(palette, 300, showlegend=False, bargap=0.3)
    figure.add_bar(
        x=labels,
        y=rows["share"],
        marker={"color": palette.accent},
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )
    share_axis(figure, float(rows["share"].max()) * 1.05 or 1.0, title=y_title)
    figure.update_xaxes(title_text=x_title, type="category")
    return figure


def _at_most(number: int, most: int) -> str:
    return say("{n} and more", n=number) if number == most else whole(number)


def _times(orders: int) -> str:
    if orders == MOST:
        return say("{n} times and more", n=orders)
    return counted("{n} time", "{n} times", orders)


def _days(days: int) -> str:
    if days == MOST_DAYS:
        return say("{n} different days and more", n=days)
    return counted("{n} day", "{n} different days", days)
