-- In which periods did each customer buy, counted from each one in which they bought before?
-- One row per customer, cohort (they belong to several) and period, with the columns of `since_first`. {same_segment}: whether
-- only purchases of one segment count together.
-- reads: {active}
-- holes: active, same_segment
-- binds: first_cohort, last_cohort, last_period
SELECT active.*, started.period AS cohort, active.period - started.period AS period_number, active.orders AS most
FROM {active} AS started
JOIN {active} AS active
  ON active.customer_key = started.customer_key AND active.period >= started.period AND {same_segment}
WHERE started.starts > 0 AND started.period BETWEEN $first_cohort AND $last_cohort AND active.period <= $last_period
