"""The menus of an upload: which column of the file is taken for which of ours."""

from collections.abc import Sequence

import streamlit as st

from pages.shared.messages import plain
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.match_columns import TableMatch
from retention_core.ingestion.understanding.which_column import DOUBTFUL
from retention_core.tables import Column
from retention_core.words.lists import dotted
from retention_core.words.numbers import percent
from retention_core.words.say import say, sentence

NONE = "–"


def choose_columns(staged: StagedTable, found: TableMatch, place: str) -> dict[str, str | None]:
    """Show a menu for each canonical column and return what a person has chosen: canonical column -> header or None."""
    columns: dict[str, str | None] = {}
    keys = {column.name: f"match_{place}_{column.name}" for column in found.table.columns}
    used = [st.session_state.get(key, found.headers.get(name, NONE)) for name, key in keys.items()]
    labels = [column.label for column in found.table.columns]
    taken = [(label, header) for label, header in zip(labels, used, strict=True) if header != NONE]
    sure = {each.column: each.confidence for each in found.matches}
    is_doubtful = any(confidence < DOUBTFUL for confidence in sure.values())
    with st.expander(
        _matched_words(taken, staged),
        icon=":material/table_edit:",
        expanded=bool(found.missing) or is_doubtful,
        key=f"columns_{place}",
    ):
        st.caption(say("What each column is taken for. Change what is wrong; nothing is loaded until you say so."))
        boxes = st.columns(3)
        for index, column in enumerate(found.table.columns):
            header = found.headers.get(column.name)
            confidence, key = sure.get(column.name), keys[column.name]
            chosen = boxes[index % 3].selectbox(
                _column_words(column, confidence),
                [NONE, *staged.header],
                index=staged.header.index(header) + 1 if header and key not in st.session_state else 0,
                key=key,
                on_change=touch,
                args=(key,),
                help=say("Confidence {share}", share=percent(confidence))
                if confidence
                else say("No column of the file looks like this."),
            )
            if key in st.session_state.get("_touched", ()) or chosen != (header or NONE):
                columns[column.name] = None if chosen == NONE else chosen
    return columns


def touch(box: str) -> None:
    """Remember that a person has decided what a column is, be it what we took it for."""
    st.session_state.setdefault("_touched", set()).add(box)


def _matched_words(taken: Sequence[tuple[str, str]], staged: StagedTable) -> str:
    """Say which column is taken for what, as Markdown: pairs of a label and a header."""
    said = [say("{label}: **{header}**", label=say(label), header=plain(header)) for label, header in taken]
    return say(
        "{used} of {all} columns are used – {matches}",
        used=len({header for _, header in taken}),
        all=len(staged.header),
        matches=dotted(said) or NONE,
    )


def _column_words(column: Column, confidence: float | None) -> str:
    """Return the label of the menu of a column, as Markdown: whether it is required, and how sure a doubtful one is."""
    if confidence is None or confidence >= DOUBTFUL:
        return say("{label} *(required)*", label=say(column.label)) if column.is_required else say(column.label)
    doubtful = (
        sentence("{label} *(required)* · {share} sure") if column.is_required else sentence("{label} · {share} sure")
    )
    return say(doubtful, label=say(column.label), share=percent(confidence))
