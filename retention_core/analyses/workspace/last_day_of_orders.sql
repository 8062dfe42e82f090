-- What is the last day with an order?
-- One row: last_day.
-- reads: orders
SELECT max(day) AS last_day FROM orders
