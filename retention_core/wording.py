"""The sentences shown to people: whole, with named places for figures."""

import math
from collections.abc import Mapping
from datetime import date

from retention_core.analyses.intervals import Share
from retention_core.periods import day_label
from retention_core.tables import ORDERS

SENTENCES = {
    # overview and cohorts
    "back_within": "Of customers who first bought in {span}, {rate} bought again within {days} days",
    "back_within_matching": "Of customers who first bought {values} in {span}, {rate} bought {values} again within {days} days",
    "looks_a_year": "Looked at every month, an unchanged shop would seem to change in half of all years. A change is claimed here only where twelve looks show it by luck in one year of twenty.",
    "fewer": "{start}: {points} points fewer than those of {before} ({low} to {high}).",
    "more": "{start}: {points} points more than those of {before} ({low} to {high}).",
    "as_often": "{start}, as often as those of {before} ({rate_before}; {range} points).",
    "not_shown": "{start}; of those of {before} {rate_before} did. No difference can be shown ({range} points).",
    "seen_once": "{start}; of those of {before} {rate_before} did ({range} points).\nOne look in twenty shows as much by luck: who looks every month had better wait for the next.",
    "few_before": "{start}. Those of {before} are too few to compare with.",
    "cut_before": "{start}.\nThey are compared with nothing: the dates leave out the cohorts before them.",
    "none_before": "{start}.\nThey are compared with nothing: no cohorts before them begin later than half a year into the data, and in earlier ones many who seem new had bought before it.",
    "back_unknown": "No customer's first purchase is {days} days old yet, so the share who come back cannot be known.",
    "back_few": "Only {known} can be followed for {days} days yet: too few to speak of a percentage.",
    "back_so_far": "No cohort can be followed for {days} days as a whole yet; of the {known} who can, {rate} bought again within them.",
    "back_card_in": "Back in {column}",
    "back_card_in_or_after": "Back in {column} or later",
    "back_card_by": "Back by the end of {column}",
    "back_card_every_up_to": "Back in every period up to {column}",
    "least": "{start}, {least} purchases or more",
    "matching": "{start}, with {values}",
    "cohort_cell": "Of {size} customers who {came} in {cohort}, {customers} ({rate}, {low} to {high}) {returned}{open}",
    "cohort_pooled": "Of {size} customers in {cohorts} complete cohorts, {customers} ({rate}, {low} to {high}) {returned}",
    "cohort_pooled_bare": "Of {size} customers in {cohorts} complete cohorts, {customers} ({rate}) {returned}",
    "cohort_pooled_every": "In {cohorts} complete cohorts, where a customer counts in every {unit} with a purchase: of {size} customer-{unit}s {customers} ({rate}) {returned}",
    "came_first_purchase": "first bought",
    "came_first_matching_purchase": "first bought {values}",
    "came_every_purchase": "bought",
    "came_joined": "joined",
    "came_first_complaint": "first complained",
    "came_first_answer": "first gave a score",
    "returned_in": "{bought} in {period}",
    "returned_in_or_after": "{bought} in {period} or later",
    "returned_by": "{bought} by the end of {period}",
    "returned_every_up_to": "{bought} in every period up to {period}",
    "bought_again": "bought again",
    "bought": "bought",
    "bought_matching": "bought {values}",
    "window": "days {since} to {until} after their first purchase",
    "cohort_cell_previous": "Of the customers of {cohort}, {size} were back one column before; {customers} ({rate} of that number) {returned}{open}",
    "cohort_pooled_previous": "In {cohorts} complete cohorts, {size} were back one column before; {customers} ({rate} of that number) {returned}",
    "cohort_money": "{cohort}, {column}: {value} {measure}; {customers} of {size} customers bought{open}",
    "cohort_money_pooled": "{cohorts} complete cohorts, {column}: {value} {measure}; {customers} of {size} customers bought",
    "revenue": "of revenue",
    "revenue_per_customer": "of revenue per customer of the cohort",
    "orders": "purchases",
    "net_revenue_retention": "of the revenue of the cohort's own period",
    "gross_revenue_retention": "of the revenue of the cohort's own period, without what customers spent beyond it",
    "lifetime_value": "spent per customer of the cohort up to here",
    "unfit_previous": "No change is claimed: those back in a column are no part of those back one column before, so there is no interval.",
    "unfit_several": "No difference is claimed: a customer stands in several cohorts or segments, which makes every interval too narrow.",
    "unfit_longer": "No change is claimed: older cohorts have had longer to come back later.",
    "verdict_none": "Whether shares back get better cannot be told from this table: no column has enough neighbouring complete cohorts of 30 customers after the first half year of the data.",
    "verdict_same": "Shares of customers back: in none of {columns} of the table do they differ from {other} beyond what so many looks show by luck. On their own {alone} would stand out; luck alone gives about {lucky}.",
    "verdict_changed": "Shares of customers back differ from {other} in {changed} of {columns} of the table, corrected for so many looks; most of all {column}: {rate} of {recent} against {rate_before} of {before} ({range} points).",
    "cohorts_of": "Cohorts by {came}: {sentence}",
    "by_first_matching_purchase": "first purchase that matches",
    "by_every_purchase": "every purchase",
    "by_joined": "joining date",
    "by_first_complaint": "first complaint",
    "by_first_answer": "first answer",
    "card_of": "{words} · by {came}",
    "same_time_last_year": "the same time last year",
    "cohorts_before": "the three cohorts before",
    "population": "Counted are cohorts of whole {unit}s, from {first} to {last}; they are followed up to {as_of}.",
    "filters_leave": "The filters in force leave {left} of {all} customers ({share}).",
    "second_half": "{start}; half are back after {median} days.",
    "second_no_half": "{start}; fewer than half are back, as far as they can be followed.",
    "step_1": "{rate} of customers have bought a second time within {days} days of their first purchase",
    "step_2": "{rate} of those who bought twice have bought a third time within {days} days of their second purchase",
    "step_3": "{rate} of those who bought three times have bought a fourth time within {days} days of their third purchase",
    "step_4": "{rate} of those who bought four times have bought a fifth time within {days} days of their fourth purchase",
    "step_none": "Nobody has come so far yet.",
    "step_short": "{bought} so far: {back} of {customers}. Fewer than ten of them are followed for {days} days: too short to speak of a share.",
    "step_rate": "{rate} ({low} to {high})",
    "step_rate_few": "{rate} (by the curve; {followed} followed so long, too few for an interval)",
    "step_named_1": "First to second",
    "step_named_2": "Second to third",
    "step_named_3": "Third to fourth",
    "step_named_4": "Fourth to fifth",
    "step_bought_1": "Have bought a second time",
    "step_bought_2": "Have bought a third time",
    "step_bought_3": "Have bought a fourth time",
    "step_bought_4": "Have bought a fifth time",
    "step_since_1": "Days since the first purchase",
    "step_since_2": "Days since the second purchase",
    "step_since_3": "Days since the third purchase",
    "step_since_4": "Days since the fourth purchase",
    "step_day": "After {days} days {rate} are back; {followed} are followed so long",
    "last_complete": "In the last complete {unit}, {label}",
    "so_far": "In {label} so far (to {day})",
    "revenue_share": "{start}, customers who had bought before brought {share} of the revenue: {value} of {total}.",
    "revenue_refunds": "{start}, refunds exceed what some bought: customers who had bought before brought {value}, new ones {new}.",
    "revenue_zero": "{start}, the revenue is zero: no amounts are known, or refunds cancel them.",
    "revenue_none": "{start}, nothing was bought.",
    "lifecycle": "{start}, {customers} bought: {new} new, {returning} who had bought in the {unit} before too, {resurrected} back after a pause.",
    "lifecycle_known": "{bought} Of the {before} who bought in the {unit} before {rate} did so again, and {dormant} did not.",
    "lifecycle_open": "{bought} How many of the {before} who bought in the {unit} before stay away is not known yet.",
    "lifecycle_bar": "{label}: {customers} {kind}",
    "lifecycle_new": "new",
    "lifecycle_returning": "bought in the {unit} before too",
    "lifecycle_resurrected": "back after a pause",
    "lifecycle_dormant": "bought in the {unit} before, not in this one",
    "several_days": "{start}, {rate} of {customers} customers bought on more than one day.",
    "in_period": "In {label}",
    "drawn_part": "Drawn are {rows} of {all_rows} cohorts, {first} to {last}, and columns {left} to {right} of {all_columns}; the download holds all.",
    "drawn_periods": "Drawn are {rows} of {all_rows} {unit}s, up to {last}; the download holds all.",
    "cohort_size_cell": "{size} customers {came} in {cohort}",
    "still_running": " – open until {day}",
    # complaints
    "answered_share": "{rate} ({low} to {high}) of {total} complaints were {answered} within {days} days",
    "open_none": "{start}; none is open.",
    "open_some": "{start}; still open: {open}, {late} of them for longer than five days.",
    "open_young": "{start}; still open: {open}, none for longer than five days.",
    "open_all_late": "{start}; still open: {open}, all for longer than five days.",
    "complaints_few": "Only {total} at least five days old: too few to speak of a percentage. Still open: {open}.",
    "first_response": "answered",
    "resolution": "resolved",
    "left_out_resolution": "{sentence}\n{count} closed at a moment unknown are left out.",
    "left_out_first_response": "{sentence}\n{count} closed without a recorded response are left out.",
    "by_closing": "{count} resolved by their closing moment, since they have no other.",
    "apart_resolution": "{count} closed, moment unknown: they stand in no wait and no share, and are not open.",
    "apart_first_response": "{count} closed without a recorded response: they stand in no wait and no share, and are not open.",
    "apart_as_of": "Whether those without any moment were closed by {as_of} cannot be told.",
    "closed_apart_resolution": "closed, moment unknown",
    "closed_apart_first_response": "closed without a recorded response",
    # satisfaction
    "satisfied_more": "Among customers alike in purchases, time and recency, satisfied ones came back within {days} days more often than less satisfied ones, by {low} to {high} points (n = {n}).\nOf all it was {satisfied} and {dissatisfied}. Who answers differs: whether it is satisfaction, or what else sets those who answer so apart, cannot be told apart here.",
    "satisfied_fewer": "Among customers alike in purchases, time and recency, satisfied ones came back within {days} days less often than less satisfied ones, by {low} to {high} points (n = {n}).\nOf all it was {satisfied} and {dissatisfied}. Who answers differs: whether it is satisfaction, or what else sets those who answer so apart, cannot be told apart here.",
    "satisfied_thin": "Whether satisfied customers come back more or less often than others like them cannot be told apart.\n{satisfied} of them came back within {days} days and {dissatisfied} of the less satisfied, but most had bought only once before, so that nothing says whether they are alike.",
    "satisfied_as_often": "Among customers alike in purchases, time and recency, satisfied ones came back within {days} days as often as less satisfied ones ({range} points, n = {n}).\nOf all it was {satisfied} and {dissatisfied}.",
    "satisfied_not_shown": "Whether satisfied customers come back more often than less satisfied ones cannot be told: among customers alike no difference can be shown within {days} days ({range} points, n = {n}).\nOf all it was {satisfied} and {dissatisfied}.",
    "satisfied_not_alike": "{satisfied} of the satisfied came back within {days} days, and {dissatisfied} of the less satisfied; too few of them are alike in purchases, time and recency to be compared.",
    "satisfied_few": "Too few customers can be followed for {days} days after their answer to compare satisfied with less satisfied ones: {satisfied} and {dissatisfied}.",
    "score_bar": "Score {label}: {came_back} of {known} came back ({rate}, {low} to {high}); {not_yet_known} not yet known",
    "score_bar_none": "No answer: {came_back} of {known} came back ({rate}, {low} to {high}); {not_yet_known} not yet known",
    # filters
    "in_force": "{segments} · {dates} · {refunds}",
    "in_force_as_of": "{segments} · {dates} · {refunds} · as known on {as_of}",
    "segment_unknown": "{words} (not {tables}, which do not tell)",
    "all_segments": "Everything",
    "from_to": "{first} to {last}",
    "refunds_out": "refunds left out",
    "refunds_in": "refunds counted as visits",
}


