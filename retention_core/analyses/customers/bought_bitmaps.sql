-- In which periods did each customer buy?
-- One row per customer (and segment), kept until the data changes: first_period, and {words}: whole numbers whose bits say in
-- which periods they bought.
-- reads: placed
-- holes: words, segment
SELECT customer_key, min(period) AS first_period, {words}{segment}
FROM placed
GROUP BY customer_key{segment}
