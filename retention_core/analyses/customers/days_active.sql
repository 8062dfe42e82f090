-- On how many different days did the customers of one period buy?
-- One row per number of days, $most and more together: customers. {orders_looked_at}: which orders.
-- reads: orders
-- holes: orders_looked_at
-- binds: most, starts_on, ends_on
SELECT least(days, $most) AS days, count(*) AS customers
FROM (
    SELECT orders.customer_key, count(DISTINCT orders.day) AS days
    FROM orders
    WHERE {orders_looked_at} AND orders.day BETWEEN $starts_on AND $ends_on
    GROUP BY orders.customer_key
) AS bought
GROUP BY least(days, $most)
ORDER BY days
