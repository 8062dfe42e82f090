-- Which cohort is the earliest?
-- One row: the number of its period. {active}: the kept table of customers by period.
-- reads: {active}
-- holes: active
SELECT min(first_period) AS earliest FROM {active}
