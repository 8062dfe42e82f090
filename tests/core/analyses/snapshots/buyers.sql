-- How many customers have bought anything?
-- kept as kept_1
SELECT count(DISTINCT orders.customer_key) AS customers FROM orders WHERE 1 = 1 AND NOT orders.is_refund;
