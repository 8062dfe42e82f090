-- Which customers stand behind a cell of the cohort table?
-- One row per customer (or account), the most valuable first, at most $most: customer, first_purchase_on, last_purchase_on,
-- orders, customer_value.
-- reads: behind_cell, bought_by_returned, named
-- binds: most
SELECT named.customer, min(bought_by_returned.day) AS first_purchase_on, max(bought_by_returned.day) AS last_purchase_on,
       count(bought_by_returned.customer_key) AS orders, sum(bought_by_returned.amount) AS customer_value
FROM behind_cell
JOIN named ON named.customer_key = behind_cell.customer_key
LEFT JOIN bought_by_returned ON bought_by_returned.customer_key = behind_cell.customer_key
GROUP BY behind_cell.customer_key, named.customer
ORDER BY customer_value DESC NULLS LAST, customer
LIMIT $most
