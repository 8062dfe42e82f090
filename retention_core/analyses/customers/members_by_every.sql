-- Which customers bought in the cohort's period what may begin a cohort?
-- One row per customer of $cohort. {active}: the kept table of customers by period; {of_segment}: which segment.
-- reads: {active}
-- holes: active, of_segment
-- binds: cohort
SELECT DISTINCT customer_key
FROM {active}
WHERE starts > 0 AND period = $cohort AND {of_segment}
