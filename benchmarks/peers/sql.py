"""The questions in plain SQL over orders as a file brings them; what differs by dialect stands in braces."""

_COHORTS = """
WITH pairs AS (SELECT DISTINCT customer, {period} AS period FROM {orders} {where}),
firsts AS (SELECT customer, min(period) AS cohort FROM pairs GROUP BY customer)
SELECT cohort, period - cohort AS number, count(*) AS customers
FROM pairs JOIN firsts ON pairs.customer = firsts.customer GROUP BY cohort, number
"""

_BACK_WITHIN = """
WITH firsts AS (SELECT customer, min(day) AS first_day, count(*) AS purchases FROM {orders} GROUP BY customer),
nexts AS (
    SELECT firsts.customer AS customer, min(later.day) AS next_day
    FROM {orders} AS later JOIN firsts ON firsts.customer = later.customer
    WHERE later.day > firsts.first_day GROUP BY firsts.customer
),
ends AS (SELECT max(day) AS as_of FROM {orders}),
told AS (
    SELECT firsts.first_day AS day, purchases, first_day + 90 <= as_of AS is_known,
           nexts.customer = firsts.customer AND next_day <= first_day + 90 AS is_back
    FROM firsts LEFT JOIN nexts ON nexts.customer = firsts.customer CROSS JOIN ends
)
SELECT {month} AS cohort, count(*), sum(CASE WHEN is_known THEN 1 ELSE 0 END),
       sum(CASE WHEN is_known AND is_back THEN 1 ELSE 0 END), sum(CASE WHEN purchases > 1 THEN 1 ELSE 0 END)
FROM told GROUP BY cohort
"""

_REVENUE = """
WITH firsts AS (SELECT customer, min({month}) AS cohort FROM {orders} GROUP BY customer)
SELECT cohort, {month} - cohort AS number, round(sum(amount) * 100) AS hundredths
FROM {orders} AS each JOIN firsts ON each.customer = firsts.customer GROUP BY cohort, number
"""

_WAITS = """
SELECT {week} AS week, count(*), count(seconds), sum(CASE WHEN seconds <= 86400 THEN 1 ELSE 0 END),
       sum(CASE WHEN seconds <= 259200 THEN 1 ELSE 0 END), sum(CASE WHEN seconds <= 432000 THEN 1 ELSE 0 END)
FROM (SELECT {opened_on} AS day, {waited} AS seconds FROM {complaints}) AS waits GROUP BY week
"""


def questions(dialect: dict[str, str]) -> dict[str, str]:
    """Return the questions in one dialect. dialect: what fills month, week, orders, complaints, opened_on, waited."""
    web = "WHERE channel = 'Web'"
    return {
        "cohorts by month": _COHORTS.format(**dialect, period=dialect["month"], where=""),
        "cohorts by month, one channel": _COHORTS.format(**dialect, period=dialect["month"], where=web),
        "cohorts by week": _COHORTS.format(**dialect, period=dialect["week"], where=""),
        "back within 90 days": _BACK_WITHIN.format(**dialect),
        "revenue by cohort": _REVENUE.format(**dialect),
        "response times by week": _WAITS.format(**dialect),
    }
