-- How many customers have bought anything?
-- One row: customers. {orders_looked_at}: which orders.
-- reads: orders
-- holes: orders_looked_at
SELECT count(DISTINCT orders.customer_key) AS customers FROM orders WHERE {orders_looked_at}
