-- On which day was the first order?
-- One row: day. {orders_looked_at}: which orders.
-- reads: orders
-- holes: orders_looked_at
SELECT min(orders.day) AS day FROM orders WHERE {orders_looked_at}
