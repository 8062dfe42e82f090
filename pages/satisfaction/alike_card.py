"""The satisfied against the less satisfied, plainly and among customers alike."""

import streamlit as st

from pages.shared import cards
from pages.shared.messages import plain
from retention_core.analyses.intervals import difference
from retention_core.analyses.satisfaction.satisfaction_return import SatisfactionReturn
from retention_core.wording import digits, points, signed, whole

WHO_DIFFERS = (
    "Who answers differs from who does not, and what else differs between the satisfied and the others cannot be "
    "seen here: that the score makes people return, or stay away, is not shown."
)
THIN = " Most of those compared had bought only once before, so that being alike says little about them."


def alike_card(column, answer: SatisfactionReturn) -> None:  # type: ignore[no-untyped-def]
    """Show the difference among customers alike; where too few are compared, only how many."""
    alike = answer.alike
    value, note = "–", f"{whole(alike.compared)} compared: too few"
    if alike.is_known:
        value = f"{_points(alike.difference, alike.low, alike.high)} points"
        note = f"{points(alike.low, alike.high)} · n = {whole(alike.compared)}"
    cards.figure(column, "Among customers alike", value, term="Among customers alike", note=note)


def say_both(answer: SatisfactionReturn) -> None:
    """Set the plain comparison beside that of customers alike, in words."""
    satisfied, others, alike = answer.share(True), answer.share(False), answer.alike
    if not satisfied.is_headline or not others.is_headline:
        return
    text = f"Satisfied minus less satisfied: of all {whole(satisfied.total + others.total)} customers "
    text += f"{_apart(*difference(satisfied, others))} points. "
    if alike.is_known:
        text += (
            "Among customers alike before their answer, in number of purchases and in days since the first and the "
            f"last, {_apart(alike.difference, alike.low, alike.high)} points, of {whole(alike.compared)} "
            f"compared; {whole(alike.left_out)} have nobody alike. "
        )
    st.caption(plain(text + WHO_DIFFERS + (THIN if alike.is_known and alike.history_is_thin else "")))


def _apart(change: float, low: float, high: float) -> str:
    return f"{_points(change, low, high)} ({points(low, high)})"


def _points(change: float, low: float, high: float) -> str:
    """Return a difference in points with as many decimals as its interval needs; what rounds to nothing has a plus."""
    shown = digits(low, high)
    return signed(round(change, shown + 2) + 0.0, shown)
