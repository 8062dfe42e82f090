"""The second step of an upload: which table it is, which column is what, and what only a person can know."""

import pandas as pd
import streamlit as st

from app_pages.shared.messages import plain
from app_pages.shared.upload_reading import once
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import RetentionError
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.customer_columns import customer_columns
from retention_core.ingestion.understanding.match_columns import TableMatch, match_columns, match_table, with_choices
from retention_core.ingestion.understanding.readings import Question
from retention_core.ingestion.understanding.remembered import remembered
from retention_core.ingestion.understanding.understand import Choices, Understanding, sample_values, understand
from retention_core.tables import TABLES
from retention_core.wording import counted

NONE = "–"


def choose_matches(engine: DuckDBEngine, staged: StagedTable) -> Choices:
    """Show which table and columns we took the file for, and return what the person has changed."""
    place = staged.path.stem
    sample = once("_samples", staged.path, lambda: sample_values(engine, staged))
    last_time = once("_remembered", staged.path, lambda: remembered(engine, staged))
    guess = last_time.table if last_time else once("_guesses", staged.path, lambda: _guess(sample))
    st.markdown(f"**{plain(staged.title)}** – {counted(staged.rows_read, 'row')}, read as {plain(staged.reading)}")
    names = list(TABLES)
    table = st.segmented_control(
        "It holds", names, format_func=str.capitalize, default=guess, key=f"table_{place}", required=True
    )
    found = match_columns(sample, TABLES[table])
    is_remembered = last_time is not None and last_time.table == table
    if last_time is not None and is_remembered:
        found = with_choices(found, last_time.columns or {})
        st.caption("Matched and read as the last file with these columns was.")
    columns = _choose_columns(staged, found, f"{place}_{table}")
    before = last_time if last_time is not None and is_remembered else Choices()
    left_out = {name for name in before.left_out if st.session_state.get(f"left_out_{place}_{name}", True)}
    left_out |= {name.removeprefix(f"left_out_{place}_") for name in _chosen(f"left_out_{place}_")}
    text = str(st.session_state.get(f"left_out_text_{place}", before.left_out_text))
    answers = dict(before.readings or {}) | _chosen(f"answer_{place}_", bare=True)
    return Choices(table, columns, answers, tuple(sorted(left_out)), text)


def understood_as(engine: DuckDBEngine, staged: StagedTable, choices: Choices) -> Understanding:
    """Return what is understood of a table under these choices, worked out once."""

    def work() -> Understanding:
        with st.spinner("Looking at the columns …"):
            return understand(engine, staged, choices)

    return once("_understood", (staged.path, repr(choices)), work)


def choose_customer(engine: DuckDBEngine, understood: Understanding) -> None:
    """Where several columns may be the customer, show what would follow from each, and let one be chosen."""
    place, match = understood.staged.path.stem, understood.match
    key = (understood.staged.path, repr(match.headers), repr(understood.readings.get("ordered_at")))
    found = once("_customers", key, lambda: customer_columns(engine, understood))
    if len(found) < 2:
        return
    words = {each.header: f"{plain(each.header)}: {each.words}" for each in found}
    box = f"match_{place}_{match.table.name}_customer"
    st.radio(
        "Who is the customer? Several columns may name him.",
        list(words),
        format_func=words.__getitem__,
        key=f"customer_{place}",
        on_change=lambda: st.session_state.__setitem__(box, st.session_state[f"customer_{place}"]),
    )


def ask_questions(understood: Understanding) -> None:
    """Ask what only a person can know, with the readings of real values side by side."""
    for question in understood.questions:
        with st.container(border=True):
            _ask(question, understood.staged.path.stem)


