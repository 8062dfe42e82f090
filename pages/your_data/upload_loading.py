"""The last steps of an upload: see what we understood, what looks odd in it, and load it."""

import threading
from dataclasses import replace
from datetime import datetime
from functools import partial

import pandas as pd
import streamlit as st

from pages.shared import session
from pages.shared.messages import plain, show_error
from pages.your_data.upload_reading import once
from pages.your_data.upload_report import uploads_of
from retention_core.answers.ahead import ask_ahead
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.memory_room import WAITING
from retention_core.errors import RetentionError
from retention_core.ingestion.checking.check_rows import findings
from retention_core.ingestion.checking.check_values import OfTheFuture
from retention_core.ingestion.checking.finding import Finding
from retention_core.ingestion.checking.preview import preview
from retention_core.ingestion.loading.load import Mode, UploadReport
from retention_core.ingestion.loading.rows_there import rows_there
from retention_core.ingestion.loading.watched import load_watched
from retention_core.ingestion.understanding.derived import derived_words
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.words.language import as_spoken_now, spoken
from retention_core.words.lists import in_turn
from retention_core.words.numbers import whole
from retention_core.words.say import counted, say, sentence

# which rows are shown -> in words, and what the table of them holds
ROWS_SHOWN = {
    "first": (sentence("First rows"), sentence("First rows as they stand and as understood")),
    "oddest": (sentence("Oddest rows"), sentence("Oddest rows as they stand and as understood")),
}


def show_preview(engine: DuckDBEngine, understood: Understanding) -> None:
    """Show some rows, the first or the oddest, each value as it stands in the file beside what we take it for."""
    place, words = understood.staged.path.stem, {name: say(shown) for name, (shown, _) in ROWS_SHOWN.items()}
    which = st.segmented_control(
        say("Rows shown"),
        list(ROWS_SHOWN),
        format_func=words.__getitem__,
        default="first",
        required=True,
        key=f"which_{place}",
        label_visibility="collapsed",
        help=say(
            "Odd: cells that are missing or cannot be read, the earliest and latest dates, the most extreme numbers."
        ),
    )
    key = (_as_understood(understood), which, spoken().language.code)
    with st.spinner(say("Looking for odd rows …")):
        frame = once(
            "_previews", key, lambda: preview(engine, understood, which="oddest" if which == "oddest" else "first")
        )
    st.dataframe(
        frame,
        hide_index=True,
        height=246,
        alt=say(ROWS_SHOWN[which][1]),
        column_config={"row_number": st.column_config.NumberColumn(say("Row"), pinned=True)},
        key=f"preview_{place}_{which}",
    )


def show_findings(engine: DuckDBEngine, understood: Understanding, *, is_alone: bool = True) -> None:
    """Say what looks odd, and what it would do to the charts. is_alone: no other file loads with it."""
    if derived := derived_words(understood):
        st.caption(plain(say("Understood so: {derived}.", derived=derived)))
    for each in _findings(engine, understood, is_alone=is_alone):
        st.warning(f"**{plain(each.found)}** {plain(each.effect)} {plain(each.advice)}", icon=":material/visibility:")
        if isinstance(each, OfTheFuture):
            st.toggle(say("They are right: count them"), key=_key_of_future(understood))


def load_button(engine: DuckDBEngine, understood: Understanding) -> None:
    """Offer to load; on a click load everything or nothing, and remember the report."""
    rows = _rows_that_count(engine, understood)
    mode = _choose_mode(engine, understood)
    pressed = st.button(
        say("Load {rows} into {table}", rows=rows, table=say(understood.match.table.within)),
        type="primary",
        icon=":material/check:",
        disabled=bool(understood.open_questions),
        key=f"load_{understood.staged.path.stem}",
    )
    if understood.open_questions:
        asked = [
            each.words or say("how “{header}” is written", header=each.header) for each in understood.open_questions
        ]
        st.caption(plain(say("First to be answered: {questions}", questions=in_turn(asked))))
    if not pressed:
        return
    try:
        report = load_into(engine, understood, mode, rows)
    except RetentionError as error:
        show_error(error)
        return
    st.session_state[f"_report_{understood.staged.path}"] = report
    if session.current().is_sample:
        session.switch_to(session.PRIVATE)
    st.rerun()


