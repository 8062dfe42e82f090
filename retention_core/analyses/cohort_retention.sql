-- Of the customers who bought in a period, how many buy again k periods later?
-- {since} and {returned} name one of the steps below; the others are not computed.

-- every period in which a customer bought, counted from the period of his first purchase
WITH since_first_purchase AS (
    SELECT first_period AS cohort, period - first_period AS period_number, customer_key
    FROM {active_periods}
    WHERE first_period BETWEEN $first_period AND $last_period AND period <= $last_period
),

-- the same, counted from each period in which he bought: he belongs to several cohorts
since_every_purchase AS (
    SELECT started.period AS cohort, active.period - started.period AS period_number, active.customer_key
    FROM {active_periods} AS started
    JOIN {active_periods} AS active
      ON active.customer_key = started.customer_key AND active.period >= started.period
    WHERE started.period BETWEEN $first_period AND $last_period AND active.period <= $last_period
),

-- only the last of these periods: he bought then, and in no later one
last_period AS (
    SELECT cohort, max(period_number) AS period_number, customer_key FROM {since} GROUP BY cohort, customer_key
)

SELECT cohort, period_number, count(*) AS customers
FROM {returned}
GROUP BY cohort, period_number
ORDER BY cohort, period_number
