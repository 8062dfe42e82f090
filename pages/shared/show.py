"""Show an answer on the screen: each of its pieces, in the place that a page chooses."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.shared import saving
from pages.shared.charts import picture
from pages.shared.messages import errors_shown, headline, plain
from retention_core.answers.answer import Answer, Card, Cell, Chart, Column, Part, Table
from retention_core.reports.safe_csv import safe_csv
from retention_core.words.days import in_numbers
from retention_core.words.glossary import definition
from retention_core.words.language import Speech, as_spoken_now, spoken
from retention_core.words.say import again, say

_HUNDREDFOLD = {"share": "%.1f %%", "points": "%.1f"}


def opening(answer: Answer, before: Callable[[], None] | None = None) -> None:
    """Show what a page says first: its question, the sentence that answers it, notes, and its figures.

    before: draws what stands between the notes and the figures.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="opening"):
        st.title(plain(answer.question), anchor=False)
        saving.actions(answer)
    headline(answer.sentence, st.header)
    if answer.is_empty:
        for note in answer.notes:
            st.write(plain(note))
    elif answer.notes:
        st.caption(" ".join(plain(note) for note in answer.notes))
    if before:
        before()
    figures(answer.cards)


def figures(cards: Sequence[Card]) -> None:
    """Show figures side by side, each with its n or interval, a line of its past, and its definition one tap away."""
    if not cards:
        return
    for place, card in zip(st.columns(len(cards)), cards, strict=True):
        trend = [point for point in card.trend if not pd.isna(point)]
        place.metric(
            plain(card.label),
            card.value,
            card.note or None,
            delta_color="off",
            delta_arrow="off",
            border=True,
            help=definition(card.term).text,
            chart_data=trend if len(trend) > 2 else None,
            chart_type="area",
            height="stretch",
        )


def chart(shown: Chart, *, key: str = "") -> None:
    """Draw a chart, and list what lies behind a point of it that is clicked. key: where a page draws it twice."""
    if shown.title:
        st.subheader(plain(shown.title), anchor=False)
    with errors_shown():
        event = picture(shown, key or shown.name)
        _caption(shown)
        clicked = _cell(event) if shown.behind else None
        if shown.behind and clicked:
            for table_behind in shown.behind(clicked):
                table(table_behind)


def part(shown: Part) -> None:
    """Show everything that a part of a page says."""
    with errors_shown():
        answer = shown.answer()
        if answer.sentence:
            st.markdown(f"**{plain(answer.sentence)}**")
        if answer.notes:
            st.caption(" ".join(plain(note) for note in answer.notes))
        for each in answer.charts:
            chart(each)
        figures(answer.cards)
        for each_table in answer.tables:
            table(each_table)


def table(shown: Table) -> None:
    """Show a table with its download, and what lies behind a row or cell of it that is chosen."""
    if shown.is_folded:
        with st.expander(plain(shown.title)):
            _table(shown, has_title=False)
    else:
        _table(shown, has_title=True)


def how_counted(answer: Answer) -> None:
    """Offer the definitions of the figures of a page, one tap away."""
    with st.popover(say("How is this counted?"), icon=":material/help:", type="tertiary", key="how_counted"):
        meant = [definition(term) for term in answer.terms]
        st.markdown("\n\n".join(f"**{each.title}.** {each.text}" for each in meant))


def _table(shown: Table, *, has_title: bool) -> None:
    seen = shown.keep("seen", lambda: pa.Table.from_pandas(on_screen(shown, shown.rows()), preserve_index=False))
    if has_title and shown.title:
        st.subheader(plain(shown.title), anchor=False)
    _caption(shown)
    mode = "single-row" if shown.behind else "single-cell" if shown.behind_cell else ""
    selection: dict[str, Any] = {"on_select": "rerun", "selection_mode": mode} if mode else {}
    event = st.dataframe(
        seen,
        hide_index=True,
        placeholder="",
        alt=shown.alt,
        column_config={name: _column(column) for name, column in shown.columns.items()},
        column_order=list(shown.columns),
        key=f"table_{shown.name}",
        **selection,
    )
    download(shown.name, partial(_as_csv, shown))
    for each in shown.downloads:
        download(each.name, partial(_as_csv, each), each.title)
    if shown.foot:
        st.caption(plain(shown.foot))
    if shown.behind and event.selection.rows and event.selection.rows[0] < seen.num_rows:
        for behind in shown.behind(event.selection.rows[0]):
            table(behind)
    if shown.behind_cell and event.selection.cells and event.selection.cells[0][0] < seen.num_rows:
        for behind in shown.behind_cell(*event.selection.cells[0]):
            table(behind)


def _caption(shown: Chart | Table) -> None:
    if said := [plain(text) for text in (shown.caption, shown.hint) if text]:
        st.caption(" ".join(said))


def on_screen(shown: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table as they are seen: shares and points a hundredfold; what would be -0.0 is 0."""
    seen = (shown.shown(rows) if shown.shown else rows).copy()
    for name, column in shown.columns.items():
        if column.kind in _HUNDREDFOLD and name in seen:
            hundredfold = seen[name] * 100
            seen[name] = hundredfold.mask(hundredfold.abs() < 0.05, 0.0)
        elif column.kind == "text" and name in seen:
            seen[name] = seen[name].map(lambda value: again(value) if isinstance(value, str) else value)
        elif column.kind in ("day", "moment") and name in seen and not _grid_writes_days():
            moments = pd.to_datetime(seen[name])
            seen[name] = [_in_numbers(moment, column.kind) for moment in moments]
    return seen


def _grid_writes_days() -> bool:
    """Tell whether tables can write days as people are spoken to; they know English and its calendar alone."""
    return spoken() == Speech()


def _in_numbers(moment: pd.Timestamp, kind: str) -> str:
    if pd.isna(moment):
        return ""
    return in_numbers(moment.to_pydatetime() if kind == "moment" else moment.date())


def download(name: str, content: Callable[[], bytes], label: str = "", kind: str = "csv") -> None:
    """Offer a file, made when it is asked for. label: by default `Download as CSV`."""
    st.download_button(
        label or say("Download as CSV"),
        as_spoken_now(content),
        f"{name}.{kind}",
        "text/csv" if kind == "csv" else None,
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{name}_{kind}",
        type="tertiary",
    )


def _as_csv(shown: Table) -> bytes:
    return safe_csv(shown.rows())


def _column(column: Column) -> Any:
    options: dict[str, Any] = {"help": column.help or None, "pinned": column.is_pinned or None}
    config = st.column_config
    if column.kind in _HUNDREDFOLD:
        return config.NumberColumn(column.label, format=_HUNDREDFOLD[column.kind], **options)
    if column.kind in ("count", "number", "money"):
        form = {"count": "localized", "number": "%g", "money": "%.2f"}[column.kind]
        return config.NumberColumn(column.label, format=form, **options)
    if column.kind in ("day", "moment") and not _grid_writes_days():
        return config.TextColumn(column.label, **options)
    if column.kind == "day":
        return config.DateColumn(column.label, format="D MMM YYYY", **options)
    if column.kind == "moment":
        return config.DatetimeColumn(column.label, format="D MMM YYYY, HH:mm", **options)
    if column.kind == "truth":
        return config.CheckboxColumn(column.label, **options)
    return config.TextColumn(column.label, **options)


def _cell(event: Any) -> Cell | None:
    points = event.selection.points if event else []
    return tuple(points[0]["customdata"][:2]) if points and points[0].get("customdata") else None
