-- In which second did each customer come in?
-- One row per customer (and segment): first_second, and first_period, of the first that may begin a cohort ({first_of}).
-- reads: counted
-- holes: first_of, segment
SELECT customer_key, min(period) AS first_period, min(ordered_second) AS first_second{segment}
FROM counted
WHERE {first_of} > 0
GROUP BY customer_key{segment}
