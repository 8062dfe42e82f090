-- Which customers stand behind a cell of the cohort table, and what did they buy?
WITH members AS (
    SELECT customer_key FROM {active_periods} WHERE {belongs_by} = $cohort AND period = $cohort
),

returned AS (
    SELECT DISTINCT active.customer_key
    FROM {active_periods} AS active
    JOIN members ON members.customer_key = active.customer_key
    WHERE active.period BETWEEN $from_period AND $to_period
),

bought AS (
    SELECT orders.customer_key, min(orders.day) AS first_purchase_on, max(orders.day) AS last_purchase_on,
           count(*) AS orders, sum(orders.amount) AS customer_value
    FROM orders
    JOIN returned ON returned.customer_key = orders.customer_key
    WHERE {looked_at}
    GROUP BY orders.customer_key
)

SELECT customers.customer, bought.first_purchase_on, bought.last_purchase_on, bought.orders, bought.customer_value
FROM bought
JOIN customers ON customers.customer_key = bought.customer_key
ORDER BY bought.customer_value DESC NULLS LAST, customers.customer
LIMIT 5000
