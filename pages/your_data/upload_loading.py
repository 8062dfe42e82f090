"""The last steps of an upload: see what we understood, load it, and read what became of every row."""

from datetime import datetime

import pandas as pd
import streamlit as st

from pages import menu
from pages.shared import cards, session
from pages.shared.charts import palette
from pages.shared.messages import errors_shown, headline, plain, show_error
from pages.shared.story import first_sentence
from pages.your_data.upload_reading import once
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import RetentionError
from retention_core.ingestion.checking.check_rows import findings
from retention_core.ingestion.checking.check_values import LEFT_OUT, OfTheFuture
from retention_core.ingestion.checking.finding import Finding
from retention_core.ingestion.checking.preview import preview
from retention_core.ingestion.loading.load import Mode, UploadReport, undo
from retention_core.ingestion.loading.rejects import rejected_rows, upload_history
from retention_core.ingestion.loading.watched import load_watched
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.derived import derived_words
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.tables import TABLES
from retention_core.wording import counted, whole

CHARTS = {
    "orders": (menu.COHORTS.script, "See whether they come back"),
    "complaints": (menu.WAITS.script, "See how long they wait"),
    "satisfaction": (menu.SCORES.script, "See whether the satisfied return"),
    "customers": (menu.COHORTS.script, "See whether they come back"),
}
# A link to a page cannot be a primary button, and a button cannot keep what the link holds.
_LIKE_A_BUTTON = """<style>[class*="st-key-way_on_"] a { background: {accent}; border-radius: 6px; padding: 0.4rem 0.9rem; }
[class*="st-key-way_on_"] a * { color: {ink} !important; font-weight: 600; }</style>"""
ROWS_SHOWN = {"first": "First rows", "oddest": "Oddest rows"}


def show_preview(engine: DuckDBEngine, understood: Understanding) -> None:
    """Show some rows, the first or the oddest, each value as it stands in the file beside what we take it for."""
    place = understood.staged.path.stem
    which = st.segmented_control(
        "Rows shown",
        list(ROWS_SHOWN),
        format_func=ROWS_SHOWN.__getitem__,
        default="first",
        required=True,
        key=f"which_{place}",
        label_visibility="collapsed",
        help="Odd: cells that are missing or cannot be read, the earliest and latest dates, the most extreme numbers.",
    )
    key = (_as_understood(understood), which)
    with st.spinner("Looking for odd rows …"):
        frame = once(
            "_previews", key, lambda: preview(engine, understood, which="oddest" if which == "oddest" else "first")
        )
    st.dataframe(
        frame,
        hide_index=True,
        height=246,
        alt=f"{ROWS_SHOWN[which]} as they stand and as understood",
        column_config={"row_number": st.column_config.NumberColumn("Row", pinned=True)},
        key=f"preview_{place}_{which}",
    )


def _as_understood(understood: Understanding) -> str:
    """Return all that a preview, a finding or a number of rows depends on, of one file."""
    readings = {name: reading.name for name, reading in understood.readings.items()}
    asked = [question.column for question in understood.open_questions]
    rules = [(rule.name, rule.values) for rule in understood.left_out]
    return repr((understood.staged.path, understood.match.headers, readings, understood.money, asked, rules))


def _loaded(engine: DuckDBEngine) -> tuple[object, ...]:
    """Return which uploads a workspace holds."""
    return (str(engine.staging), *upload_history(engine)["upload_id"])


def _counts_future(engine: DuckDBEngine) -> tuple[int, ...]:
    """Return the uploads of which somebody has said that what lies in the future is right."""
    uploads = upload_history(engine)
    return tuple(uploads["upload_id"][uploads["future_counts"]])


def _findings(engine: DuckDBEngine, understood: Understanding, *, is_alone: bool = True) -> list[Finding]:
    today = _now(engine).date()
    key = (_as_understood(understood), _loaded(engine), is_alone, today)
    return once("_findings", key, lambda: findings(engine, understood, today, is_alone=is_alone))


