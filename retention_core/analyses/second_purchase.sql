-- How many days pass between a customer's first and second purchase, and for whom has none come yet?
-- One row per number of days and outcome: customers whose second purchase came after them, or who are known without one
-- for that long. A second purchase on the first day is none.
WITH days AS (
    SELECT DISTINCT orders.customer_key, calendar.day_number
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE {looked_at}
),

numbered AS (
    SELECT customer_key, day_number,
           row_number() OVER (PARTITION BY customer_key ORDER BY day_number) AS purchase_number
    FROM days
),

firsts AS (
    SELECT customer_key,
           min(CASE WHEN purchase_number = 1 THEN day_number END) AS first_day,
           min(CASE WHEN purchase_number = 2 THEN day_number END) AS second_day
    FROM numbered
    WHERE purchase_number <= 2
    GROUP BY customer_key
)

SELECT coalesce(second_day, $as_of_number) - first_day AS days,
       CASE WHEN second_day IS NULL THEN 0 ELSE 1 END AS came_back,
       count(*) AS customers
FROM firsts
WHERE first_day BETWEEN $first_number AND $last_number
GROUP BY days, came_back
ORDER BY days, came_back
