-- On which days did each customer buy?
-- One row per purchase: the number of its day. {orders_looked_at}: which orders.
-- reads: orders, calendar
-- holes: orders_looked_at
SELECT orders.customer_key, calendar.day_number
FROM orders
JOIN calendar ON calendar.day = orders.day
WHERE {orders_looked_at}
