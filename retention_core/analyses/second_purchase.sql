-- How many days pass between a customer's first and second purchase, and for whom has none come yet?
-- One row per number of days and outcome: customers whose second purchase came after them, or who are known without one
-- for that long. A second purchase on the first day is none.
WITH bought AS (
    SELECT orders.customer_key, calendar.day_number
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE {looked_at}
),

first_days AS (
    SELECT customer_key, min(day_number) AS first_day FROM bought GROUP BY customer_key
),

second_days AS (
    SELECT first_days.customer_key, first_days.first_day,
           min(CASE WHEN bought.day_number > first_days.first_day THEN bought.day_number END) AS second_day
    FROM first_days
    JOIN bought ON bought.customer_key = first_days.customer_key
    GROUP BY first_days.customer_key, first_days.first_day
)

SELECT coalesce(second_day, $as_of_number) - first_day AS days,
       CASE WHEN second_day IS NULL THEN 0 ELSE 1 END AS came_back,
       count(*) AS customers
FROM second_days
WHERE first_day BETWEEN $first_number AND $last_number
GROUP BY days, came_back
ORDER BY days, came_back
