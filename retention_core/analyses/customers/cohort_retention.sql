-- Of the customers who bought in a period, how many buy again k periods later, and for how much?
-- {since}, {numbered} and {returned} name steps below; the others are not computed. {segment} is empty where none is
-- asked for. A period counts as a return with at least $least purchases in it.

-- every period in which a customer bought, counted from the period of his first purchase
WITH since_first AS (
    SELECT first_period AS cohort, period - first_period AS period_number, customer_key, orders, orders AS most {revenue}
           {segment}
    FROM {active}
    WHERE first_period BETWEEN $first_period AND $last_cohort AND period >= first_period AND {in_time}
),

-- the same, counted from each period in which he bought: he belongs to several cohorts
since_every AS (
    SELECT started.period AS cohort, active.period - started.period AS period_number, active.customer_key, active.orders,
           active.orders AS most {active_revenue} {active_segment}
    FROM {active} AS started
    JOIN {active} AS active
      ON active.customer_key = started.customer_key AND active.period >= started.period {same_segment}
    WHERE started.starts > 0 AND started.period BETWEEN $first_period AND $last_cohort AND active.{in_time}
),

-- periods gathered into brackets; the minimum of purchases is asked of one period, not of the bracket
in_brackets AS (
    SELECT cohort, {bracket} AS period_number, customer_key, sum(orders) AS orders, max(orders) AS most
           {sum_revenue} {segment}
    FROM {since}
    WHERE {bracket} IS NOT NULL
    GROUP BY cohort, {bracket}, customer_key {segment}
),

-- the periods in which he counts as back; period 0 is the cohort itself
in_it AS (
    SELECT cohort, period_number, customer_key {segment}
    FROM {numbered}
    WHERE most >= $least OR period_number = 0
),

last_of_them AS (
    SELECT cohort, max(period_number) AS period_number, customer_key {segment}
    FROM in_it GROUP BY cohort, customer_key {segment}
),

first_of_them AS (
    SELECT cohort, min(period_number) AS period_number, customer_key {segment}
    FROM in_it GROUP BY cohort, customer_key, CASE WHEN period_number > 0 THEN 1 ELSE 0 END {segment}
),

-- periods without one missing before them
without_a_gap AS (
    SELECT cohort, period_number, customer_key {segment}
    FROM (
        SELECT *, row_number() OVER (PARTITION BY cohort, customer_key {segment} ORDER BY period_number) AS place
        FROM in_it
    ) AS placed
    WHERE period_number = place - 1
),

-- what he spent, and how much of it he had already spent in the cohort's own period
money AS (
    SELECT numbered.cohort, numbered.period_number, numbered.orders {numbered_revenue} {numbered_segment}
    FROM {numbered} AS numbered
    {join_base}
)

SELECT cohort, period_number, {measured} {segment}
FROM {returned}
GROUP BY cohort, period_number {segment}
ORDER BY cohort, period_number
