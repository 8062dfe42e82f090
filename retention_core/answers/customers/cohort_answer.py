"""Of those who came, how many come back, and is it getting better? Told as an answer."""

from dataclasses import dataclass, replace
from functools import cached_property, partial

from retention_core.analyses.customers.bought_words import bought_words
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention, share_back
from retention_core.analyses.customers.comparisons import unfit
from retention_core.analyses.customers.return_within import Headline, ReturnWithin
from retention_core.answers.answer import Answer, Card, Chart, Part
from retention_core.answers.customers.back_within import back_within_sentence
from retention_core.answers.customers.cohort_verdict import back_words, filters_sentence, population_words, verdict
from retention_core.answers.customers.cohort_view import CohortView
from retention_core.answers.customers.customers_behind import behind_cells
from retention_core.answers.customers.heatmap_part import curves_answer, drawn_words, heatmap_answer
from retention_core.answers.customers.in_motion import in_motion_answer
from retention_core.answers.customers.kept import kept_back_within, kept_retention
from retention_core.answers.customers.next_purchase import next_purchase_answer
from retention_core.answers.customers.one_column import one_column_answer
from retention_core.answers.customers.segments_part import segments_answer
from retention_core.answers.customers.who_pays import who_pays_answer
from retention_core.answers.customers.whole_table import whole_table
from retention_core.answers.kept import kept_here
from retention_core.answers.kept_answer import kept_answer, part_of
from retention_core.answers.nothing import nothing_within
from retention_core.answers.shares import share_card
from retention_core.figures.cohort_bars import segment_words
from retention_core.figures.window import Window
from retention_core.periods import Period
from retention_core.words.days import when
from retention_core.words.language import spoken
from retention_core.words.numbers import UNKNOWN, whole
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace

QUESTION = sentence("Of those who came, how many come back, and is it getting better?")
TERMS = (
    "Customer",
    "Purchase",
    "Refund",
    "Cohort",
    "Period number",
    "Returned",
    "Own window",
    "Share of the column before",
    "Retention rate",
    "Complete, running, future",
    "Pooled average",
    "Interval",
    "Claim",
    "Compared with",
    "Dates",
    "Back within 90 days",
    "Repeat purchase rate",
    "Revenue of a cohort",
    "Net and gross revenue retention",
    "Lifetime value so far",
    "Compared by",
    "Time to the next purchase",
    "New and returning revenue",
    "New, returning, resurrected, dormant",
    "Days active",
    "As of",
)
PARTS = {
    "heatmap": sentence("Heatmap"),
    "curves": sentence("Curves"),
    "one_column": sentence("One column over time"),
    "segments": sentence("Segments"),
    "next_purchase": sentence("Time to next purchase"),
    "who_pays": sentence("New and returning"),
    "in_motion": sentence("Customers in motion"),
}


def cohort_answer(workspace: Workspace, question: CohortQuestion, view: CohortView | None = None) -> Answer:
    """Return whether customers come back: sentence, four figures, seven parts, and the table.

    question: see `widened`. view: what is looked at beside, by default all.
    """
    question, view = widened(question), view or CohortView()

    def make() -> Answer:
        table = kept_retention(workspace, question)
        if table.is_empty:
            return nothing_within(say(QUESTION), say("Nothing lies within these filters."))
        return _Told(workspace, table, view).answer()

    return kept_answer(workspace, ("cohorts", question, view), make)


def cohort_part(workspace: Workspace, question: CohortQuestion, view: CohortView, name: str) -> Answer:
    """Return what one part of that answer says, without waiting for the rest: it is looked at first.

    name: of the part; there must be cohorts.
    """
    question = widened(question)

    def make() -> Answer:
        return _Told(workspace, kept_retention(workspace, question), view).part(name)()

    return kept_answer(workspace, part_of(("cohorts", question, view), name), make)


def widened(question: CohortQuestion) -> CohortQuestion:
    """Return the question with the days of its filters widened to whole periods."""
    return replace(question, filters=question.filters.whole(question.period))


