"""Bars of customers: who buys and pays period by period, how often, and on how many days."""

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.days_active import MOST_DAYS, DaysActive
from retention_core.analyses.customers.returning_revenue import MOST
from retention_core.figures.palette import Palette, base_figure, period_axis
from retention_core.wording import amount, bare, percent, say, whole

_STILL_RUNNING = 0.45


def returning_bars(rows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw the revenue of each period, that of returning customers under that of new ones; a running one is pale.

    rows: as `returning_revenue` returns them.
    """
    figure = base_figure(palette, 380, barmode="relative", bargap=0.25)
    for column, name, colour in (
        ("returning_revenue", "customers who had bought before", palette.accent),
        ("new_revenue", "new customers", palette.contrast),
    ):
        people = rows[column.replace("revenue", "customers")]
        said = [
            f"{label}: {amount(value)} from {whole(customers)} {name}"
            for label, value, customers in zip(rows["label"], rows[column], people, strict=True)
        ]
        _bars(figure, rows, rows[column], name, colour, said)
    figure.update_yaxes(title_text="Revenue", tickformat="~s")
    period_axis(figure, list(rows["label"]), "")
    return figure


def lifecycle_bars(rows: pd.DataFrame, palette: Palette, unit: str) -> go.Figure:
    """Draw who bought in each period over the line, and who bought in the one before and not in it under the line.

    rows: as `lifecycle` returns them. unit: of the period. A running period is pale, and has nothing under the line.
    """
    figure = base_figure(palette, 420, barmode="relative", bargap=0.25)
    for kind, colour, sign in (
        ("returning", palette.accent, 1),
        ("resurrected", palette.fair, 1),
        ("new", palette.contrast, 1),
        ("dormant", palette.quiet, -1),
    ):
        counted = rows[f"{kind}_customers"]
        said = [
            say("lifecycle_bar", label=label, customers=whole(number), kind=say(f"lifecycle_{kind}", unit=unit))
            for label, number in zip(rows["label"], counted, strict=True)
        ]
        _bars(figure, rows, sign * counted, say(f"lifecycle_{kind}", unit=unit), colour, said)
    figure.add_hline(y=0, line={"color": palette.faint, "width": 1})
    figure.update_yaxes(title_text="Customers", tickformat=",.0f")
    period_axis(figure, list(rows["label"]), "")
    return figure


def orders_bars(rows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw the share of customers by how many purchases they made. rows: as `orders_per_customer` returns them."""
    said = [
        f"{whole(row.customers)} customers ({percent(row.share, 1)}) bought {_at_most(row.orders, MOST)} times"
        for row in rows.itertuples()
    ]
    labels = [_at_most(orders, MOST) for orders in rows["orders"]]
    return _share_bars(rows, labels, said, palette, "Purchases", "Share of customers")


def days_bars(answer: DaysActive, palette: Palette) -> go.Figure:
    """Draw the share of the customers of one period by the number of days on which they bought, with intervals."""
    labels = [_at_most(days, MOST_DAYS) for days in answer.rows["days"]]
    said = [
        f"{whole(row.customers)} customers ({percent(row.share, 1)}, {bare(row.low, 1)} to {bare(row.high, 1)}) "
        f"bought on {label} {'day' if row.days == 1 else 'different days'}"
        for row, label in zip(answer.rows.itertuples(), labels, strict=True)
    ]
    x_title = f"Different days with a purchase in {answer.label}"
    return _share_bars(answer.rows, labels, said, palette, x_title, "Share of its customers")


def _bars(figure: go.Figure, rows: pd.DataFrame, heights: pd.Series, name: str, colour: str, said: list[str]) -> None:
    opacity = [1.0 if state == "complete" else _STILL_RUNNING for state in rows["state"]]
    figure.add_bar(
        x=rows["label"],
        y=heights,
        name=name,
        marker={"color": colour, "opacity": opacity},
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _share_bars(
    rows: pd.DataFrame, labels: list[str], said: list[str], palette: Palette, x_title: str, y_title: str
) -> go.Figure:
    figure = base_figure(palette, 300, showlegend=False, bargap=0.3)
    figure.add_bar(
        x=labels,
        y=rows["share"],
        marker={"color": palette.accent},
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.update_yaxes(tickformat=".0%", title_text=y_title)
    figure.update_xaxes(title_text=x_title, type="category")
    return figure


def _at_most(number: int, most: int) -> str:
    return f"{number} and more" if number == most else str(number)