def say(name: str, **places: object) -> str:
    """Return the sentence called `name` with its places filled."""
    return SENTENCES[name].format(**places)


def percent(rate: float, digits: int = 0) -> str:
    """Return a share as people read it: `36.6 %`, with a space that does not break; `–` where it is unknown."""
    return "–" if rate is None or math.isnan(rate) else f"{rate * 100:.{digits}f}\u00a0%"


def rough(rate: float) -> str:
    """Return a share in percent with so many decimals, up to two, that one above zero does not read as zero."""
    shown = next((count for count in (0, 1) if not rate or abs(rate) * 100 >= 10**-count), 2)
    return percent(rate, shown)


def whole(number: float) -> str:
    """Return a whole number with thousands apart: `12,345`; `–` where it is unknown."""
    return "–" if number is None or math.isnan(number) else f"{number:,.0f}"


def amount(number: float) -> str:
    """Return a sum of money in few letters: `85`, `1,234`, `12.3k`, `4.5M`; `–` where it is unknown."""
    if number is None or math.isnan(number):
        return "–"
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(number) >= size:
            return f"{number / (1e3 if letter == 'k' else size):,.1f}{letter}"
    return f"{number:,.0f}" if abs(number) >= 100 or number == int(number) else f"{number:,.1f}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 row`, `3 rows`."""
    return f"{whole(number)} {noun}" if number == 1 else f"{whole(number)} {noun}s"