def _now(engine: DuckDBEngine) -> datetime:
    """Return the moment by the clock of the workspace where it has a time zone, else by that of this machine."""
    moment = session.now().astimezone()
    if engine.setting("time_zone") not in engine.time_zones:
        return moment.replace(tzinfo=None)
    here = engine.query("SELECT timezone($zone, $moment) AS here", {"zone": engine.time_zone, "moment": moment})
    return pd.Timestamp(here["here"].iloc[0]).to_pydatetime()


def show_findings(engine: DuckDBEngine, understood: Understanding, *, is_alone: bool = True) -> None:
    """Say what looks odd, and what it would do to the charts. is_alone: no other file loads with it."""
    if said := derived_words(understood):
        st.caption(f"{plain(said[0].upper() + said[1:])}.")
    for each in _findings(engine, understood, is_alone=is_alone):
        st.warning(f"**{plain(each.found)}** {plain(each.effect)} {plain(each.advice)}", icon=":material/visibility:")
        if isinstance(each, OfTheFuture):
            st.toggle("They are right: count them", key=_key_of_future(understood))


def _key_of_future(understood: Understanding) -> str:
    return f"future_{understood.staged.path.stem}"


def load_button(engine: DuckDBEngine, understood: Understanding) -> None:
    """Offer to load; on a click load everything or nothing, and remember the report."""
    place = understood.staged.path.stem
    rows = _rows_that_count(engine, understood)
    mode = _choose_mode(engine, understood)
    pressed = st.button(
        f"Load {rows} into {understood.match.table.name}",
        type="primary",
        icon=":material/check:",
        disabled=bool(understood.open_questions),
        key=f"load_{place}",
    )
    if understood.open_questions:
        asked = "; ".join(each.words or f"how “{each.header}” is written" for each in understood.open_questions)
        st.caption(plain(f"First to be answered: {asked}"))
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


def _rows_that_count(engine: DuckDBEngine, understood: Understanding) -> str:
    """Return how many rows will be loaded, of how many."""
    every = understood.staged.rows_read
    if understood.open_questions:
        return counted(every, "row")
    out = len(understood.staged.malformed) + sum(each.rows_out for each in _findings(engine, understood))
    return f"{every - out:,} of {counted(every, 'row')}" if out else counted(every, "row")


def _choose_mode(engine: DuckDBEngine, understood: Understanding) -> Mode:
    """Ask what becomes of rows that are there already; nothing is asked where there are none."""
    table = understood.match.table
    there = int(engine.query(f"SELECT count(*) AS n FROM stored_{table.name} WHERE replaced_by IS NULL")["n"].iloc[0])
    if not there:
        return "add"
    words: dict[Mode, str] = {"add": f"Add to the {counted(there, table.row)} there"}
    if table.key in understood.readings:
        words["update"] = f"Update by {table.column(table.key).label.lower()}"
    words["replace"] = f"Replace all {table.name}"
    return st.segmented_control(
        "What becomes of the rows that are there?",
        list(words),
        format_func=words.__getitem__,
        default="add",
        required=True,
        key=f"mode_{understood.staged.path.stem}",
        help="Rows that are updated or replaced count no longer, are kept, and come back when this upload is undone.",
    )


def load_into(engine: DuckDBEngine, understood: Understanding, mode: Mode = "add", rows: str = "") -> UploadReport:
    """Load while its progress is shown; a click on Cancel ends it, as every other click does."""
    place, rows = st.empty(), rows or counted(understood.staged.rows_read, "row")
    with place.container(horizontal=True, vertical_alignment="center"):
        shown = st.progress(0.0, f"Loading {rows} …")
        st.button("Cancel", key=f"cancel_load_{understood.staged.path.stem}")
        expected = 1 + understood.staged.rows_read / 400_000

        def watch(seconds: float) -> None:
            shown.progress(seconds / (seconds + expected), f"Loading {rows}: {seconds:.0f} seconds so far")

        is_right = bool(st.session_state.get(_key_of_future(understood)))
        report = load_watched(engine, understood, _now(engine), mode, watch, future_counts=is_right)
    place.empty()
    return report


