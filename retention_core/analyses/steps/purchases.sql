-- On which days did each customer buy?
-- One row per customer and day with a purchase: purchases, how many there were. {orders_looked_at}: which orders.
-- reads: orders, calendar
-- holes: orders_looked_at
SELECT orders.customer_key, calendar.day_number, count(*) AS purchases
FROM orders
JOIN calendar ON calendar.day = orders.day
WHERE {orders_looked_at}
GROUP BY orders.customer_key, calendar.day_number
