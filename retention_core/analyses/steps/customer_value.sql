-- What have the customers chosen spent?
-- One row per customer among those of `chosen` who has any order: customer_value, up to $as_of, refunds taken off.
-- reads: orders, chosen
-- binds: as_of
SELECT customer_key, sum(amount) AS customer_value
FROM orders
WHERE customer_key IN (SELECT customer_key FROM chosen) AND day <= $as_of
GROUP BY customer_key
