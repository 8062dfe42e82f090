-- From which day on is each customer followed who ever bought?
-- One row per customer: landmark, the day of their first purchase.
-- reads: first_purchases
SELECT customer_key, first_day AS landmark
FROM first_purchases
