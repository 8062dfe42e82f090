"""The second step of an upload: which table it is, which column is what, and what only a person can know."""

import pandas as pd
import streamlit as st

from pages.shared.messages import plain
from pages.your_data.upload_reading import once, one_of, options
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import ColumnMissing, RetentionError
from retention_core.ingestion.known_exports.known_export import KnownExport
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.customer_columns import customer_columns
from retention_core.ingestion.understanding.evidence import Sample
from retention_core.ingestion.understanding.match_columns import TableMatch, match_columns, with_choices
from retention_core.ingestion.understanding.readings import Question
from retention_core.ingestion.understanding.remembered import remembered
from retention_core.ingestion.understanding.understand import (
    ENCODING,
    Choices,
    Understanding,
    match_of,
    sample_values,
    understand,
)
from retention_core.ingestion.understanding.which_column import DOUBTFUL
from retention_core.ingestion.understanding.which_table import ASKED, SHOWS
from retention_core.tables import TABLES
from retention_core.wording import counted

NONE = "–"


def choose_matches(engine: DuckDBEngine, staged: StagedTable) -> Choices:
    """Show which table and columns we took the file for, and return what the person has changed."""
    place = staged.path.stem
    last_time = once("_remembered", staged.path, lambda: remembered(engine, staged))
    st.markdown(f"**{plain(staged.title)}** – {counted(staged.rows_read, 'row')}, read as {plain(staged.reading)}")
    table = _choose_table(engine, staged, last_time)
    found, known = _taken_for(engine, staged, table)
    before = last_time if last_time is not None and last_time.table == table else Choices()
    if before.table:
        found = with_choices(found, before.columns)
        st.caption("Matched and read as the last file with these columns was.")
    elif known is not None:
        article = "an" if known.name[0] in "AEIOU" else "a"
        st.caption(
            f":material/verified: This is {article} {plain(known.name)}; its columns are taken for what they mean there."
        )
    columns = _choose_columns(staged, found, f"{place}_{table or found.table.name}")
    left_out = {name for name in before.left_out if st.session_state.get(f"left_out_{place}_{name}", True)}
    left_out |= {name.removeprefix(f"left_out_{place}_") for name in _chosen(f"left_out_{place}_")}
    text = str(st.session_state.get(f"left_out_text_{place}", before.left_out_text))
    answers = {**before.readings, **_chosen(f"answer_{place}_", bare=True)}
    return Choices(table, {**before.columns, **columns}, answers, tuple(sorted(left_out)), text)


def _choose_table(engine: DuckDBEngine, staged: StagedTable, last_time: Choices | None) -> str:
    """Show which table the file is taken for; where that is not known, ask, and return nothing until it is answered."""
    guess, asked = once("_guesses", staged.path, lambda: _guess(engine, staged))
    guess = last_time.table if last_time else guess
    options = list(TABLES)
    if asked is not None and not last_time:
        with st.container(border=True):
            st.markdown(f"**{asked.words}**")
            return one_of({each.name: each.words for each in asked.readings} | SHOWS, f"table_{staged.path.stem}")
    return st.segmented_control(
        "It holds", options, format_func=str.capitalize, default=guess, key=f"table_{staged.path.stem}", required=True
    )


def _taken_for(engine: DuckDBEngine, staged: StagedTable, table: str) -> tuple[TableMatch, KnownExport | None]:
    """Return what the columns are taken for, and whose export it is, before anybody corrects it."""

    def work() -> tuple[TableMatch, KnownExport | None]:
        try:
            match, known, _ = match_of(sample_of(engine, staged), Choices(table))
        except ColumnMissing:
            return match_columns(sample_of(engine, staged), TABLES[table or "orders"]), None
        return match, known

    return once("_taken_for", (staged.path, table), work)


def sample_of(engine: DuckDBEngine, staged: StagedTable) -> Sample:
    """Return some values of every column, looked at once."""
    return once("_samples", staged.path, lambda: sample_values(engine, staged))


def understood_as(engine: DuckDBEngine, staged: StagedTable, choices: Choices) -> Understanding:
    """Return what is understood of a table under these choices, worked out once."""

    def work() -> Understanding:
        with st.spinner("Looking at the columns …"):
            return understand(engine, staged, choices)

    return once("_understood", (staged.path, repr(choices)), work)


def choose_customer(engine: DuckDBEngine, understood: Understanding) -> None:
    """Where several columns may be the customer, show what would follow from each, and let one be chosen, or none."""
    place, match = understood.staged.path.stem, understood.match
    key = (understood.staged.path, repr(match.headers), repr(understood.readings.get(match.table.moment)))
    sample = sample_of(engine, understood.staged)
    found = once("_customers", key, lambda: customer_columns(engine, understood, sample))
    if len(found) < 2:
        return
    words = {each.header: f"{plain(each.header)}: {each.words}" for each in found} | {NONE: "None of these"}
    box = f"match_{place}_{match.table.name}_customer"
    st.radio(
        "Who is the customer? Several columns may name them.",
        list(words),
        format_func=words.__getitem__,
        key=f"customer_{place}",
        on_change=_choose,
        args=(box, f"customer_{place}"),
    )


