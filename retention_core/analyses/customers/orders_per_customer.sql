-- How many customers have bought once, twice, three times …?
-- One row per day of the first purchase and number of purchases up to now ($most and more together): customers.
SELECT first_day, least(orders, $most) AS orders, count(*) AS customers
FROM (
    SELECT orders.customer_key, min(orders.day) AS first_day, count(*) AS orders
    FROM orders
    WHERE {looked_at}
    GROUP BY orders.customer_key
) AS bought
GROUP BY first_day, least(orders, $most)
