"""What needs a decision today: who crosses the limit soon, who has crossed it, and how the backlog moves."""

from datetime import timedelta

from retention_core.analyses.complaints.backlog import Backlog, backlog
from retention_core.analyses.complaints.open_now import OpenNow, open_now
from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.answers.answer import Answer, Card, Table
from retention_core.answers.complaints.backlog_part import backlog_chart, backlog_table
from retention_core.answers.complaints.response_choices import response_question, waits_known
from retention_core.answers.complaints.today_sentences import LATER, SOON, oldest_words, today_notes, today_sentence
from retention_core.answers.complaints.today_tables import crossing_table, over_table
from retention_core.answers.kept import kept
from retention_core.answers.kept_answer import kept_answer
from retention_core.answers.nothing import nothing_within
from retention_core.filters import Filters
from retention_core.words.numbers import whole
from retention_core.words.say import counted, say, sentence
from retention_core.workspace import Workspace

QUESTION = sentence("What needs a decision today?")
TERMS = (
    "Complaint",
    "Wait",
    "Crosses the limit",
    "Still open",
    "Backlog",
    "Top tenth by what they have spent",
    "Last touch",
    "Closed, moment unknown",
    "As of",
)


def today_question(workspace: Workspace, filters: Filters) -> ResponseQuestion | None:
    """Return the question of the page: of the resolution where the data has it, else of the first response, else none."""
    known = list(waits_known(workspace))
    return response_question(workspace, known[-1], "week", filters) if known else None


def today_answer(workspace: Workspace, question: ResponseQuestion) -> Answer:
    """Return what needs a decision: sentence, four cards, the backlog, and who crosses and has crossed the limit."""
    return kept_answer(workspace, ("complaints_today", question), lambda: _told(workspace, question))


def _told(workspace: Workspace, question: ResponseQuestion) -> Answer:
    engine = workspace.engine
    moved = kept(workspace, ("backlog", question), lambda: backlog(engine, question))
    if moved.is_empty:
        return nothing_within(say(QUESTION), say("No complaint lies within these filters."))
    now = kept(workspace, ("open_now", question), lambda: open_now(engine, question))
    return Answer(
        say(QUESTION),
        today_sentence(now, moved.total("opened")),
        today_notes(now, moved),
        _cards(now, moved),
        (backlog_chart(moved),),
        _tables(now, moved),
        TERMS,
    )


def _cards(now: OpenNow, moved: Backlog) -> tuple[Card, ...]:
    limit, over, still_open = now.question.limit_days, len(now.over), len(now.complaints)
    return (
        _crossing_card(now, SOON),
        _crossing_card(now, LATER),
        Card(
            say("Over day {limit}", limit=limit),
            whole(over),
            "Crosses the limit",
            say("the oldest waits for {oldest}", oldest=oldest_words(now)) if over else "",
        ),
        Card(
            say("Open now"),
            whole(still_open),
            "Backlog",
            say("at the end of {as_of}", as_of=now.as_of),
            tuple(float(count) for count in moved.periods["open_at_end"]),
        ),
    )


def _crossing_card(now: OpenNow, days: int) -> Card:
    rows, limit = now.crossing(days), now.question.limit_days
    label = say("Cross day {limit} within {hours} h", limit=limit, hours=24 * days)
    if now.is_by_day:
        label = counted("To answer on the next day", "To answer within {n} days", days)
    top, until = now.of_top_tenth(rows), now.as_of and now.as_of + timedelta(days=days)
    if top:
        note = counted("{n} in the top tenth by what they spent", "{n} in the top tenth by what they spent", top)
    else:
        note = say("until the end of {day}", day=until)
    return Card(label, whole(len(rows)), "Crosses the limit", note)


def _tables(now: OpenNow, moved: Backlog) -> tuple[Table, ...]:
    found = []
    if len(now.crossing(LATER)):
        found.append(crossing_table(now))
    if len(now.over):
        found.append(over_table(now))
    return (*found, backlog_table(moved))
