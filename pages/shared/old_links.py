"""Links that were made before they carried ids: the one table of names that are read as those of today."""

from retention_core.tables import ORDERS
from retention_core.words.days import MONTHS

_SEGMENTS = {column.label: column.name for column in ORDERS.segments()}
_MONTHS = {name: str(number) for names in MONTHS.values() for number, name in enumerate(names, start=1)}

# key -> what an old link says -> what it is called now
_NAMES = {
    "workspace": {"Sample shop": "_sample", "Private": "_private"},
    "compare_with": {"Same time last year": "last_year", "Stretch before": "before"},
    "wait_until": {"First response": "first_response", "Resolution": "resolution"},
    "horizon": {"30 days": "30", "90 days": "90", "180 days": "180"},
    "room": {
        "Satisfied, back": "satisfied_back",
        "Satisfied, gone": "satisfied_gone",
        "Less satisfied, back": "less_satisfied_back",
        "Less satisfied, gone": "less_satisfied_gone",
    },
    "opened_by": {"Week": "week", "Month": "month"},
    "period": {"Month": "month", "Week": "week", "Quarter": "quarter", "Day": "day", "Year": "year"},
    "calendar": {"Gregorian": "gregorian", "Jalali": "jalali"},
    "cohort_by": {
        "First purchase": "first_purchase",
        "First purchase that matches": "first_matching_purchase",
        "Every purchase": "every_purchase",
        "Joining date": "joined",
        "First complaint": "first_complaint",
        "First answer": "first_answer",
    },
    "coming_back": {"Any purchase": "any", "A purchase that matches": "matching"},
    "returned": {
        "In the period": "in",
        "In it or later": "in_or_after",
        "By its end": "by",
        "Every period up to it": "every_up_to",
    },
    "show": {
        "Rates": "rates",
        "Customers": "customers",
        "Revenue": "revenue",
        "Revenue per customer": "revenue_per_customer",
        "Purchases": "orders",
        "Net revenue retention": "net_revenue_retention",
        "Gross revenue retention": "gross_revenue_retention",
        "Lifetime value so far": "lifetime_value",
    },
    "compare": {"Nothing": "nothing"} | _SEGMENTS,
    "match_by": _SEGMENTS,
    "back_by": _SEGMENTS,
    "year_start": _MONTHS,
    "step": {"First to second": "1", "Second to third": "2", "Third to fourth": "3", "Fourth to fifth": "4"},
    "days_in_month": {
        f"{name} {year}": f"{year}-{number:02}-01"
        for number, name in enumerate(MONTHS["gregorian"], start=1)
        for year in range(1990, 2101)
    },
    "share": {"Of the cohort": "cohort", "Of the column before": "previous_period"},
    "columns": {"Calendar periods": "periods", "Own windows": "windows", "Brackets": "brackets"},
    "count": {"Customers": "customer", "Accounts": "account"},
    "segment_of": {"First purchase": "first_purchase", "Each purchase": "each_purchase"},
    "tab": {
        "Heatmap": "heatmap",
        "Curves": "curves",
        "One column over time": "one_column",
        "Segments": "segments",
        "Time to next purchase": "next_purchase",
        "New and returning": "who_pays",
        "Customers in motion": "in_motion",
    },
}


def as_now(link: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return a link with the names of today. link: key -> values. Days once stood without saying that they are one's own."""
    own = {"dates": ["own"]} if not link.keys().isdisjoint(("from", "to", "as_of")) else {}
    return own | {key: [_NAMES.get(key, {}).get(value, value) for value in values] for key, values in link.items()}
