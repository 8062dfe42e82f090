-- How much of what each customer spends had they spent in the cohort's own period already?
-- One row per customer, cohort and period: orders, revenue, kept_revenue (no more than they spent in period 0, nor less than
-- nothing). {same_base}: whether only purchases of one segment count together.
-- reads: numbered
-- holes: same_base
SELECT numbered.*, least(greatest(numbered.revenue, 0), greatest(base.revenue, 0)) AS kept_revenue
FROM numbered
JOIN numbered AS base ON base.cohort = numbered.cohort AND base.customer_key = numbered.customer_key
                     AND base.period_number = 0 AND {same_base}
