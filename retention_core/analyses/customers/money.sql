-- How much did each customer spend in each period since they came in?
-- One row per customer, cohort and period: orders, revenue; kept_revenue is not asked for.
-- reads: numbered
-- holes: segment
SELECT cohort, period_number, orders, revenue, 0 AS kept_revenue{segment}
FROM numbered
