-- Which customers came in in the cohort's period?
-- One row per customer of $cohort. {active}: the kept table of customers by period; {of_segment}: which segment.
-- reads: {active}
-- holes: active, of_segment
-- binds: cohort
SELECT DISTINCT customer_key
FROM {active}
WHERE first_period = $cohort AND period = $cohort AND {of_segment}
