"""The charts of where it is slow, and what is seen in each."""

from functools import partial

from retention_core.analyses.complaints.between_people import BetweenPeople
from retention_core.analyses.complaints.mix_and_rate import ChangeExplained
from retention_core.analyses.complaints.waits_by_segment import SegmentWaits
from retention_core.analyses.intervals import TOO_FEW
from retention_core.answers.answer import Cell, Chart, Table
from retention_core.answers.complaints.depth_lists import behind_person, behind_value
from retention_core.answers.complaints.depth_sentences import change_sentence
from retention_core.answers.complaints.response_sentences import days_words
from retention_core.answers.in_force import segment_label
from retention_core.answers.shares import share_words
from retention_core.figures.funnel import funnel
from retention_core.figures.mix_bars import mix_bars
from retention_core.figures.segment_waits import segment_points, value_words
from retention_core.words.lists import in_turn, sentences
from retention_core.words.numbers import decimal, percent, signed
from retention_core.words.say import counted, say
from retention_core.workspace import Workspace

_MOST_SEEN = 5  # values that an alternative text tells


def values_chart(workspace: Workspace, waits: SegmentWaits) -> Chart:
    """Return the share within the limit of each value, with its interval."""
    return Chart(
        "within_limit",
        lambda palette: segment_points(waits, palette),
        alt=_values_seen(waits),
        caption=say(
            "The most complaints first; beside each name how many are {age} old, so that it is known. The dotted line: all "
            "together. Faded: fewer than 30; no point: fewer than 10.",
            age=days_words(waits.question.response.known_after_days),
        ),
        hint=say("Choose a point to see the complaints behind it."),
        behind=partial(_of_cell, workspace, waits, "complaints_of_point"),
    )


def funnel_chart(workspace: Workspace, waits: SegmentWaits, between: BetweenPeople) -> Chart:
    """Return each person's share over the number of their complaints, with the limits of chance."""
    return Chart(
        "within_limit",
        lambda palette: funnel(waits, between, palette),
        alt=_people_seen(waits, between),
        caption=sentences(_limits_words(between)),
        hint=say("Choose a point to see the complaints behind it."),
        behind=partial(_of_person, workspace, waits),
    )


def _limits_words(between: BetweenPeople) -> list[str]:
    """Say what the lines of a funnel are, how far apart they lie, and who is not named."""
    told = [say("Between the lines lie 95 and 99.8 % of those who differ by chance alone.")]
    if between.dispersion > 1:
        times = decimal(between.dispersion**0.5, 1)
        told.append(
            say(
                "The lines lie {times} times as far apart as chance alone would have them, since the shares scatter so "
                "much.",
                times=times,
            )
        )
    return [*told, say("Hollow: fewer than 30 complaints, without a name; fewer than 10 are not drawn.")]


def change_chart(workspace: Workspace, waits: SegmentWaits, explained: ChangeExplained) -> Chart:
    """Return what each value brought to the change of the last weeks."""
    biggest = explained.parts.assign(both=explained.parts["rate"] + explained.parts["mix"])
    biggest = biggest.sort_values("both", key=abs, ascending=False, kind="stable").head(_MOST_SEEN)
    parts = [
        say("{value} {points} points", value=value_words(row.kind, row.value), points=signed(float(row.both), 1))
        for row in biggest.itertuples()
    ]
    change = signed(explained.change, 1)
    return Chart(
        "change_explained",
        lambda palette: mix_bars(explained, palette),
        alt=say(
            "A change of {change} points, by {segment}: {parts}.",
            change=change,
            segment=_segment(waits),
            parts=in_turn(parts),
        ),
        title=say("What explains the change of the last weeks?"),
        caption=change_sentence(waits, explained),
        hint=say("Choose a bar to see the complaints behind it."),
        behind=partial(_of_cell, workspace, waits, "complaints_of_bar"),
    )


def _segment(waits: SegmentWaits) -> str:
    return segment_label(waits.question.segment)


def _name(waits: SegmentWaits, place: int) -> str:
    row = waits.values.iloc[place]
    return value_words(str(row["kind"]), row["value"])


def _values_seen(waits: SegmentWaits) -> str:
    known = [place for place in range(len(waits.values)) if waits.share(place).total >= TOO_FEW]
    parts = [
        say("{value} {share}", value=_name(waits, place), share=share_words(waits.share(place))) for place in known
    ]
    if not parts:
        return say("By {segment}: too few complaints for a share.", segment=_segment(waits))
    return say(
        "Share of complaints within {limit} by {segment}: {parts}.",
        limit=days_words(waits.question.response.limit_days),
        segment=_segment(waits),
        parts=in_turn(parts[:_MOST_SEEN]),
    )


def _people_seen(waits: SegmentWaits, between: BetweenPeople) -> str:
    people = waits.everyone[waits.everyone["known"] >= TOO_FEW]
    shares = people["within_limit"] / people["known"]
    return say(
        "Share of complaints within {limit} by {segment}, over the number of complaints: {people}, between {least} and "
        "{most}, all together {common}.",
        limit=days_words(waits.question.response.limit_days),
        segment=_segment(waits),
        people=counted("{n} point", "{n} points", between.people),
        least=percent(shares.min()),
        most=percent(shares.max()),
        common=percent(between.common),
    )


def _of_cell(workspace: Workspace, waits: SegmentWaits, name: str, cell: Cell) -> tuple[Table, ...]:
    place = int(cell[0])
    return (behind_value(workspace, waits, place, name),) if 0 <= place < len(waits.values) else ()


def _of_person(workspace: Workspace, waits: SegmentWaits, cell: Cell) -> tuple[Table, ...]:
    place = int(cell[0])
    return (behind_person(workspace, waits, place),) if 0 <= place < len(waits.everyone) else ()
