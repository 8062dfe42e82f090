"""An answer made by hand, with text from a hostile file in every place that can hold one."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from retention_core.answers.answer import Answer, Card, Chart, Column, Part, Table
from retention_core.errors import RetentionError
from retention_core.figures.palette import Palette, base_figure
from retention_core.reports.frame import Frame
from retention_core.words.numbers import percent
from retention_core.words.say import say

HOSTILE = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>"
SENTENCE = "Of 812 customers who first bought in May 2026, 24 % came back."
FRAME = Frame("Corner shop", "Channel: Web · 1 Jan 2026 to 31 May 2026", date(2026, 5, 31), date(2026, 6, 2))


def line(palette: Palette) -> go.Figure:
    """Two points under a name that closes the script it is written into."""
    figure = base_figure(palette, 300)
    figure.add_scatter(x=["Apr", "May"], y=[0.2, 0.24], name=f"</script>{HOSTILE}", line={"color": palette.accent})
    return figure


def customers(count: int = 3) -> Table:
    """A table of so many customers; the last of its columns is shown only where its rows have it."""
    rows = pd.DataFrame({"customer": [HOSTILE] * count, "return_rate": [0.245] * count, "spent": [1234.5] * count})
    columns = {
        "customer": Column("Customer"),
        "return_rate": Column("Came back", "share"),
        "refunds": Column("Refunds", "count"),
        "spent": Column("Spent", "money"),
    }
    return Table("customers", lambda: rows, columns, "Customers", title="Who came back")


def small_answer(rows: int = 3) -> Answer:
    """One chart, one table, two cards, and two parts, the second of which cannot be had."""
    return Answer(
        "Do they come back?",
        f"{SENTENCE}\nOne look in twenty shows as much by luck.",
        (f"Left out: {HOSTILE}",),
        (Card("Back within 90 days", percent(0.24), "Interval", "21 to 27"), Card(HOSTILE, "812", "Customer")),
        (Chart("rate", line, f"Between 20 % and 24 % {HOSTILE}", "By month", "Hollow: not complete"),),
        (customers(rows),),
        ("Customer", "Interval"),
        (
            Part("motion", say("Customers in motion"), lambda: Answer("", "Nine left.", terms=("Refund",))),
            Part("gone", say("Segments"), _cannot),
        ),
    )


def _cannot() -> Answer:
    raise RetentionError("Too many cells.", "There are 90,000.", "Choose a longer period.")