def report_of(engine: DuckDBEngine, staged: StagedTable) -> UploadReport | None:
    """Return the report of a table that was loaded from this tab and has not been undone since, here or elsewhere."""
    report: UploadReport | None = st.session_state.get(f"_report_{staged.path}")
    is_there = report is not None and report.upload_id in _loaded(engine)
    return report if is_there else None


def show_report(engine: DuckDBEngine, staged: StagedTable, report: UploadReport, *, is_last: bool = True) -> None:
    """Show what became of every row, and the ways on: the charts, the rejected rows, undo, and to keep it all."""
    table = TABLES[report.table]
    st.markdown(
        f"**{plain(staged.title)}** is loaded: {counted(report.rows_stored, table.row)} from {counted(report.rows_kept, 'row')}."
    )
    read, kept, rejected = st.columns(3)
    cards.figure(read, "Rows read", whole(report.rows_read), term="Row read, kept, rejected")
    cards.figure(kept, "Kept", whole(report.rows_kept), term="Row read, kept, rejected", note=report.derived)
    cards.figure(
        rejected,
        "Rejected",
        whole(report.rows_rejected),
        term="Row read, kept, rejected",
        note=", ".join(f"{whole(count)} {reason}" for reason, count in list(report.reasons.items())[:3]),
    )
    counts_future = _counts_future(engine)
    if words := future_words(report.table, report.future_rows, counts=report.upload_id in counts_future):
        st.caption(plain(f"{words} Your data › History is where to change that."))
    key = (report.table, _loaded(engine), counts_future)
    if sentence := once("_sentences", key, lambda: first_sentence(engine, report.table)):
        headline(sentence, st.subheader)
    with st.container(horizontal=True, vertical_alignment="center"):
        page, label = CHARTS[report.table]
        with st.container(key=f"way_on_{report.upload_id}", width="content"):
            st.page_link(page, label=label, icon=":material/arrow_forward:")
        st.html(_LIKE_A_BUTTON.replace("{accent}", palette().accent).replace("{ink}", palette().background))
        if report.rows_rejected:
            rejects_download(engine, report.upload_id)
        st.button(
            "Undo this upload",
            icon=":material/undo:",
            key=f"undo_{report.upload_id}",
            type="tertiary",
            on_click=_undo,
            args=(engine, staged, report.upload_id),
        )
    if is_last:
        _offer_to_keep(report.upload_id)


def future_words(table: str, rows: int, *, counts: bool) -> str:
    """Return what became of the rows of an upload that hold a moment after the day of loading; empty where none does."""
    if not rows:
        return ""
    held = f"In {counted(rows, 'row')} of this upload a date lies after the day on which it was loaded"
    if counts:
        return f"{held}. It counts, since somebody has said that it is right."
    return f"{held}. {LEFT_OUT[table]} until somebody says that it is right."


def _offer_to_keep(upload_id: int) -> None:
    """Offer to keep a private workspace under a name, since it is gone with its tab."""
    workspace = session.current()
    if workspace.name != session.PRIVATE:
        return
    with st.popover("Keep this workspace under a name …", icon=":material/save:", type="tertiary"):
        st.caption("A private workspace is deleted with its browser tab, also when the page is loaded anew.")
        name = st.text_input("Name", key=f"keep_{upload_id}", max_chars=40)
        if st.button("Keep it", key=f"keep_button_{upload_id}", disabled=not name):
            with errors_shown():
                session.switch_to(session.create_workspace(name, workspace))
                st.rerun()


def rejects_download(engine: DuckDBEngine, upload_id: int) -> None:
    """Offer the rejected rows of an upload: their cells as they stood, with row number, column, value and reason."""
    st.download_button(
        "Download the rejected rows",
        lambda: cards.safe_csv(rejected_rows(engine, upload_id)),
        f"rejected_rows_{upload_id}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"rejects_{upload_id}",
        type="tertiary",
    )


def _undo(engine: DuckDBEngine, staged: StagedTable, upload_id: int) -> None:
    with errors_shown():
        undo(engine, upload_id)
        st.session_state.pop(f"_report_{staged.path}", None)