def choose_left_out(understood: Understanding) -> None:
    """Let the person leave out rows by a rule that is shown: cancelled orders, tests, the house's own people."""
    place = understood.staged.path.stem
    chosen = {rule.name for rule in understood.left_out}
    for rule in understood.rules:
        st.toggle(f"Leave out {plain(rule.words)}", value=rule.name in chosen, key=f"left_out_{place}_{rule.name}")
    if "customer" in understood.match.headers:
        with st.popover("Leave out your own people …", type="tertiary", icon=":material/person_off:"):
            st.text_input(
                "Customers whose id, name or address holds",
                value=understood.left_out_text,
                key=f"left_out_text_{place}",
                placeholder="@our-company.com",
                help="Their rows are listed with the rejected ones.",
            )
    if understood.left_out_text:
        st.caption(f"Customers that hold “{plain(understood.left_out_text)}” are left out.")


def _choose_columns(staged: StagedTable, found: TableMatch, place: str) -> dict[str, str | None]:
    """Show a menu for each canonical column and return what is chosen: canonical column -> header or None."""
    columns: dict[str, str | None] = {}
    keys = {column.name: f"match_{place}_{column.name}" for column in found.table.columns}
    used = [st.session_state.get(key, found.headers.get(name, NONE)) for name, key in keys.items()]
    labels = [column.label for column in found.table.columns]
    title = _matched_words(
        {label: header for label, header in zip(labels, used, strict=True) if header != NONE}, staged
    )
    with st.expander(title, icon=":material/table_edit:", expanded=bool(found.missing)):
        st.caption("What each column is taken for. Change what is wrong; nothing is loaded until you say so.")
        boxes = st.columns(3)
        for index, column in enumerate(found.table.columns):
            header = found.headers.get(column.name)
            options = [NONE, *staged.header]
            confidence = next((each.confidence for each in found.matches if each.column == column.name), None)
            label = plain(column.label) + (" *(required)*" if column.is_required else "")
            doubt = f" · {confidence:.0%} sure" if confidence is not None and confidence < 0.7 else ""
            chosen = boxes[index % 3].selectbox(
                label + doubt,
                options,
                index=options.index(header) if header and keys[column.name] not in st.session_state else 0,
                key=keys[column.name],
                help=f"Confidence {confidence:.0%}" if confidence else "No column of the file looks like this.",
            )
            columns[column.name] = None if chosen == NONE else chosen
    return columns


def _ask(question: Question, place: str) -> None:
    asked = question.words or f"How is “{question.header}” written? {len(question.readings)} readings fit every value."
    st.markdown(f"**{plain(asked)}**")
    if question.default is not None:
        st.caption("Until you say so, they stay as they are written.")
    if question.examples:
        rows = pd.DataFrame(
            [(raw, *readings) for raw, readings in question.examples.items()],
            columns=["In the file", *(reading.words for reading in question.readings)],
        )
        st.dataframe(
            rows,
            hide_index=True,
            alt="The same values in each reading",
            width="content",
            key=f"readings_{place}_{question.column}",
        )
    words = {
        reading.name: ": ".join(filter(None, (reading.words, evidence)))
        for reading, evidence in zip(question.readings, question.evidence, strict=True)
    }
    st.radio(
        "It is",
        list(words),
        format_func=lambda name: plain(words[name]),
        index=None,
        label_visibility="collapsed",
        key=f"answer_{place}_{question.column}",
    )


def _chosen(prefix: str, *, bare: bool = False) -> dict[str, str]:
    """Return the widgets under a prefix that hold something: key (without the prefix if bare) -> value."""
    return {
        str(key).removeprefix(prefix) if bare else str(key): value
        for key, value in st.session_state.items()
        if str(key).startswith(prefix) and value
    }


def _guess(sample: dict[str, list[str]]) -> str:
    try:
        return match_table(sample).table.name
    except RetentionError:
        return "orders"


def _matched_words(headers: dict[str, str], staged: StagedTable) -> str:
    """Say which column is taken for what: label -> header."""
    said = " · ".join(f"{label}: **{plain(header)}**" for label, header in headers.items())
    return f"{len(set(headers.values()))} of {len(staged.header)} columns are used – {said or NONE}"
