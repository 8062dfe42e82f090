-- How much of what each customer spends had they spent in the cohort's own period already?
-- One row per customer, cohort and period: orders, revenue, kept_revenue (no more than they spent in period 0, nor less than
-- nothing). {active}: the kept table of customers by period; {same_base}: which of its rows may be that of period 0.
-- reads: numbered, {active}
-- holes: active, same_base
SELECT numbered.*, least(greatest(numbered.revenue, 0), greatest(base.revenue, 0)) AS kept_revenue
FROM numbered
JOIN {active} AS base ON base.customer_key = numbered.customer_key AND base.period = numbered.cohort AND {same_base}
