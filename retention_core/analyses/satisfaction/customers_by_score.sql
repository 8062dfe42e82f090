-- Which customers stand behind a part of the answer about satisfaction?
-- One row per customer, the most valuable first, at most $most.
-- reads: chosen, customers, customer_value
-- binds: most
SELECT customers.customer, chosen.score, chosen.landmark, chosen.next_day, customer_value.customer_value
FROM chosen
JOIN customers ON customers.customer_key = chosen.customer_key
LEFT JOIN customer_value ON customer_value.customer_key = chosen.customer_key
ORDER BY customer_value.customer_value DESC NULLS LAST, customers.customer, chosen.landmark
LIMIT $most
