-- In which period did each customer come in?
-- One row per customer (and segment): first_period, the first that holds anything that may begin a cohort ({begins}: the
-- column that counts it).
-- reads: active
-- holes: begins, segment
SELECT customer_key, min(period) AS first_period{segment}
FROM active
WHERE {begins} > 0
GROUP BY customer_key{segment}
