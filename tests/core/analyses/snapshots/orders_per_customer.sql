-- How many customers have bought once, twice, three times …, by the day of their first purchase?
-- kept as kept_2
-- $most = 10
SELECT first_day, least(orders, $most) AS orders, count(*) AS customers
FROM (
    SELECT orders.customer_key, min(orders.day) AS first_day, count(*) AS orders
    FROM orders
    WHERE 1 = 1 AND NOT orders.is_refund
    GROUP BY orders.customer_key
) AS bought
GROUP BY first_day, least(orders, $most);

-- How many customers have bought once, twice, three times …?
-- $first_day = datetime.date(1, 1, 1)
-- $last_day = datetime.date(2026, 3, 31)
SELECT orders, sum(customers) AS customers
FROM kept_2
WHERE first_day BETWEEN $first_day AND $last_day
GROUP BY orders
ORDER BY orders;
