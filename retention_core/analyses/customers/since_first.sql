-- In which periods did each customer buy, counted from the one in which they came in?
-- One row per customer and period of cohorts $first_cohort to $last_cohort, up to $last_period, with the columns of
-- the kept table {active}: cohort, period_number, most (purchases in one period).
-- reads: {active}
-- holes: active
-- binds: first_cohort, last_cohort, last_period
SELECT active.*, first_period AS cohort, period - first_period AS period_number, orders AS most
FROM {active} AS active
WHERE first_period BETWEEN $first_cohort AND $last_cohort AND period >= first_period AND period <= $last_period
