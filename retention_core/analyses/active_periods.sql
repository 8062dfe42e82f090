-- In which periods did each customer buy, how often, and for how much?
-- One row per customer and period. Kept until the data changes: most questions need nothing else.
SELECT orders.customer_key,
       calendar.{period} AS period,
       count(*) AS orders,
       sum(orders.amount) AS revenue
FROM orders
JOIN calendar ON calendar.day = orders.day
WHERE {looked_at}
GROUP BY orders.customer_key, calendar.{period}
