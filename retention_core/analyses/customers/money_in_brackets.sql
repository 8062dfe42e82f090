-- How much did each customer spend in each bracket of periods?
-- One row per customer, cohort and bracket, which stands as period_number: orders, revenue. {bracket}: the bracket of a
-- period.
-- reads: since
-- holes: bracket, segment
SELECT cohort, bracket AS period_number, customer_key, sum(orders) AS orders, sum(revenue) AS revenue{segment}
FROM (SELECT since.*, {bracket} AS bracket FROM since) AS placed
WHERE bracket IS NOT NULL
GROUP BY cohort, bracket, customer_key{segment}
