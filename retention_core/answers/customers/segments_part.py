"""Segments side by side in one column of the cohort table."""

import pandas as pd

from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.customers.comparisons import segment_differences, unfit
from retention_core.answers.answer import Answer, Chart, Column, Table
from retention_core.answers.customers.cohort_verdict import why_no_claim
from retention_core.answers.customers.cohort_view import CohortView
from retention_core.answers.customers.one_column import shares_only
from retention_core.figures.cohort_bars import segment_bars, segment_words
from retention_core.figures.column_names import column_within
from retention_core.words.lists import in_turn
from retention_core.words.numbers import percent, signed
from retention_core.words.say import say

_MOST_NAMED = 4


def segments_answer(table: CohortRetention, view: CohortView) -> Answer:
    """Return each segment with its difference from all the others. table: of all segments."""
    title, question = say("Segments"), table.question
    if not question.segment:
        return Answer(title, "", (say("Choose a segment under “Compare by” to see the segments side by side."),))
    notes = shares_only(question)
    rows = segment_differences(table, view.segments_column)
    if rows.empty:
        return Answer(title, "", (*notes, say("No cohort has this column complete yet.")))
    column = column_within(question, view.segments_column)
    chart = Chart(
        "segments",
        lambda palette: segment_bars(
            rows, palette, x_title=say("Back in {column}, complete cohorts together", column=column)
        ),
        alt=_seen(rows, column),
        caption=f"{_compared(table, rows)} {_no_effect()}",
    )
    return Answer(title, "", notes, charts=(chart,), tables=(_table(rows),), terms=("Compared by",))


def _table(rows: pd.DataFrame) -> Table:
    columns = {
        "segment": Column(say("Segment")),
        "customers": Column(say("Back"), "count"),
        "base": Column(say("Of"), "count"),
        "retention_rate": Column(say("Share back"), "share"),
        "low": Column(say("from"), "share"),
        "high": Column(say("to"), "share"),
        "difference": Column(say("Points more than all others"), "points"),
        "difference_low": Column(say("points from"), "points"),
        "difference_high": Column(say("points to"), "points"),
    }
    return Table(
        "segments",
        lambda: rows,
        columns,
        alt=say("Segments side by side"),
        shown=lambda all_rows: all_rows.assign(segment=all_rows["segment"].map(segment_words)),
    )


def _compared(table: CohortRetention, rows: pd.DataFrame) -> str:
    """Say how many segments differ from all the others, and which; or why that cannot be said."""
    if why_not := unfit(table.question):
        return why_no_claim(why_not)
    real, segments = rows[rows["is_real"]], len(rows)
    named = [
        say("{segment} {points} points", segment=segment_words(row.segment), points=signed(row.difference, 1))
        for row in real.head(_MOST_NAMED).itertuples()
    ]
    if not named:
        return say(
            "Compared {segments} segments with all others each, corrected for so many: none differs.", segments=segments
        )
    return say(
        "Compared {segments} segments with all others each, corrected for so many: {real} differ ({named}).",
        segments=segments,
        real=len(real),
        named=in_turn(named),
    )


def _no_effect() -> str:
    return say("A segment is a group that chose itself: the difference is no effect of it.")


def _seen(rows: pd.DataFrame, column: str) -> str:
    known = [
        say("{segment} {rate}", segment=segment_words(row.segment), rate=percent(row.retention_rate))
        for row in rows.itertuples()
    ]
    return say("Share back in {column} by segment, with intervals: {shares}.", column=column, shares=in_turn(known))
