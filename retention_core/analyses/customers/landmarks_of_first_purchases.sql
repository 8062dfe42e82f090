-- From which day on is each customer followed who came in in the days looked at?
-- One row per customer: landmark, the day of their first purchase.
-- reads: first_purchases
-- binds: first_number, last_number
SELECT customer_key, first_day AS landmark
FROM first_purchases
WHERE first_day BETWEEN $first_number AND $last_number
