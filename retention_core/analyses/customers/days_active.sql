-- On how many different days did each customer of one period buy?
-- One row per number of days, $most and more together: customers.
SELECT least(days, $most) AS days, count(*) AS customers
FROM (
    SELECT orders.customer_key, count(DISTINCT orders.day) AS days
    FROM orders
    WHERE {looked_at} AND orders.day BETWEEN $starts_on AND $ends_on
    GROUP BY orders.customer_key
) AS bought
GROUP BY least(days, $most)
ORDER BY days
