"""Which file gave these figures? Every upload of the workspace, with its rejected rows and a way back."""

import pandas as pd
import streamlit as st

from pages import menu
from pages.shared import cards, session
from pages.shared.columns import TRACE_COLUMNS, UPLOAD_COLUMNS, count_column
from pages.shared.messages import errors_shown, plain
from pages.your_data.upload_loading import future_words, rejects_download
from retention_core.ingestion.loading.load import count_future, undo
from retention_core.ingestion.loading.rejects import upload_history
from retention_core.ingestion.loading.set_scale import scales_loaded, set_scale
from retention_core.ingestion.loading.trace import rows_of_customer
from retention_core.periods import WEEKDAYS
from retention_core.tables import SCALES
from retention_core.wording import whole

workspace = session.current()
engine = workspace.engine
uploads = upload_history(engine)
st.caption("Which file gave these figures?")
words = f"{len(uploads)} uploads in this workspace" if len(uploads) != 1 else "One upload in this workspace"
st.header(words if len(uploads) else "Nothing is uploaded here yet", anchor=False)

if len(uploads):
    cards.table(
        uploads if uploads["future_rows"].any() else uploads.drop(columns=["future_rows", "future_counts"]),
        name="uploads",
        alt="Uploads of this workspace",
        labels=UPLOAD_COLUMNS
        | {
            "future_rows": count_column("Later than loaded"),
            "future_counts": st.column_config.CheckboxColumn("These count"),
        },
    )
else:
    st.page_link(menu.UPLOAD.script, label="Upload a spreadsheet", icon=":material/upload:")


def _undo(upload_id: int) -> None:
    with errors_shown():
        undo(engine, upload_id)


def _count_future(upload_id: int, *, is_right: bool) -> None:
    with errors_shown():
        count_future(engine, upload_id, is_right=is_right)


for each in uploads.itertuples():
    if workspace.is_sample and not each.rows_rejected:
        continue
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{each.upload_id} · {plain(each.file_name)} {plain(each.sheet)}")
        if each.rows_rejected:
            rejects_download(engine, each.upload_id)
        if not workspace.is_sample:
            st.button(
                "Undo",
                icon=":material/undo:",
                key=f"undo_{each.upload_id}",
                type="tertiary",
                on_click=_undo,
                args=(each.upload_id,),
            )
        if each.future_rows and not workspace.is_sample:
            st.button(
                "Leave out what lies in the future"
                if each.future_counts
                else "What lies in the future is right: count it",
                icon=":material/event:",
                key=f"future_{each.upload_id}",
                type="tertiary",
                on_click=_count_future,
                args=(each.upload_id,),
                kwargs={"is_right": not each.future_counts},
            )
    if words := future_words(each.table_name, each.future_rows, counts=each.future_counts):
        st.caption(plain(words))


def _set_scale(upload_id: int, marked: str | None, key: str) -> None:
    with errors_shown():
        set_scale(engine, upload_id, st.session_state[key], marked)


scales = scales_loaded(engine)
if len(scales) and not workspace.is_sample:
    st.subheader("On which scale are the answers?", anchor=False)
    for each in scales.itertuples():
        marked = None if pd.isna(each.marked) else each.marked
        key = f"scale_{each.upload_id}_{marked}"
        st.selectbox(
            plain(
                f"Upload {each.upload_id} {marked or ''}: {whole(each.answers)} scores, {each.lowest:g} to {each.highest:g}"
            ),
            list(SCALES),
            index=None if pd.isna(each.scale_top) else list(SCALES).index(int(each.scale_top)),
            format_func=SCALES.__getitem__,
            key=key,
            on_change=_set_scale,
            args=(each.upload_id, marked, key),
            width=320,
        )

if len(uploads):
    st.subheader("Which file and row gave this figure?", anchor=False)
    customer = st.text_input("Customer", key="traced", width=320, placeholder="As the file writes the id")
    if customer:
        rows = rows_of_customer(engine, customer)
        if rows.empty:
            st.caption("No upload of this workspace has a row of this customer.")
        else:
            cards.table(rows, name="rows_of_customer", alt="Rows of this customer", labels=TRACE_COLUMNS)

st.subheader("Workspaces", anchor=False)
keeps_private = workspace.name == session.PRIVATE and any(workspace.counts.values())
st.write(
    "A private workspace is gone with this tab, also when the page is loaded anew. "
    + ("Give it a name to keep it on this machine." if keeps_private else "One with a name stays on this machine.")
)


def _open(new_name: str) -> None:
    with errors_shown():
        session.switch_to(session.create_workspace(new_name, workspace if keeps_private else None))


with st.container(horizontal=True, vertical_alignment="bottom"):
    name = st.text_input("Name", key="new_workspace", width=320, max_chars=40)
    label = "Keep this one under the name" if keeps_private else "Create and open"
    st.button(label, disabled=not name, on_click=_open, args=(name,), icon=":material/save:")
if not workspace.is_sample:
    st.subheader("Time", anchor=False)
    st.caption(
        "In this workspace. Which day a row belongs to is decided by the time zone in which it is loaded; how long waits last "
        "where the clock was changed in between, by the time zone now. A first day of the week holds at once."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        zones = sorted(engine.time_zones)
        zone = st.selectbox(
            "Moments with an offset become the local time of", zones, index=zones.index(engine.time_zone), width=320
        )
        first = st.selectbox("Weeks begin on", WEEKDAYS, index=engine.week_start, width=200)
    if zone != engine.time_zone:
        engine.set_setting("time_zone", zone)
        st.rerun()
    if WEEKDAYS.index(first) != engine.week_start:
        engine.start_weeks_on(WEEKDAYS.index(first))
        st.rerun()
cards.how_counted("Workspace", "Row read, kept, rejected", "Rows of the future", "Row number", "Understood as")
