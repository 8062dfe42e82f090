-- Which orders are looked at, and which of them are purchases?
-- One row per order, with all its columns. buyer: who is counted, the customer or the account ({unit}). is_visit: 1 for a
-- purchase; for a refund $refunds_are_visits. {orders_looked_at}: which orders.
-- reads: orders
-- holes: unit, orders_looked_at
-- binds: refunds_are_visits
SELECT orders.*, {unit} AS buyer, CASE WHEN orders.is_refund THEN $refunds_are_visits ELSE 1 END AS is_visit
FROM orders
WHERE {orders_looked_at} AND {unit} IS NOT NULL