def load_into(engine: DuckDBEngine, understood: Understanding, mode: Mode = "add", rows: str = "") -> UploadReport:
    """Load while its progress is shown; a click on Cancel ends it, as every other click does. rows: how many, in words."""
    place, rows = st.empty(), rows or _rows(understood.staged.rows_read)
    with place.container(horizontal=True, vertical_alignment="center"):
        shown = st.progress(0.0, say("Loading {rows} …", rows=rows))
        st.button(say("Cancel"), key=f"cancel_load_{understood.staged.path.stem}")
        expected = 1 + understood.staged.rows_read / 400_000

        def watch(seconds: float) -> None:
            told = say("Loading {rows}: {seconds} seconds so far", rows=rows, seconds=whole(seconds))
            told = say(WAITING) if engine.waits_for_memory else told
            shown.progress(seconds / (seconds + expected), told)

        is_right = bool(st.session_state.get(_key_of_future(understood)))
        report = load_watched(engine, understood, _now(engine), mode, watch, future_counts=is_right)
    place.empty()
    workspace = replace(session.current(), engine=engine, is_sample=False)
    threading.Thread(target=as_spoken_now(partial(ask_ahead, workspace)), name="ask-ahead", daemon=True).start()
    return report


def _as_understood(understood: Understanding) -> str:
    """Return all that a preview, a finding or a number of rows depends on, of one file."""
    readings = {name: reading.name for name, reading in understood.readings.items()}
    asked = [question.column for question in understood.open_questions]
    rules = [(rule.name, rule.values) for rule in understood.left_out]
    return repr((understood.staged.path, understood.match.headers, readings, understood.money, asked, rules))


def _findings(engine: DuckDBEngine, understood: Understanding, *, is_alone: bool = True) -> list[Finding]:
    today = _now(engine).date()
    key = (_as_understood(understood), uploads_of(engine), is_alone, today)
    return once("_findings", key, lambda: findings(engine, understood, today, is_alone=is_alone))


def _now(engine: DuckDBEngine) -> datetime:
    """Return the moment by the clock of the workspace where it has a time zone, else by that of this machine."""
    moment = session.now().astimezone()
    if engine.setting("time_zone") not in engine.time_zones:
        return moment.replace(tzinfo=None)
    here = engine.query("SELECT timezone($zone, $moment) AS here", {"zone": engine.time_zone, "moment": moment})
    local: datetime = pd.Timestamp(here["here"].iloc[0]).to_pydatetime()
    return local


def _key_of_future(understood: Understanding) -> str:
    return f"future_{understood.staged.path.stem}"


def _rows(count: int) -> str:
    return counted("{n} row", "{n} rows", count)


def _rows_that_count(engine: DuckDBEngine, understood: Understanding) -> str:
    """Return how many rows will be loaded, of how many."""
    every = understood.staged.rows_read
    if understood.open_questions:
        return _rows(every)
    out = len(understood.staged.malformed) + sum(each.rows_out for each in _findings(engine, understood))
    return counted("{some} of {n} row", "{some} of {n} rows", every, some=every - out) if out else _rows(every)


def _choose_mode(engine: DuckDBEngine, understood: Understanding) -> Mode:
    """Ask what becomes of rows that are there already; nothing is asked where there are none."""
    table = understood.match.table
    there = rows_there(engine, table.name)
    if not there:
        return "add"
    words: dict[Mode, str] = {"add": say("Add to the {rows} there", rows=table.rows(there))}
    if table.key in understood.readings:
        words["update"] = say("Update by {column}", column=say(table.column(table.key).within))
    words["replace"] = say("Replace all {table}", table=say(table.within))
    return st.segmented_control(
        say("What becomes of the rows that are there?"),
        list(words),
        format_func=words.__getitem__,
        default="add",
        required=True,
        key=f"mode_{understood.staged.path.stem}",
        help=say(
            "Rows that are updated or replaced count no longer, are kept, and come back when this upload is undone."
        ),
    )
