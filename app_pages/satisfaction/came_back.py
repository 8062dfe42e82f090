"""Do those who say they are happy return?"""

import streamlit as st

from app_pages.shared import cards, session
from app_pages.shared.charts import chart, palette
from app_pages.shared.columns import CUSTOMER_COLUMNS, SCORE_COLUMNS, in_percent
from app_pages.shared.messages import empty, heading
from app_pages.shared.story import satisfaction_sentence
from retention_core.analyses.satisfaction_return import (
    HORIZONS,
    SATISFIED_FROM,
    SCALE_NAMES,
    ReturnQuestion,
    customers_in_room,
    satisfaction_return,
    scales,
)
from retention_core.figures.score_bars import score_bars
from retention_core.wording import percent, whole

QUESTION = "Do those who say they are happy return?"
workspace, filters = session.current(), st.session_state["_filters"]
engine, colours = workspace.engine, palette()
if not workspace.has("satisfaction") or not workspace.has("orders"):
    missing = "satisfaction answers" if workspace.has("orders") else "orders"
    empty(
        QUESTION,
        "For every score: how many of those who gave it bought again within 30, 90 or 180 days, how many did "
        "not, and how many cannot be known yet.",
        table=missing,
        picture=lambda sample: score_bars(satisfaction_return(sample, ReturnQuestion()), colours),
        alt="Share back by score in the sample shop",
    )

sentence_place, figures_place = st.container(), st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    days = st.segmented_control(
        "Horizon",
        [f"{each} days" for each in HORIZONS],
        default="90 days",
        key="horizon",
        bind="query-params",
        required=True,
    )
    known_scales = scales(engine)
    scale = (
        st.selectbox("Scale", known_scales, key="scale", bind="query-params", width=180)
        if len(known_scales) > 1
        else None
    )
question = ReturnQuestion(int(days.split()[0]), scale, filters)
answer = satisfaction_return(engine, question)
if answer.is_empty:
    with sentence_place:
        heading(QUESTION, "No answer can be joined to a customer within these filters.")
    st.write(
        "Answers need the customer, or the number of an order that is loaded. Check that both files use the same ids."
    )
    st.stop()

with sentence_place:
    heading(QUESTION, satisfaction_sentence(answer))
with figures_place:
    one, two, three, four = st.columns(4)
    threshold = SATISFIED_FROM[answer.highest]
    cards.share_figure(
        one, f"Satisfied (from {threshold}): came back", answer.share(True), term="Came back after an answer"
    )
    cards.share_figure(
        two, f"Less satisfied (below {threshold}): came back", answer.share(False), term="Came back after an answer"
    )
    cards.share_figure(three, "No answer: came back", answer.share(None), term="No answer")
    cards.figure(
        four,
        "Not yet known",
        whole(answer.scores["not_yet_known"].sum()),
        term="Not yet known",
        note=f"of {whole(answer.scores['customers'].sum())} customers",
    )

left, right = st.columns([4, 3], gap="medium")
with left:
    chart(
        score_bars(answer, colours),
        key="score_bars",
        alt=f"Share back within {question.days} days by score, and the customers behind it",
    )
ROOMS = {
    (True, "came_back"): "Satisfied, back",
    (True, "did_not"): "Satisfied, gone",
    (False, "came_back"): "Less satisfied, back",
    (False, "did_not"): "Less satisfied, gone",
}
with right:
    st.caption(f"The four rooms, of all whose {question.days} days have passed. Spent: all they have ever bought.")
    everyone, in_room = answer.rooms["customers"].sum(), dict[str, int]()
    for pair in (((True, "came_back"), (True, "did_not")), ((False, "came_back"), (False, "did_not"))):
        for column, (is_satisfied, outcome) in zip(st.columns(2), pair, strict=True):
            room = answer.rooms[(answer.rooms["is_satisfied"] == is_satisfied) & (answer.rooms["outcome"] == outcome)]
            people, revenue = int(room["customers"].sum()), room["revenue"].sum()
            in_room[ROOMS[is_satisfied, outcome]] = people
            cards.figure(
                column,
                ROOMS[is_satisfied, outcome],
                whole(people),
                term="Satisfied, less satisfied",
                note=f"{percent(people / everyone) if everyone else '–'} · spent {whole(revenue)}",
            )
    chosen = st.selectbox(
        "Who they are", ["Choose a room …", *ROOMS.values()], label_visibility="collapsed", key="room"
    )

if chosen in ROOMS.values():
    is_satisfied, outcome = next(key for key, name in ROOMS.items() if name == chosen)
    people = customers_in_room(engine, answer, outcome, is_satisfied=is_satisfied)
    cards.list_behind(
        people, f"{chosen}: {whole(in_room[chosen])} customers", name="customers_in_room", labels=CUSTOMER_COLUMNS
    )

st.subheader("The table behind it", anchor=False)
table = answer.scores.drop(columns=["is_satisfied", "score"])
event = cards.table(
    in_percent(table, "return_rate", "low", "high"),
    name="scores",
    select="single-row",
    alt="Customers by score and by whether they came back",
    labels=SCORE_COLUMNS,
)
with st.container(horizontal=True, vertical_alignment="center"):
    cards.download(table, "satisfaction_return")
    cards.how_counted(
        "Score", "Satisfied, less satisfied", "Came back after an answer", "Not yet known", "No answer", "Interval"
    )
    st.caption(f"Scale taken for {SCALE_NAMES[answer.highest]}. Choose a row to see who came back.")
st.caption(
    "What people say and whether they return are set side by side here; that the one makes the other is not shown."
)
if rows := event.selection.rows:
    score = answer.scores.iloc[rows[0]]
    people = customers_in_room(engine, answer, "came_back", score=score["score"])
    cards.list_behind(
        people,
        f"Score {score['label']}: {whole(score['came_back'])} came back",
        name="customers_by_score",
        labels=CUSTOMER_COLUMNS,
    )
