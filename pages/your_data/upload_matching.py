"""The second step of an upload: which table it is, which column is what, and which rows are left out."""

import streamlit as st

from pages.shared.messages import plain
from pages.your_data.upload_columns import choose_columns
from pages.your_data.upload_reading import once, one_of
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import ColumnMissing, RetentionError
from retention_core.ingestion.known_exports.known_export import KnownExport
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.evidence import Sample
from retention_core.ingestion.understanding.match_columns import TableMatch, match_columns, with_choices
from retention_core.ingestion.understanding.readings import Question
from retention_core.ingestion.understanding.remembered import remembered
from retention_core.ingestion.understanding.understand import (
    Choices,
    Understanding,
    match_of,
    sample_values,
    understand,
)
from retention_core.ingestion.understanding.which_table import SHOWS
from retention_core.tables import TABLES
from retention_core.words.say import counted, say


def choose_matches(engine: DuckDBEngine, staged: StagedTable) -> Choices:
    """Show which table and columns we took the file for, and return what the person has changed."""
    place = staged.path.stem
    last_time = once("_remembered", staged.path, lambda: remembered(engine, staged))
    read = counted(
        "{n} row, read as {reading}", "{n} rows, read as {reading}", staged.rows_read, reading=staged.reading
    )
    st.markdown(f"**{plain(staged.title)}** – {plain(read)}")
    table = _choose_table(engine, staged, last_time)
    found, known = _taken_for(engine, staged, table)
    before = last_time if last_time is not None and last_time.table == table else Choices()
    if before.table:
        found = with_choices(found, before.columns)
        st.caption(say("Matched and read as the last file with these columns was."))
    elif known is not None:
        told = say(
            "This is an export of {what} from {system}; its columns are taken for what they mean there.",
            what=known.what,
            system=known.system,
        )
        st.caption(f":material/verified: {plain(told)}")
    columns = choose_columns(staged, found, f"{place}_{table or found.table.name}")
    left_out = {name for name in before.left_out if st.session_state.get(f"left_out_{place}_{name}", True)}
    left_out |= {name.removeprefix(f"left_out_{place}_") for name in _chosen(f"left_out_{place}_")}
    text = str(st.session_state.get(f"left_out_text_{place}", before.left_out_text))
    answers = {**before.readings, **_chosen(f"answer_{place}_", bare=True)}
    return Choices(table, {**before.columns, **columns}, answers, tuple(sorted(left_out)), text)


def _choose_table(engine: DuckDBEngine, staged: StagedTable, last_time: Choices | None) -> str:
    """Show which table the file is taken for; where that is not known, ask, and return nothing until it is answered."""
    guess, asked = once("_guesses", staged.path, lambda: _guess(engine, staged))
    guess = last_time.table if last_time else guess
    if asked is not None and not last_time:
        with st.container(border=True):
            st.markdown(f"**{plain(asked.words)}**")
            asked_first = [each.name for each in asked.readings]
            shown = {name: plain(say(SHOWS[name])) for name in dict.fromkeys((*asked_first, *SHOWS))}
            return one_of(shown, f"table_{staged.path.stem}")
    titles = {name: say(table.title) for name, table in TABLES.items()}
    return st.segmented_control(
        say("It holds"),
        list(titles),
        format_func=titles.__getitem__,
        default=guess,
        key=f"table_{staged.path.stem}",
        required=True,
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
        with st.spinner(say("Looking at the columns …")):
            return understand(engine, staged, choices)

    return once("_understood", (staged.path, repr(choices)), work)


def choose_left_out(understood: Understanding) -> None:
    """Let the person leave out rows by a rule that is shown: cancelled orders, tests, the house's own people."""
    place = understood.staged.path.stem
    chosen = {rule.name for rule in understood.left_out}
    for rule in understood.rules:
        label = plain(say("Leave out {rows}", rows=rule.words))
        st.toggle(label, value=rule.name in chosen, key=f"left_out_{place}_{rule.name}")
    if "customer" in understood.match.headers:
        with st.popover(
            say("Leave out your own people …"), type="tertiary", icon=":material/person_off:", key=f"own_people_{place}"
        ):
            st.text_input(
                say("Customers whose id, name or address holds"),
                value=understood.left_out_text,
                key=f"left_out_text_{place}",
                placeholder=say("@our-company.com"),
                help=say("Their rows are listed with the rejected ones."),
            )
    if understood.left_out_text:
        st.caption(plain(say("Customers that hold “{text}” are left out.", text=understood.left_out_text)))


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