def _choose(box: str, radio: str) -> None:
    """Let the menu of a column hold what was chosen elsewhere."""
    st.session_state[box] = st.session_state[radio]
    _touch(box)


def _mark(key: str, name: str, box: str) -> None:
    """Add one of several answers to a question, or take it back."""
    others = [each for each in st.session_state.get(key, ()) if each != name]
    st.session_state[key] = [*others, name] if st.session_state[box] else others


def _touch(box: str) -> None:
    """Remember that a person has decided what a column is, be it what we took it for."""
    st.session_state.setdefault("_touched", set()).add(box)


def ask_questions(understood: Understanding) -> None:
    """Ask what only a person can know, with the readings of real values side by side."""
    for question in understood.questions:
        if question.column not in (ASKED, ENCODING):  # asked where the table and the file are chosen
            with st.container(border=True):
                _ask(question, understood.staged.path.stem, understood.match.table.name)


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
    """Show a menu for each canonical column and return what a person has chosen: canonical column -> header or None."""
    columns: dict[str, str | None] = {}
    keys = {column.name: f"match_{place}_{column.name}" for column in found.table.columns}
    used = [st.session_state.get(key, found.headers.get(name, NONE)) for name, key in keys.items()]
    labels = [column.label for column in found.table.columns]
    title = _matched_words(
        {label: header for label, header in zip(labels, used, strict=True) if header != NONE}, staged
    )
    sure = {each.column: each.confidence for each in found.matches}
    is_doubtful = any(confidence < DOUBTFUL for confidence in sure.values())
    with st.expander(title, icon=":material/table_edit:", expanded=bool(found.missing) or is_doubtful):
        st.caption("What each column is taken for. Change what is wrong; nothing is loaded until you say so.")
        boxes = st.columns(3)
        for index, column in enumerate(found.table.columns):
            header = found.headers.get(column.name)
            confidence, key = sure.get(column.name), keys[column.name]
            doubt = f" · {confidence:.0%} sure" if confidence is not None and confidence < DOUBTFUL else ""
            chosen = boxes[index % 3].selectbox(
                plain(column.label) + (" *(required)*" if column.is_required else "") + doubt,
                [NONE, *staged.header],
                index=staged.header.index(header) + 1 if header and key not in st.session_state else 0,
                key=key,
                on_change=_touch,
                args=(key,),
                help=f"Confidence {confidence:.0%}" if confidence else "No column of the file looks like this.",
            )
            if key in st.session_state.get("_touched", ()) or chosen != (header or NONE):
                columns[column.name] = None if chosen == NONE else chosen
    return columns


def _ask(question: Question, place: str, table: str) -> None:
    asked = question.words or f"How is “{question.header}” written? {len(question.readings)} readings fit every value."
    st.markdown(f"**{plain(asked)}**")
    if question.default is not None:
        st.caption(plain(f"Until you say otherwise: {question.default.words}."))
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
    _choices_of(question, place, table)


def _choices_of(question: Question, place: str, table: str) -> None:
    """Show the answers of a question: one of them, several, or, where a column is asked for, one that fills its menu."""
    key, words = f"answer_{place}_{question.column}", options(question)
    if question.is_many:
        for number, (name, said) in enumerate(words.items()):
            box = f"mark_{place}_{question.column}_{number}"
            st.checkbox(said, name in st.session_state.get(key, ()), key=box, on_change=_mark, args=(key, name, box))
    elif question.is_of_column:
        which, menu = f"which_{place}_{table}_{question.column}", f"match_{place}_{table}_{question.column}"
        one_of({name or NONE: said for name, said in words.items()}, which, _choose, (menu, which))
    else:
        one_of(words, key)


def _chosen(prefix: str, *, bare: bool = False) -> dict[str, str]:
    """Return the widgets under a prefix that hold something: key (without the prefix if bare) -> value."""
    return {
        str(key).removeprefix(prefix) if bare else str(key): value
        for key, value in st.session_state.items()
        if str(key).startswith(prefix) and value
    }


def _guess(engine: DuckDBEngine, staged: StagedTable) -> tuple[str, Question | None]:
    """Return the likeliest table, and the question which it is where that is not known."""
    try:
        match, _, asked = match_of(sample_of(engine, staged), Choices())
    except RetentionError:
        return "orders", None
    return match.table.name, asked


def _matched_words(headers: dict[str, str], staged: StagedTable) -> str:
    """Say which column is taken for what: label -> header."""
    said = " · ".join(f"{label}: **{plain(header)}**" for label, header in headers.items())
    return f"{len(set(headers.values()))} of {len(staged.header)} columns are used – {said or NONE}"