def cohort_example(workspace: Workspace) -> Chart:
    """Return the heatmap of a workspace as it stands, to show what the page would show."""
    question = CohortQuestion(period=Period("month", spoken().calendar))
    return cohort_answer(workspace, question).part("heatmap").charts[0]


@dataclass(frozen=True)
class _Told:
    """The pieces of the answer; what several of them need is found once."""

    workspace: Workspace
    table: CohortRetention
    view: CohortView

    @cached_property
    def retention(self) -> CohortRetention:
        return self.view.of(self.table)

    @cached_property
    def window(self) -> Window:
        return self.view.window(self.table)

    @cached_property
    def back(self) -> ReturnWithin:
        filters, calendar = self.table.question.filters, self.table.question.period.calendar
        return kept_back_within(self.workspace, filters, Period("month", calendar))

    @cached_property
    def headline(self) -> Headline | None:
        return self.back.headline(self.table.question.filters.compare_with)

    def answer(self) -> Answer:
        bought = bought_words(self.table.question.filters.for_table("orders"))
        behind = behind_cells(self.workspace, self.retention, self.view.segment, "cohort_table")
        return Answer(
            say(QUESTION),
            back_within_sentence(self.back, self.headline, bought),
            self._notes(),
            self._cards(),
            tables=(whole_table(self.retention, self.window, behind, show_counts=self.view.show_counts),),
            terms=TERMS,
            parts=tuple(Part(name, say(title), self.part(name)) for name, title in PARTS.items()),
        )

    def _notes(self) -> tuple[str, ...]:
        question = self.retention.question
        notes = (
            self._verdict(),
            filters_sentence(self.workspace, question.filters),
            population_words(question, self.retention.as_of),
            drawn_words(self.retention, self.window),
        )
        return tuple(note for note in notes if note)

    def _verdict(self) -> str:
        asked = "verdict", self.table.question, self.view.segment
        return kept_here(self.workspace, asked, lambda: verdict(self.retention, self.headline, self.view.segment))

    def part(self, name: str) -> partial[Answer]:
        view, filters, period = self.view, self.table.question.filters, self.table.question.period
        behind = behind_cells(self.workspace, self.retention, view.segment, "cohort")
        until = self.window.cohorts[-1]
        return {
            "heatmap": partial(heatmap_answer, self.retention, view, self.window, behind),
            "curves": partial(curves_answer, self.retention, view, self.window),
            "one_column": partial(one_column_answer, self.retention, view, self.window),
            "segments": partial(segments_answer, self.table, view),
            "next_purchase": partial(next_purchase_answer, self.workspace, filters, view.step),
            "who_pays": partial(who_pays_answer, self.workspace, filters, period, until),
            "in_motion": partial(in_motion_answer, self.workspace, filters, period, until, view.days_in),
        }[name]

    def _cards(self) -> tuple[Card, ...]:
        back, complete = self.back, tuple(self.back.complete["return_rate"])
        ninety, repeat = "Back within 90 days", "Repeat purchase rate"
        return (
            share_card(say("Back within 90 days"), back.share(), ninety, trend=complete),
            self._in_first_column(),
            share_card(say("Repeat purchase rate"), back.repeat_purchase, repeat),
            self._customers(),
        )

    def _in_first_column(self) -> Card:
        question, words = self.retention.question, back_words(self.retention.question)
        if self.view.segment:
            words = say("{words} · {segment}", words=words, segment=segment_words(self.view.segment))
        if unfit(question) == "unfit_longer":
            return Card(words, UNKNOWN, "Returned", say("older cohorts have had longer: no common figure"))
        is_part = question.is_by_person and question.share == "cohort"
        return share_card(words, share_back(self.retention, 1), "Retention rate", has_interval=is_part)

    def _customers(self) -> Card:
        cohorts, as_of, period = self.back.cohorts, self.back.as_of, self.back.period
        whole_ones = [as_of is not None and period.is_complete(int(number), as_of) for number in cohorts["cohort"]]
        return Card(
            say("Customers"),
            whole(cohorts["customers"].sum()),
            "Customer",
            say("data up to {day}", day=when(self.retention.as_of)),
            tuple(float(number) for number in cohorts.loc[whole_ones, "customers"]),
        )
