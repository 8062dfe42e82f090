"""The table of cohorts as a picture: as a heatmap, and as curves."""

from collections.abc import Callable

from retention_core.analyses.customers.cohort_retention import CohortRetention, share_back
from retention_core.analyses.intervals import FEW
from retention_core.answers.answer import Answer, Cell, Chart, Table
from retention_core.answers.customers.cohort_view import CohortView
from retention_core.figures.cohort_heatmap import all_small, cohort_heatmap
from retention_core.figures.column_names import column_within
from retention_core.figures.lines import cohort_curves
from retention_core.figures.window import MOST_POINTS, Window, window_of
from retention_core.words.lists import listed
from retention_core.words.numbers import percent, whole
from retention_core.words.say import counted, say

_CELL_WIDTH, _NAMES_WIDTH, _MOST_WIDE = 34, 140, 30
_NAMED = 3  # columns of all cohorts that the alternative text tells


def heatmap_answer(
    retention: CohortRetention, view: CohortView, window: Window, behind: Callable[[Cell], tuple[Table, ...]] | None
) -> Answer:
    """Return the triangle of cohorts, with who stands behind a cell, and how to read it."""
    chart = Chart(
        "heatmap",
        lambda palette: cohort_heatmap(retention, palette, show_counts=view.show_counts, window=window),
        alt=heatmap_in_words(retention, window),
        caption=_how_to_read(retention, window),
        hint=say("Click a cell to list who came back and who did not.")
        if behind
        else say("Choose one segment to list the customers behind a cell."),
        least_width=_NAMES_WIDTH + _CELL_WIDTH * min(_MOST_WIDE, len(window.columns)),
        behind=behind,
    )
    return Answer(say("Heatmap"), "", charts=(chart,))


def heatmap_in_words(retention: CohortRetention, window: Window) -> str:
    """Return what is seen on the heatmap."""
    cohorts = counted("Heatmap of {n} cohort.", "Heatmap of {n} cohorts.", len(window.cohorts))
    question = retention.question
    if question.needs_money:
        return cohorts
    named = [number for number in window.columns if number][:_NAMED]
    known = [(number, share_back(retention, number)) for number in named]
    told = [
        say("{rate} in {column}", rate=percent(share.rate), column=column_within(question, number))
        for number, share in known
        if share.is_headline
    ]
    if not told:
        return cohorts
    return f"{cohorts} {say('Of all cohorts together were back: {shares}.', shares=listed(told))}"


def curves_answer(retention: CohortRetention, view: CohortView, window: Window) -> Answer:
    """Return every cohort over its periods; on request with what articles say of products."""
    drawn = window_of(retention, window.cohorts[-1], window.columns[0], MOST_POINTS)
    caption = ""
    if (retention.cells["cohort_size"] < FEW).any():
        caption = say("Cohorts under 30 customers have no line of their own; they count among all cohorts.")
    chart = Chart(
        "curves",
        lambda palette: cohort_curves(retention, palette, show_benchmarks=view.show_articles, window=drawn),
        alt=counted(
            "{n} cohort over time, and all together as a thick line.",
            "{n} cohorts over time, and all together as a thick line.",
            len(drawn.cohorts),
        ),
        caption=caption,
    )
    return Answer(say("Curves"), "", charts=(chart,))


def _how_to_read(retention: CohortRetention, window: Window) -> str:
    question = retention.question
    said = [
        say("Hatched: the period is still running."),
        say("All these cohorts have fewer than 30 customers.")
        if all_small(window.part(retention).cells)
        else say("Faded: fewer than 30 customers, or fewer than three cohorts in the row of all."),
        say("Blank: still to come."),
        say("The row of all cohorts takes only cells that are complete."),
    ]
    if question.returned == "in_or_after":
        said.append(say("“In it or later” can still rise."))
    if question.needs_money:
        said.append(say("What “Returned means” does not touch money."))
    return " ".join(said)


def drawn_words(retention: CohortRetention, window: Window) -> str:
    """Say which part of a table is drawn; nothing where all of it is."""
    if window.is_whole:
        return ""
    period = retention.question.period
    return say(
        "Drawn are {rows} of {all_rows} cohorts, {first} to {last}, and columns {left} to {right} of {all_columns}; the "
        "download holds all.",
        rows=len(window.cohorts),
        all_rows=whole(window.all_cohorts),
        first=period.label(window.cohorts[0]),
        last=period.label(window.cohorts[-1]),
        left=window.columns[0],
        right=window.columns[-1],
        all_columns=whole(window.all_columns),
    )
