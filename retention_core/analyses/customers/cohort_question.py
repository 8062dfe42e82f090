"""What can be asked of cohorts: every switch of the cohort page, checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.tables import ORDERS

CohortBy = Literal[
    "first_purchase", "first_matching_purchase", "every_purchase", "joined", "first_complaint", "first_answer"
]
Returned = Literal["in", "in_or_after", "by", "every_up_to"]
Share = Literal["cohort", "previous_period"]
SegmentOf = Literal["first_purchase", "each_purchase"]
Unit = Literal["customer", "account"]
Measure = Literal[
    "customers",
    "revenue",
    "revenue_per_customer",
    "orders",
    "net_revenue_retention",
    "gross_revenue_retention",
    "lifetime_value",
]
UNITS = {"customer": "orders.customer_key", "account": "orders.account"}  # who is counted -> the column that names them
WINDOW_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
OTHER = "all others"
MOST_PERIODS = 20_000  # in all brackets together; more than any calendar of ours has months, weeks or days to show


@dataclass(frozen=True)
class CohortQuestion:
    """What is asked.

    period: how time is cut. cohort_by: customers belong to the cohort of their first purchase in the whole history
    (with `starts`: only if that one matches), of their first purchase that matches `starts`, to one for every period
    with a (matching) purchase, or to that of the day they joined, of their first complaint or of their first answer.
    starts, returns: segment -> values of the purchases that may begin a cohort, and that count as coming back; all where
    it is empty. returned: bought again *in* period k, *in it or after*, *by* it (in any of 1 to k), or in *every period
    up to* it. least_purchases: in one period, to count as back in it. share: of the cohort, or of those back in the
    period before. measure: what a cell shows. brackets: lengths of groups of periods after period 0, such as (7, 23, 61)
    days; empty for single periods. own_windows: windows of 24 hours (or 7, 30, 91, 365 times that) from each customer's
    own first purchase instead of calendar periods. unit: who is counted. segment: a table for each value of this column,
    of the customer's first purchase or of each purchase. top: segments shown, the others together. filters: what is
    looked at; their days choose the cohorts, by whole periods.
    """

    period: Period = Period()
    cohort_by: CohortBy = "first_purchase"
    returned: Returned = "in"
    filters: Filters = Filters()
    least_purchases: int = 1
    share: Share = "cohort"
    measure: Measure = "customers"
    brackets: tuple[int, ...] = ()
    own_windows: bool = False
    starts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    returns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit: Unit = "customer"
    segment: str = ""
    segment_of: SegmentOf = "first_purchase"
    top: int = 6

    def __post_init__(self) -> None:
        for value, kind in (
            (self.cohort_by, CohortBy),
            (self.returned, Returned),
            (self.share, Share),
            (self.measure, Measure),
            (self.unit, Unit),
            (self.segment_of, SegmentOf),
        ):
            if value not in get_args(kind):
                raise _invalid(f"{value!r} was asked for.", f"It is one of: {', '.join(get_args(kind))}.")
        columns = [column.name for column in ORDERS.segments()]
        if self.segment and self.segment not in columns:
            raise _invalid(f"Orders have no segment {self.segment!r}.", f"It is one of: {', '.join(columns)}.")
        if self.least_purchases < 1 or self.top < 1 or any(length < 1 for length in self.brackets):
            raise _invalid("A number below one was given.", "Purchases, segments and brackets are counted from one.")
        if sum(self.brackets) > MOST_PERIODS:
            raise _invalid(
                f"The brackets hold {sum(self.brackets):,} periods.", f"They may hold {MOST_PERIODS:,} in all."
            )
        if self.own_windows and self.cohort_by not in ("first_purchase", "first_matching_purchase"):
            raise _invalid(
                "Own windows begin with one first purchase, and these cohorts begin otherwise.",
                "Choose cohorts by first purchase, or calendar periods.",
            )
        if self.begins_otherwise and (self.segment or self.unit == "account"):
            raise _invalid(
                "Segments and accounts are those of purchases, and these cohorts do not begin with one.",
                "Compare by nothing and count customers, or choose cohorts by purchase.",
            )

    @property
    def begins_otherwise(self) -> bool:
        """Whether something else than a purchase brings customers in."""
        return self.cohort_by in ("joined", "first_complaint", "first_answer")

    @property
    def is_by_person(self) -> bool:
        """Whether a customer stands in one cohort only."""
        return self.cohort_by != "every_purchase"

    @property
    def needs_money(self) -> bool:
        """Whether the measure is read from orders and amounts."""
        return self.measure != "customers"

    def bracket(self, number: int) -> tuple[int, int]:
        """Return the first and the last period of a column: the same period twice, or those of a bracket."""
        if not self.brackets or number == 0:
            return number, number
        first = 1 + sum(self.brackets[: number - 1])
        return first, first + self.brackets[number - 1] - 1

    def column_label(self, number: int) -> str:
        """Return the name of a column: `Month 3`, or `Day 5-14` for a bracket."""
        first, last = self.bracket(number)
        unit = self.period.unit.capitalize()
        return f"{unit} {first}" if first == last else f"{unit} {first}-{last}"


def _invalid(found: str, advice: str) -> SettingInvalid:
    return SettingInvalid("This switch cannot be set so.", found, advice)
