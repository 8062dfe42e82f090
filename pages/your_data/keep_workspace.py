"""Workspaces: give a private one a name, or begin a new one; and by which clock and week it counts."""

import streamlit as st

from pages.shared import session
from pages.shared.messages import errors_shown
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.words.days import WEEKDAYS
from retention_core.words.lists import sentences
from retention_core.words.say import say
from retention_core.workspace import Workspace


def offer_workspaces(workspace: Workspace) -> None:
    """Offer to keep a private workspace that holds something under a name, else to begin a new one."""
    st.subheader(say("Workspaces"), anchor=False)
    is_kept = workspace.name == session.PRIVATE and not workspace.is_empty
    gone = say("A private workspace is gone with this tab, also when the page is loaded anew.")
    keep = say("Give it a name to keep it on this machine.")
    st.write(sentences([gone, keep if is_kept else say("One with a name stays on this machine.")]))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(say("Name"), key="new_workspace", width=320, max_chars=40)
        st.button(
            say("Keep this one under the name") if is_kept else say("Create and open"),
            key="create_workspace",
            disabled=not name,
            on_click=_open,
            args=(name, workspace if is_kept else None),
            icon=":material/save:",
        )


def offer_to_keep(upload_id: int) -> None:
    """Offer to keep a private workspace under a name, since it is gone with its tab."""
    workspace = session.current()
    if workspace.name != session.PRIVATE:
        return
    with st.popover(
        say("Keep this workspace under a name …"), icon=":material/save:", type="tertiary", key=f"keeps_{upload_id}"
    ):
        st.caption(say("A private workspace is deleted with its browser tab, also when the page is loaded anew."))
        name = st.text_input(say("Name"), key=f"keep_{upload_id}", max_chars=40)
        if st.button(say("Keep it"), key=f"keep_button_{upload_id}", disabled=not name):
            with errors_shown():
                session.switch_to(session.create_workspace(name, workspace))
                st.rerun()


def choose_time(engine: DuckDBEngine) -> None:
    """Let a person choose the time zone of a workspace and the first day of its weeks."""
    st.subheader(say("Time"), anchor=False)
    st.caption(
        say(
            "In this workspace. Which day a row belongs to is decided by the time zone in which it is loaded; how long "
            "waits last where the clock was changed in between, by the time zone now. A first day of the week holds at "
            "once."
        )
    )
    st.session_state["time_zone"], st.session_state["week_start"] = engine.time_zone, engine.week_start
    days = {number: say(day) for number, day in enumerate(WEEKDAYS)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            say("Moments with an offset become the local time of"),
            sorted(engine.time_zones),
            key="time_zone",
            on_change=_set_time_zone,
            args=(engine,),
            width=320,
        )
        st.selectbox(
            say("Weeks begin on"),
            list(days),
            format_func=days.__getitem__,
            key="week_start",
            on_change=_start_weeks,
            args=(engine,),
            width=200,
        )


def _set_time_zone(engine: DuckDBEngine) -> None:
    with errors_shown():
        engine.set_setting("time_zone", st.session_state["time_zone"])


def _start_weeks(engine: DuckDBEngine) -> None:
    with errors_shown():
        engine.start_weeks_on(st.session_state["week_start"])


def _open(name: str, copied: Workspace | None) -> None:
    with errors_shown():
        session.switch_to(session.create_workspace(name, copied))
        st.session_state["new_workspace"] = ""  # a name that was refused stays, to be mended
