-- How many customers have bought once, twice, three times …?
SELECT least(orders, $most) AS orders, count(*) AS customers
FROM (SELECT customer_key, sum(orders) AS orders FROM {active} WHERE {belongs} GROUP BY customer_key) AS bought
WHERE orders > 0
GROUP BY least(orders, $most)
ORDER BY orders
