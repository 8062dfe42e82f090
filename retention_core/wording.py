"""The sentences shown to people: whole, with named places for figures."""

import math
from datetime import date

from retention_core.analyses.intervals import Share
from retention_core.periods import day_label

SENTENCES = {
    # overview and cohorts
    "back_within": "Of customers who first bought in {span}, {rate} ({low} to {high}) bought again within {days} days",
    "fewer": "{start}: {points} points fewer than those of {before}.",
    "more": "{start}: {points} points more than those of {before}.",
    "same": "{start}, no real difference from those of {before} ({rate_before}).",
    "unsure": "{start}; {before}: {rate_before}. Too few to tell whether that is a difference.",
    "alone": "{start}.",
    "back_unknown": "No customer's first purchase is {days} days old yet, so the share who come back cannot be known.",
    "back_few": "Only {known} customers can be followed for {days} days yet: too few to speak of a percentage.",
    "cohort_cell": "Of {size} customers who first bought in {cohort}, {customers} ({rate}, {low} to {high}) {returned}{open}",
    "cohort_cell_every": "Of {size} customers who bought in {cohort}, {customers} ({rate}, {low} to {high}) {returned}{open}",
    "cohort_pooled": "Of {size} customers in {cohorts} complete cohorts, {customers} ({rate}, {low} to {high}) {returned}",
    "returned_in": "bought again in {period}",
    "returned_in_or_after": "bought again in {period} or later",
    "returned_by": "had bought again by the end of {period}",
    "returned_every_up_to": "bought in every period up to {period}",
    "returned_number_in": "bought again in {column}",
    "returned_number_in_or_after": "bought again in {column} or later",
    "returned_number_by": "had bought again by the end of {column}",
    "returned_number_every_up_to": "bought in every period up to {column}",
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
    "verdict_none": "No column has twice three complete cohorts of 30 customers yet: whether it gets better cannot be told.",
    "verdict_same": "Shares of customers back: of {columns} columns of the table, in none do the youngest three complete cohorts differ from the three before them beyond what chance explains.",
    "verdict_changed": "Shares of customers back: of {columns} columns of the table, in {changed} the youngest three complete cohorts differ from the three before beyond what chance explains, most of all in {column}: {rate} of {recent} against {rate_before} of {before}, a difference of {low} to {high} points. Of so many looks, about {lucky} would seem to differ by luck alone.",
    "filters_leave": "The filters in force leave {left} of {all} customers ({share}).",
    "second_purchase": "{rate} ({low} to {high}) of customers have bought a second time within {days} days of their first purchase",
    "second_half": "{start}; half are back after {median} days.",
    "second_no_half": "{start}; fewer than half are back, as far as they can be followed.",
    "second_unknown": "Nobody has bought on a second day yet.",
    "returning_share": "In the last complete {unit}, {label}, customers who had bought before brought {share} of the revenue: {value} of {total}.",
    "cohort_size_cell": "{size} customers first bought in {cohort}",
    "cohort_size_cell_every": "{size} customers bought in {cohort}",
    "still_running": " – open until {day}",
    # complaints
    "answered_share": "{rate} ({low} to {high}) of {total} complaints were {answered} within {days} days",
    "open_none": "{start}; none is open.",
    "open_some": "{start}; {open} are open, {late} of them for longer than five days.",
    "open_all_late": "{start}; {open} are open, all for longer than five days.",
    "complaints_few": "Only {total} complaints are at least five days old: too few to speak of a percentage. {open} are open.",
    "first_response": "answered",
    "resolution": "resolved",
    # satisfaction
    "satisfied_same": "Satisfied customers came back as often as less satisfied ones: {satisfied} and {dissatisfied} within {days} days, no real difference.",
    "satisfied_unsure": "Whether satisfied customers come back more often cannot be told from so few: {satisfied} of them and {dissatisfied} of the less satisfied did within {days} days.",
    "satisfied_more": "Satisfied customers came back more often than less satisfied ones: {satisfied} against {dissatisfied} within {days} days.",
    "satisfied_fewer": "Satisfied customers came back less often than less satisfied ones: {satisfied} against {dissatisfied} within {days} days.",
    "satisfied_few": "Too few customers can be followed for {days} days after their answer to compare satisfied with less satisfied ones: {satisfied} and {dissatisfied}.",
    "score_bar": "Score {label}: {came_back} of {known} came back ({rate}, {low} to {high}); {not_yet_known} not yet known",
    "score_bar_none": "No answer: {came_back} of {known} came back ({rate}, {low} to {high}); {not_yet_known} not yet known",
    # filters
    "in_force": "{segments} · {dates} · {refunds}",
    "in_force_as_of": "{segments} · {dates} · {refunds} · as known on {as_of}",
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
    return f"{percent(share.rate)} ({bare(low)} to {bare(high)})"


def bare(rate: float, digits: int = 0) -> str:
    """Return a share without its sign, for the ends of an interval."""
    return "–" if math.isnan(rate) else f"{rate * 100:.{digits}f}"


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
