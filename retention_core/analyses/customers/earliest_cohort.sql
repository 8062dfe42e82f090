-- Which cohort is the earliest?
-- One row: the number of its period. {kept}: the kept table of customers, by period or with bits for periods.
-- reads: {kept}
-- holes: kept
SELECT min(first_period) AS earliest FROM {kept}
