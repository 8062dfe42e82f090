"""A workspace whose rows lie in tables of a cluster: where, how long its figures hold, and what is not possible there."""

import streamlit as st

from pages import menu
from pages.shared import session
from pages.shared.messages import errors_shown, plain
from retention_core.engines.spark_engine import SparkEngine
from retention_core.words.days import WEEKDAYS
from retention_core.words.lists import sentences
from retention_core.words.say import counted, say


def show_cluster(engine: SparkEngine) -> str:
    """Tell where the rows lie and by which clock they are read, and offer to look at them again; return it in words."""
    held = say("The rows lie in a cluster: no file gave them")
    st.header(held, anchor=False)
    minutes = round(engine.cluster.look_again_seconds / 60)
    st.write(
        plain(
            sentences(
                [
                    say(
                        "They stay in the tables at {address}; only results come here.", address=engine.cluster.address
                    ),
                    counted(
                        "A cluster does not say when its tables change, so figures hold for {n} minute.",
                        "A cluster does not say when its tables change, so figures hold for {n} minutes.",
                        minutes,
                    ),
                ]
            )
        )
    )
    st.button(say("Look at the tables again now"), icon=":material/refresh:", on_click=_look_again, args=(engine,))
    st.caption(
        plain(
            say(
                "Moments are read by the clock of {time_zone}, and weeks begin on {day}. Both stand in cluster.toml, in the "
                "folder of this workspace; a change there holds when Comeback is started again.",
                time_zone=engine.time_zone,
                day=say(WEEKDAYS[engine.week_start]),
            )
        )
    )
    st.caption(
        say(
            "Uploads, undoing them, copies, and tracing a customer to a row of a file are for workspaces whose rows lie "
            "on this machine."
        )
    )
    return held


def say_rows_lie_in_cluster(engine: SparkEngine) -> None:
    """Say why no file can be uploaded, and what can be done instead."""
    reason = say("This workspace reads the tables of a cluster at {address}.", address=engine.cluster.address)
    advice = say(
        "No file can be uploaded into it. To add rows, add them to those tables; to look at a file, upload it into a "
        "private workspace or one of its own."
    )
    st.info(plain(sentences([reason, advice])), icon=":material/cloud:")
    with st.container(horizontal=True):
        st.button(
            say("Upload into a private workspace"),
            icon=":material/upload:",
            on_click=session.switch_to,
            args=(session.PRIVATE,),
        )
        st.page_link(menu.HISTORY.script, label=say("Where the rows of this workspace lie"), icon=":material/history:")


def _look_again(engine: SparkEngine) -> None:
    with errors_shown():
        engine.look_again()
