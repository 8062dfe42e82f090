"""Do those who say they are happy return?"""

import streamlit as st

from pages.satisfaction.alike_card import alike_card, say_both
from pages.satisfaction.four_rooms import four_rooms, who_is_in
from pages.satisfaction.scale_switch import choose_scale
from pages.shared import cards, session
from pages.shared.charts import chart, palette
from pages.shared.columns import CUSTOMER_COLUMNS, SCORE_COLUMNS, in_percent
from pages.shared.messages import empty, heading
from pages.shared.story import satisfaction_sentence
from retention_core.analyses.satisfaction.customers_by_score import customers_in_room
from retention_core.analyses.satisfaction.satisfaction_return import HORIZONS, ReturnQuestion, satisfaction_return
from retention_core.figures.score_bars import score_bars
from retention_core.wording import whole

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
    scale = choose_scale(engine)
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
    threshold, term = answer.scale.satisfied_from, "Came back after an answer"
    cards.share_figure(one, f"Satisfied (from {threshold}): came back", answer.share(True), term=term)
    cards.share_figure(two, f"Less satisfied (below {threshold}): came back", answer.share(False), term=term)
    alike_card(three, answer)
    cards.figure(
        four,
        "Not yet known",
        whole(answer.not_yet_known),
        term="Not yet known",
        note=f"of {whole(answer.customers)} customers",
    )
    say_both(answer)

left, right = st.columns([4, 3], gap="medium")
with left:
    chart(
        score_bars(answer, colours),
        key="score_bars",
        alt=f"Share back within {question.days} days by score, and the customers behind it",
    )
    st.caption("Scores of fewer than 30 known customers are faded; of fewer than 10 no percentage is written.")
with right:
    chosen = four_rooms(answer)
who_is_in(engine, answer, chosen)

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
        "Score",
        "Satisfied, less satisfied",
        "Came back after an answer",
        "Among customers alike",
        "Not yet known",
        "No answer",
        "Interval",
        "Claim",
    )
    st.caption(
        f"Scale: {answer.scale.label}. Who answered late stands under “no answer” too. Choose a row to see who came back."
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