def share_in_words(share: Share) -> str:
    """Return a share with its interval: `53 % (50 to 56)`; for fewer than ten cases only the count."""
    if not share.is_headline:
        return f"{share.count} of {share.total}"
    low, high = share.interval
    shown = digits(low, high)
    return f"{percent(share.rate, shown)} ({bare(low, shown)} to {bare(high, shown)})"


def digits(low: float, high: float) -> int:
    """Return how many decimals of a percentage an interval needs so that its ends can be told apart, 0 to 3."""
    width = (high - low) * 100
    return 0 if math.isnan(width) else next((count for count in range(3) if width >= 2 * 10**-count), 3)


def points(low: float, high: float) -> str:
    """Return an interval of a difference of shares (-1 to 1) in points: `−9 to +7`; a narrow one with a decimal."""
    shown = digits(low, high) if (high - low) * 100 >= 8 else max(1, digits(low, high))
    return f"{signed(low, shown)} to {signed(high, shown)}"


def signed(rate: float, shown: int = 0) -> str:
    """Return a difference of shares (-1 to 1) in points with its sign: `+3`, `−9`. shown: decimals."""
    return f"{rate * 100:+.{shown}f}".replace("-", "\u2212")


def apart(low: float, high: float) -> dict[str, str]:
    """Return the ends of an interval that excludes zero, as points without sign, the smaller first: places of sentences."""
    ends = sorted((abs(low), abs(high)))
    return {"low": bare(ends[0], digits(*ends)), "high": bare(ends[1], digits(*ends))}


