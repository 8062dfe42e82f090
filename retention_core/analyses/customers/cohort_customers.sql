-- Which customers stand behind a cell of the cohort table, and what did they buy?
-- {belongs_by}: the column of the kept table that holds the cohort; {column}: the column of the cohort table in which a
-- period stands; {listed} and {behind} name what is shown of whom.
WITH members AS (
    SELECT DISTINCT customer_key FROM {active} WHERE {belongs_by} = $cohort AND period = $cohort AND {is_member} {of_segment}
),

returned AS (
    SELECT active.customer_key
    FROM {active} AS active
    JOIN members ON members.customer_key = active.customer_key
    WHERE active.period BETWEEN $from_period AND $to_period AND active.orders >= $least {of_segment}
    GROUP BY active.customer_key
    HAVING count(DISTINCT {column}) >= $needed
),

bought AS (
    SELECT {unit} AS customer_key, orders.ordered_at, orders.day, orders.order_id, orders.amount
    FROM orders
    JOIN returned ON returned.customer_key = {unit}
    WHERE {looked_at}
),

sums AS (
    SELECT returned.customer_key, min(bought.day) AS first_purchase_on, max(bought.day) AS last_purchase_on,
           count(bought.customer_key) AS orders, sum(bought.amount) AS customer_value
    FROM returned
    LEFT JOIN bought ON bought.customer_key = returned.customer_key
    GROUP BY returned.customer_key
)

SELECT {called} AS customer, {listed}
FROM {behind} AS behind
{names}
ORDER BY {sorted_by}, customer
LIMIT $limit
