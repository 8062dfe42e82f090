-- How many orders are refunds?
-- kept as kept_1
SELECT count(*) AS refunds FROM orders WHERE orders.is_refund;
