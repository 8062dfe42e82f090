-- For how much do the customers who bought in a period buy k periods later?
-- One row per cohort and period number (and segment): orders, revenue, kept_revenue.
-- reads: money
-- holes: segment
SELECT cohort, period_number, sum(orders) AS orders, sum(revenue) AS revenue, sum(kept_revenue) AS kept_revenue{segment}
FROM money
GROUP BY cohort, period_number{segment}
ORDER BY cohort, period_number
