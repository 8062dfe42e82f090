-- On how many different days did the customers of one period buy?
-- $ends_on = datetime.date(2026, 1, 31)
-- $most = 10
-- $starts_on = datetime.date(2026, 1, 1)
SELECT least(days, $most) AS days, count(*) AS customers
FROM (
    SELECT orders.customer_key, count(DISTINCT orders.day) AS days
    FROM orders
    WHERE 1 = 1 AND NOT orders.is_refund AND orders.day BETWEEN $starts_on AND $ends_on
    GROUP BY orders.customer_key
) AS bought
GROUP BY least(days, $most)
ORDER BY days;
