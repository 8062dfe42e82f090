-- Of the customers who bought in a period, how many buy again k periods later?
-- {cohorts} and {returned} name one of the steps below; the others are not computed.
WITH first_purchase AS (
    SELECT customer_key, min(period) AS cohort
    FROM {active_periods}
    GROUP BY customer_key
),

every_purchase AS (
    SELECT customer_key, period AS cohort
    FROM {active_periods}
),

members AS (
    SELECT customer_key, cohort
    FROM {cohorts}
    WHERE cohort BETWEEN $first_period AND $last_period
),

-- every period in which a member bought, counted from his cohort
in_period AS (
    SELECT members.cohort, active.period - members.cohort AS period_number, members.customer_key
    FROM members
    JOIN {active_periods} AS active ON active.customer_key = members.customer_key
    WHERE active.period BETWEEN members.cohort AND $last_period
),

-- only the last of them: he bought then, and in no later period
last_period AS (
    SELECT cohort, max(period_number) AS period_number, customer_key
    FROM in_period
    GROUP BY cohort, customer_key
)

SELECT cohort, period_number, count(*) AS customers
FROM {returned}
GROUP BY cohort, period_number
ORDER BY cohort, period_number
