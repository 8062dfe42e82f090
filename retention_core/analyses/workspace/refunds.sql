-- How many orders are refunds?
-- One row: refunds.
-- reads: orders
SELECT count(*) AS refunds FROM orders WHERE orders.is_refund
