-- What is the last day with an order?
-- kept as kept_1
SELECT max(day) AS last_day FROM orders;

-- What does a kept table hold?
SELECT * FROM kept_1;
