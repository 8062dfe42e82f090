"""What became of an upload: every row of the file, and the ways on."""

import streamlit as st

from pages import menu
from pages.shared import session, show
from pages.shared.charts import palette
from pages.shared.messages import errors_shown, headline, plain
from pages.your_data.keep_workspace import offer_to_keep
from pages.your_data.upload_reading import once
from retention_core.answers.answer import Card
from retention_core.answers.overview import first_sentence
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.checking.check_values import LEFT_OUT
from retention_core.ingestion.checking.reasons import most_frequent
from retention_core.ingestion.loading.load import UploadReport, undo
from retention_core.ingestion.loading.rejects import rejected_rows, upload_history
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.reports.safe_csv import safe_csv
from retention_core.tables import TABLES
from retention_core.words.language import Speech, speaking, spoken
from retention_core.words.lists import sentences
from retention_core.words.numbers import whole
from retention_core.words.say import again, counted, say, sentence
from retention_core.workspace import Workspace

# table -> the page that answers the question of its rows, and what to look at there
WAYS_ON = {
    "orders": (menu.COHORTS.script, sentence("See whether they come back")),
    "complaints": (menu.WAITS.script, sentence("See how long they wait")),
    "satisfaction": (menu.SCORES.script, sentence("See whether the satisfied return")),
    "customers": (menu.COHORTS.script, sentence("See whether they come back")),
}
_TERM = "Row read, kept, rejected"
# A link to a page cannot be a primary button, and a button cannot keep what the link holds.
_LIKE_A_BUTTON = """<style>[class*="st-key-way_on_"] a { background: {accent}; border-radius: 6px; padding: 0.4rem 0.9rem; }
[class*="st-key-way_on_"] a * { color: {ink} !important; font-weight: 600; }</style>"""


def uploads_of(engine: DuckDBEngine) -> tuple[object, ...]:
    """Return which uploads a workspace holds."""
    return (str(engine.staging), *upload_history(engine)["upload_id"])


def report_of(engine: DuckDBEngine, staged: StagedTable) -> UploadReport | None:
    """Return the report of a table that was loaded from this tab and has not been undone since, here or elsewhere."""
    report: UploadReport | None = st.session_state.get(f"_report_{staged.path}")
    is_there = report is not None and report.upload_id in uploads_of(engine)
    return report if is_there else None


def show_report(engine: DuckDBEngine, staged: StagedTable, report: UploadReport, *, is_last: bool = True) -> None:
    """Show what became of every row, and the ways on: the charts, the rejected rows, undo, and to keep it all."""
    st.markdown(
        say(
            "**{title}** is loaded: {rows} from {records}.",
            title=plain(staged.title),
            rows=TABLES[report.table].rows(report.rows_stored),
            records=counted("{n} row", "{n} rows", report.rows_kept),
        )
    )
    show.figures(_cards(report))
    if report.rows_rejected:
        st.caption(plain(_rejected_words(report)))
    counts_future = _counts_future(engine)
    if words := future_words(report.table, report.future_rows, counts=report.upload_id in counts_future):
        where = say("Your data › History is where to change that.")
        st.caption(plain(sentences([words, where])))
    key = (report.table, uploads_of(engine), counts_future, spoken())
    workspace = Workspace(session.current().name, engine)
    if found := once("_sentences", key, lambda: first_sentence(workspace, report.table)):
        headline(found, st.subheader)
    _ways_on(engine, staged, report)
    if is_last:
        offer_to_keep(report.upload_id)


def future_words(table: str, rows: int, *, counts: bool) -> str:
    """Return what became of the rows of an upload that hold a moment after the day of loading; empty where none does."""
    if not rows:
        return ""
    held = counted(
        "In {n} row of this upload a date lies after the day on which it was loaded.",
        "In {n} rows of this upload a date lies after the day on which it was loaded.",
        int(rows),
    )
    it_counts = say("It counts, since somebody has said that it is right.")
    return sentences([held, it_counts if counts else say(LEFT_OUT[table])])


def rejects_download(engine: DuckDBEngine, upload_id: int) -> None:
    """Offer the rejected rows of an upload: their cells as they stood, with row number, column, value and reason."""
    speech = spoken()  # the file is made when somebody asks for it, by whoever works then
    st.download_button(
        say("Download the rejected rows"),
        lambda: _rejects(engine, upload_id, speech),
        f"rejected_rows_{upload_id}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"rejects_{upload_id}",
        type="tertiary",
    )


def _rejects(engine: DuckDBEngine, upload_id: int, speech: Speech) -> bytes:
    with speaking(speech.language, speech.calendar):
        return safe_csv(rejected_rows(engine, upload_id))


def _cards(report: UploadReport) -> tuple[Card, ...]:
    return (
        Card(say("Rows read"), whole(report.rows_read), _TERM),
        Card(say("Kept"), whole(report.rows_kept), _TERM, again(report.derived)),
        Card(say("Rejected"), whole(report.rows_rejected), _TERM),
    )


def _rejected_words(report: UploadReport) -> str:
    """Say why rows were rejected, under the figures, whose cards would cut it."""
    reasons = report.reasons.items()
    shown = most_frequent([(say("{n} {reason}", n=count, reason=reason), count) for reason, count in reasons])
    return say("Why rows were rejected: {reasons}.", reasons=shown)


def _ways_on(engine: DuckDBEngine, staged: StagedTable, report: UploadReport) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        page, label = WAYS_ON[report.table]
        with st.container(key=f"way_on_{report.upload_id}", width="content"):
            st.page_link(page, label=say(label), icon=":material/arrow_forward:")
        st.html(_LIKE_A_BUTTON.replace("{accent}", palette().accent).replace("{ink}", palette().background))
        if report.rows_rejected:
            rejects_download(engine, report.upload_id)
        st.button(
            say("Undo this upload"),
            icon=":material/undo:",
            key=f"undo_{report.upload_id}",
            type="tertiary",
            on_click=_undo,
            args=(engine, staged, report.upload_id),
        )


def _counts_future(engine: DuckDBEngine) -> tuple[int, ...]:
    """Return the uploads of which somebody has said that what lies in the future is right."""
    uploads = upload_history(engine)
    return tuple(uploads["upload_id"][uploads["future_counts"]])


def _undo(engine: DuckDBEngine, staged: StagedTable, upload_id: int) -> None:
    with errors_shown():
        undo(engine, upload_id)
        st.session_state.pop(f"_report_{staged.path}", None)
