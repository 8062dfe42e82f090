-- In which periods do customers count as back?
-- One row per customer, cohort and period with at least $least purchases in it; period 0 is the cohort itself.
-- reads: numbered
-- holes: segment
-- binds: least
SELECT cohort, period_number, customer_key{segment}
FROM numbered
WHERE most >= $least OR period_number = 0
