-- In which periods did each customer buy, how often and for how much, and in which period first of all?
-- One row per customer and period. Kept until the data changes: most questions need nothing else.
WITH active AS (
    SELECT orders.customer_key, calendar.{period} AS period, count(*) AS orders, sum(orders.amount) AS revenue
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE {looked_at}
    GROUP BY orders.customer_key, calendar.{period}
),

firsts AS (
    SELECT customer_key, min(period) AS first_period FROM active GROUP BY customer_key
)

SELECT active.customer_key, active.period, firsts.first_period, active.orders, active.revenue
FROM active
JOIN firsts ON firsts.customer_key = active.customer_key
