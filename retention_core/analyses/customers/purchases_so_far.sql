-- How many customers have bought once, twice, three times …, by the day of their first purchase?
-- One row per first_day and number of orders up to now ($most and more together): customers. {orders_looked_at}: which orders.
-- reads: orders
-- holes: orders_looked_at
-- binds: most
SELECT first_day, least(orders, $most) AS orders, count(*) AS customers
FROM (
    SELECT orders.customer_key, min(orders.day) AS first_day, count(*) AS orders
    FROM orders
    WHERE {orders_looked_at}
    GROUP BY orders.customer_key
) AS bought
GROUP BY first_day, least(orders, $most)
