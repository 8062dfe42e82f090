-- Which customers stand behind a part of the answer about satisfaction?
-- One row per customer, the most valuable first; what he had spent up to $as_of.
WITH chosen AS (
    SELECT customer_key, score, landmark, next_day FROM {landmarks} WHERE outcome = $outcome AND {group}
),

worth AS (
    SELECT customer_key, sum(amount) AS customer_value
    FROM orders
    WHERE customer_key IN (SELECT customer_key FROM chosen) AND day <= $as_of
    GROUP BY customer_key
)

SELECT customers.customer, chosen.score, chosen.landmark, chosen.next_day, worth.customer_value
FROM chosen
JOIN customers ON customers.customer_key = chosen.customer_key
LEFT JOIN worth ON worth.customer_key = chosen.customer_key
ORDER BY worth.customer_value DESC NULLS LAST, customers.customer
LIMIT 5000