def bare(rate: float, digits: int = 0) -> str:
    """Return a share without its sign, for the ends of an interval."""
    return "–" if math.isnan(rate) else f"{rate * 100:.{digits}f}"


def bought_words(segments: Mapping[str, tuple[str, ...]]) -> str:
    """Return which purchases are meant by values of segments: `Tea`, `(Channel: Web)`; nothing where all are."""
    named = [", ".join(values) for column, values in segments.items() if column == "product"]
    others = (
        f"{ORDERS.column(name).label}: {', '.join(values)}" for name, values in segments.items() if name != "product"
    )
    if told := " · ".join(others):
        named.append(f"({told})")
    return " ".join(named)


def duration(seconds: float) -> str:
    """Return a wait in the two largest units: `2 days 7 h`, `3 h 20 min`; `–` where it is unknown."""
    if seconds is None or math.isnan(seconds):
        return "–"
    minutes = round(seconds / 60)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        unit = "day" if days == 1 else "days"
        return f"{days} {unit} {hours} h" if hours and days < 30 else f"{days} {unit}"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def span(first: str, last: str) -> str:
    """Return a stretch of periods: `Jun 2026 to Aug 2026`, or one name where both are the same."""
    return first if first == last else f"{first} to {last}"


def when(day: date | None) -> str:
    """Return a day: `9 Dec 2011`; `–` where it is unknown."""
    return day_label(day) if day else "–"
