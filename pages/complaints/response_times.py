"""How long do people wait, and who waits now?"""

import streamlit as st

from pages.shared import cards, session
from pages.shared.charts import chart, palette
from pages.shared.columns import COMPLAINT_COLUMNS, WAIT_COLUMNS, listed_complaints
from pages.shared.messages import empty, heading
from pages.shared.story import response_sentence
from retention_core.analyses.complaints.complaints_behind import complaints_behind
from retention_core.analyses.complaints.response_times import ResponseQuestion, available_waits, response_times
from retention_core.figures.waits import open_by_age, share_bars, wait_lines
from retention_core.periods import Period
from retention_core.wording import duration, say, when, whole

QUESTION = "How long do people wait, and who waits now?"
workspace, filters = session.current(), st.session_state["_filters"]
engine, colours = workspace.engine, palette()
if not workspace.has("complaints"):
    empty(
        QUESTION,
        "For every week: how long half of the complaints and nine in ten of them waited, what share was "
        "answered within 1, 3 and 5 days, and which complaints are open now, the oldest first.",
        table="complaints",
        picture=lambda sample: wait_lines(response_times(sample, ResponseQuestion(period=Period("month"))), colours),
        alt="Waits of complaints in the sample shop",
    )

AWAITED = {"first_response": "First response", "resolution": "Resolution"}
available = available_waits(engine)
if not available:
    heading(QUESTION, "The complaints carry neither the moment of a first response nor of a resolution.")
    st.write("Upload a file with a column for one of the two; without it, waits cannot be known.")
    st.stop()

spans_a_year = len(response_times(engine, ResponseQuestion(available[-1], Period("month"), filters)).periods) > 12
usual_unit = "Month" if spans_a_year else "Week"
sentence_place, figures_place = st.container(), st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    until = st.segmented_control(
        "Wait until",
        [AWAITED[each] for each in available],
        default=AWAITED[available[-1]],
        key="wait_until",
        bind="query-params",
        required=True,
    )
    unit = st.segmented_control(
        "Opened by", ["Week", "Month"], default=usual_unit, key="opened_by", bind="query-params", required=True
    )
awaited = next(each for each in available if AWAITED[each] == until)
question = ResponseQuestion(awaited, Period(unit.lower(), week_start=engine.week_start), filters)  # type: ignore[arg-type]
times = response_times(engine, question)
if times.is_empty:
    with sentence_place:
        heading(QUESTION, "No complaint lies within these filters.")
    st.write("Widen the dates or take a filter out: the bar under the menu says which are in force.")
    st.stop()

with sentence_place:
    heading(QUESTION, response_sentence(times))
with figures_place:
    one, two, three, four = st.columns(4)
    overall, settled = times.overall, times.periods[times.periods["state"] == "complete"]
    n = f"n = {whole(overall['complaints'])}, open ones included"
    said = [say("by_closing", count=whole(overall["by_closing"]))] if overall["by_closing"] else []
    if overall["closed_apart"]:
        said.append(say(f"apart_{awaited}", count=whole(overall["closed_apart"])))
        said += [say("apart_as_of", as_of=when(times.as_of))] if filters.as_of else []
    cards.figure(
        one,
        "Half wait at most",
        duration(overall["median_seconds"]),
        note=n,
        trend=list(settled["median_seconds"]),
        term="Median and 90th percentile of the wait",
    )
    cards.figure(
        two,
        "Nine in ten wait at most",
        duration(overall["p90_seconds"]),
        note=n if overall["p90_seconds"] > 0 else "unknown: too few are answered",
        trend=list(settled["p90_seconds"]),
        term="Median and 90th percentile of the wait",
    )
    cards.share_figure(
        three,
        "Within 5 days",
        times.within(5),
        term="Answered within 1, 3, 5 days",
        trend=list(settled["within_5_days"] / settled["complaints"]),
    )
    cards.figure(
        four,
        "Still open",
        whole(overall["still_open"]),
        term="Still open",
        note=f"{whole(overall['open_over_5_days'])} over five days, on {when(times.as_of)}",
    )
    if said:
        st.caption(" ".join(said))

chart(
    wait_lines(times, colours),
    key="wait_lines",
    alt=f"Median and 90th percentile of the wait by {unit.lower()} of opening",
)
st.caption(
    "Hollow points: not all complaints opened then are five days old yet. Faded: fewer than 10. None: too few answered."
)
open_now = complaints_behind(engine, question, only_open=True)
left, right = st.columns([3, 2])
with left:
    st.subheader("Answered within 1, 3, 5 days", anchor=False)
    chart(
        share_bars(times, colours),
        key="share_bars",
        alt="Share of complaints answered within 1, 3 and 5 days, later, or open",
    )
with right:
    st.subheader(f"Open on {when(times.as_of)}, by age", anchor=False)
    chart(
        open_by_age(times.open_waits, colours),
        key="open_by_age",
        alt="Open complaints by days open, coloured by day five",
    )

if len(open_now):
    cards.list_behind(
        listed_complaints(open_now, awaited),
        f"{whole(overall['still_open'])} open complaints, the oldest first",
        name="open_complaints",
        labels=COMPLAINT_COLUMNS,
    )
if overall["closed_apart"]:
    cards.list_behind(
        listed_complaints(complaints_behind(engine, question, only_apart=True), awaited),
        f"{whole(overall['closed_apart'])} {say(f'closed_apart_{awaited}')}",
        name="closed_complaints",
        labels=COMPLAINT_COLUMNS,
    )

st.subheader("The table behind the charts", anchor=False)
unused = [name for name in ("by_closing", "closed_apart") if not overall[name]]
table = times.periods.drop(columns=["period", "starts_on", *times.periods.filter(like="known").columns, *unused])
event = cards.table(
    table.assign(median_seconds=table["median_seconds"].map(duration), p90_seconds=table["p90_seconds"].map(duration)),
    name="waits",
    alt="Waits by period of opening",
    select="single-row",
    labels=WAIT_COLUMNS,
)
with st.container(horizontal=True, vertical_alignment="center"):
    cards.download(table, "response_times")
    cards.how_counted(
        "Complaint",
        "Wait",
        "Median and 90th percentile of the wait",
        "Answered within 1, 3, 5 days",
        "Still open",
        "Closed, moment unknown",
        "Data error",
        "Interval",
        "As of",
    )
    left_out = (
        f" {whole(times.data_errors)} answered before they were opened are left out." if times.data_errors else ""
    )
    st.caption(f"Choose a row to see the complaints behind it.{left_out}")
if rows := event.selection.rows:
    chosen = times.periods.iloc[rows[0]]
    cards.list_behind(
        listed_complaints(complaints_behind(engine, question, period_number=int(chosen["period"])), awaited),
        f"Opened in the {unit.lower()} of {chosen['label']}",
        name="complaints",
        labels=COMPLAINT_COLUMNS,
    )
