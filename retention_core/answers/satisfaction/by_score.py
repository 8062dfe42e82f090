"""Came back by score: its chart and its table, and the customers behind either."""

from typing import Any

import pandas as pd

from retention_core.analyses.intervals import TOO_FEW
from retention_core.analyses.satisfaction.satisfaction_return import OUTCOMES, SatisfactionReturn
from retention_core.answers.answer import Cell, Chart, Column, Table
from retention_core.answers.satisfaction.customer_lists import customers_of
from retention_core.answers.satisfaction.scale_words import scale_words
from retention_core.figures.score_bars import ALL_KNOWN, score_bars, score_name, width_of_scores
from retention_core.words.lists import in_turn
from retention_core.words.numbers import percent
from retention_core.words.say import counted, say
from retention_core.workspace import Workspace

_MOST_TOLD = 12  # scores that an alternative text names one by one
_KNOWN = ("came_back", "did_not")


def scores_chart(workspace: Workspace, told: SatisfactionReturn) -> Chart:
    """Return the rates by score and what became of everybody; the customers lie behind each mark and bar."""
    return Chart(
        "came_back_by_score",
        lambda palette: score_bars(told, palette),
        alt=_seen(told),
        caption=say(
            "Scores of fewer than 30 known customers are faded; of fewer than 10 no percentage is written. Choose a bar "
            "to see who stands behind it."
        ),
        least_width=width_of_scores(told),
        behind=lambda cell: _behind_mark(workspace, told, cell),
    )


def scores_in_brief(told: SatisfactionReturn) -> Chart:
    """Return the rates by score alone."""
    return Chart(
        "scores_in_brief",
        lambda palette: score_bars(told, palette, compact=True),
        alt=_seen(told),
        least_width=width_of_scores(told),
    )


def scores_table(workspace: Workspace, told: SatisfactionReturn) -> Table:
    """Return one row per score; behind each lie those who came back and those who did not."""
    return Table(
        "satisfaction_return",
        lambda: told.scores.drop(columns=["is_satisfied", "score"]),
        _columns(),
        alt=say("Customers by score and by whether they came back"),
        title=say("The table behind it"),
        caption=say("Scale: {scale}. Who answered late stands under “no answer” too.", scale=scale_words(told.scale)),
        hint=say("Choose a row to see who came back and who did not."),
        behind=lambda place: _lists(workspace, told, place, _KNOWN, "customers_of_row"),
        shown=lambda rows: rows.assign(label=[score_name(score) for score in told.scores["score"]]),
    )


def _columns() -> dict[str, Column]:
    return {
        "label": Column(say("First answer"), is_pinned=True),
        "customers": Column(say("Customers"), "count"),
        "came_back": Column(say("Came back"), "count"),
        "did_not": Column(say("Did not"), "count"),
        "not_yet_known": Column(say("Not yet known"), "count"),
        "known": Column(say("Known"), "count"),
        "return_rate": Column(say("Came back, of the known"), "share"),
        "low": Column(say("from"), "share"),
        "high": Column(say("to"), "share"),
    }


def _behind_mark(workspace: Workspace, told: SatisfactionReturn, cell: Cell) -> tuple[Table, ...]:
    place, part = cell
    outcomes = _KNOWN if part == ALL_KNOWN else (OUTCOMES[part],)
    return _lists(workspace, told, place, outcomes, "customers_of_bar")


def _lists(
    workspace: Workspace, told: SatisfactionReturn, place: int, outcomes: tuple[str, ...], name: str
) -> tuple[Table, ...]:
    """Return the lists of a score by outcome. name: where they are opened from, so that two can stand side by side."""
    row = told.scores.iloc[place]
    return tuple(
        customers_of(
            workspace,
            told,
            outcome,
            name=f"{name}_{outcome}",
            title=_TITLES[outcome](row["score"], int(row[outcome])),
            count=int(row[outcome]),
            score=float(row["score"]),
        )
        for outcome in outcomes
    )


def _came_back(score: float, n: int) -> str:
    if pd.isna(score):
        return counted("No answer: {n} came back", "No answer: {n} came back", n)
    return counted("Score {score}: {n} came back", "Score {score}: {n} came back", n, score=score_name(score))


def _did_not(score: float, n: int) -> str:
    if pd.isna(score):
        return counted("No answer: {n} did not come back", "No answer: {n} did not come back", n)
    return counted(
        "Score {score}: {n} did not come back", "Score {score}: {n} did not come back", n, score=score_name(score)
    )


def _not_yet_known(score: float, n: int) -> str:
    if pd.isna(score):
        return counted("No answer: {n} is not yet known", "No answer: {n} are not yet known", n)
    return counted(
        "Score {score}: {n} is not yet known", "Score {score}: {n} are not yet known", n, score=score_name(score)
    )


_TITLES = {"came_back": _came_back, "did_not": _did_not, "not_yet_known": _not_yet_known}


def _seen(told: SatisfactionReturn) -> str:
    """Say what the chart shows, for those who cannot see it."""
    days, rows = told.question.days, told.scores[told.scores["known"] >= TOO_FEW]
    if rows.empty:
        return say("No score has ten customers who can be followed for {days} days.", days=days)
    if len(rows) > _MOST_TOLD:
        ends = {"least": percent(rows["return_rate"].min()), "most": percent(rows["return_rate"].max())}
        return say("Share back within {days} days by score: between {least} and {most}.", days=days, **ends)
    rates = in_turn([_of_score(row) for row in rows.itertuples()])
    return say("Share back within {days} days by score of the first answer: {rates}.", days=days, rates=rates)


def _of_score(row: Any) -> str:
    return say("{score}: {rate}", score=score_name(row.score), rate=percent(row.return_rate))
