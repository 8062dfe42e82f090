-- How many days lie between each customer's last purchase and their first answer after it?
-- One row per customer who answered and has bought at any time: gap (NULL where they bought only later). The days are
-- compared inside the aggregate, since as a condition it may be taken for a way to join all answers with all days.
-- reads: answer_days, orders, calendar
-- holes: orders_looked_at
SELECT answer_days.customer_key,
       min(CASE WHEN calendar.day_number <= answer_days.answered_on
                THEN answer_days.answered_on - calendar.day_number END) AS gap
FROM answer_days
JOIN orders ON orders.customer_key = answer_days.customer_key
JOIN calendar ON calendar.day = orders.day
WHERE {orders_looked_at}
GROUP BY answer_days.customer_key
