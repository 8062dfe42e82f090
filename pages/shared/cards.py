"""Figures with their definition, and tables with their download."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from retention_core.analyses.complaints.complaints_behind import LIMIT
from retention_core.analyses.intervals import Share
from retention_core.wording import bare, digits, percent, whole

GLOSSARY = Path(__file__).resolve().parents[2] / "GLOSSARY.md"
_RISKY_START = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")


@lru_cache(maxsize=1)
def definitions() -> dict[str, str]:
    """Return the definitions of the glossary: term -> text."""
    text = GLOSSARY.read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)$", text, flags=re.MULTILINE)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {term.strip(): " ".join(re.split(r"^## ", body, flags=re.MULTILINE)[0].split()) for term, body in pairs}


def figure(column, label: str, value: str, *, term: str, note: str = "", trend: Sequence[float] = ()) -> None:  # type: ignore[no-untyped-def]
    """Show one figure with its n or interval under it, a sparkline, and its definition one tap away."""
    shown = [point for point in trend if not pd.isna(point)]
    column.metric(
        label,
        value,
        note or None,
        delta_color="off",
        delta_arrow="off",
        border=True,
        help=definitions()[term],
        chart_data=shown if len(shown) > 2 else None,
        chart_type="area",
        height="stretch",
    )


def share_figure(  # type: ignore[no-untyped-def]
    column, label: str, share: Share, *, term: str, trend: Sequence[float] = (), has_interval: bool = True
) -> None:
    """Show a share with its interval and n; below ten cases only the count.

    has_interval: False where a customer stands in it several times, or its customers are no part of those it is of.
    """
    if not share.is_headline:
        figure(column, label, "–", term=term, note=f"{share.count} of {share.total}: too few", trend=trend)
        return
    low, high = share.interval
    shown = max(1, digits(low, high))
    note = f"{bare(low, shown)} to {bare(high, shown)} · n = {whole(share.total)}"
    if not has_interval:
        note = f"no interval · {whole(share.count)} of {whole(share.total)}, people counted several times"
    figure(column, label, percent(share.rate, shown), term=term, trend=trend, note=note)


def how_counted(*terms: str) -> None:
    """Offer the definitions of the figures of a page, one tap away."""
    with st.popover("How is this counted?", icon=":material/help:", type="tertiary"):
        for term in terms:
            st.markdown(f"**{term}.** {definitions()[term]}")


def table(
    frame: pd.DataFrame, *, name: str, alt: str, labels: Mapping[str, Any] | None = None, select: str = ""
) -> Any:
    """Show a table; where nothing is known the cell is empty. Return what is selected.

    labels: column -> column configuration. select: the mode of selection, none by default.
    """
    selection: dict[str, Any] = {"on_select": "rerun", "selection_mode": select} if select else {}
    return st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        alt=alt,
        column_config=dict(labels or {}),
        key=f"table_{name}",
        **selection,
    )


def list_behind(frame: pd.DataFrame, title: str, *, name: str, labels: Mapping[str, Any]) -> None:
    """Show the customers or complaints behind a figure, with their download."""
    st.subheader(title, anchor=False)
    if len(frame) == LIMIT:
        st.caption(f"The first {whole(LIMIT)} are listed.")
    table(frame, name=name, alt=title, labels=labels)
    download(frame, name)


def download(frame: pd.DataFrame, name: str, label: str = "Download as CSV") -> None:
    """Offer a table as CSV in which no cell starts a formula."""
    st.download_button(
        label,
        lambda: safe_csv(frame),
        f"{name}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{name}",
        type="tertiary",
    )


def download_workbook(content: Callable[[], bytes], name: str) -> None:
    """Offer a table as a formatted workbook."""
    st.download_button(
        "Download as Excel",
        content,
        f"{name}.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key=f"workbook_{name}",
        type="tertiary",
    )


def safe_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV (UTF-8 with byte order mark, for spreadsheets) in which no cell starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_safe(str(column)) for column in frame.columns])
    writer.writerows([_safe(_text(value)) for value in row] for row in frame.itertuples(index=False))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _text(value: object) -> str:
    return "" if value is None or (not isinstance(value, list) and pd.isna(value)) else str(value)


def _safe(text: str) -> str:
    """Return a cell that a spreadsheet takes for text unless it is a number."""
    return f"'{text}" if text.startswith(_RISKY_START) and not _NUMBER.fullmatch(text) else text
