"""What only a person can know of a file: who is the customer, and how what fits in several ways is read."""

import pandas as pd
import streamlit as st

from pages.shared.messages import plain
from pages.your_data.upload_columns import NONE, touch
from pages.your_data.upload_matching import sample_of
from pages.your_data.upload_reading import once, one_of, options
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.understanding.customer_columns import customer_columns
from retention_core.ingestion.understanding.readings import Question
from retention_core.ingestion.understanding.understand import ENCODING, Understanding
from retention_core.ingestion.understanding.which_table import ASKED
from retention_core.words.say import again, say


def choose_customer(engine: DuckDBEngine, understood: Understanding) -> None:
    """Where several columns may be the customer, show what would follow from each, and let one be chosen, or none."""
    place, match = understood.staged.path.stem, understood.match
    key = (understood.staged.path, repr(match.headers), repr(understood.readings.get(match.table.moment)))
    sample = sample_of(engine, understood.staged)
    found = once("_customers", key, lambda: customer_columns(engine, understood, sample))
    if len(found) < 2:
        return
    words = {
        each.header: plain(say("{column}: {consequence}", column=each.header, consequence=each.words)) for each in found
    }
    words[NONE] = say("None of these")
    box = f"match_{place}_{match.table.name}_customer"
    st.radio(
        say("Who is the customer? Several columns may name them."),
        list(words),
        format_func=words.__getitem__,
        key=f"customer_{place}",
        on_change=_choose,
        args=(box, f"customer_{place}"),
    )


def ask_questions(understood: Understanding) -> None:
    """Ask what only a person can know, with the readings of real values side by side."""
    for question in understood.questions:
        if question.column not in (ASKED, ENCODING):  # asked where the table and the file are chosen
            with st.container(border=True):
                _ask(question, understood.staged.path.stem, understood.match.table.name)


def _ask(question: Question, place: str, table: str) -> None:
    asked = question.words or say(
        "How is “{header}” written? {n} readings fit every value.", header=question.header, n=len(question.readings)
    )
    st.markdown(f"**{plain(asked)}**")
    if question.default is not None:
        st.caption(plain(say("Until you say otherwise: {reading}.", reading=question.default.words)))
    if question.examples:
        rows = pd.DataFrame(
            [(raw, *map(again, readings)) for raw, readings in question.examples.items()],
            columns=[say("In the file"), *(again(reading.words) for reading in question.readings)],
        )
        st.dataframe(
            rows,
            hide_index=True,
            alt=say("The same values in each reading"),
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


def _choose(box: str, radio: str) -> None:
    """Let the menu of a column hold what was chosen elsewhere."""
    st.session_state[box] = st.session_state[radio]
    touch(box)


def _mark(key: str, name: str, box: str) -> None:
    """Add one of several answers to a question, or take it back."""
    others = [each for each in st.session_state.get(key, ()) if each != name]
    st.session_state[key] = [*others, name] if st.session_state[box] else others
