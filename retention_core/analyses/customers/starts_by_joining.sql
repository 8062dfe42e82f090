-- When did customers join?
-- One row per customer who joined by $last_on: started_at, and its period.
-- reads: customers, calendar
-- holes: period
-- binds: last_on
SELECT customers.customer_key, {period} AS period, customers.joined_at AS started_at
FROM customers
JOIN calendar ON calendar.day = CAST(customers.joined_at AS DATE)
WHERE calendar.day <= $last_on
