-- On which day did each customer buy for the first time?
-- kept as kept_2
WITH
-- On which days did each customer buy?
purchases AS (
    SELECT orders.customer_key, calendar.day_number
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE 1 = 1 AND NOT orders.is_refund
)

SELECT customer_key, min(day_number) AS first_day, min(day_number) AS next_day
FROM purchases
GROUP BY customer_key;

-- On which day did each customer buy next?
-- kept as kept_3
WITH
-- On which days did each customer buy?
purchases AS (
    SELECT orders.customer_key, calendar.day_number
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE 1 = 1 AND NOT orders.is_refund
)

SELECT days.customer_key, days.first_day, days.next_day AS start_day,
       min(CASE WHEN purchases.day_number > days.next_day THEN purchases.day_number END) AS next_day
FROM kept_2 AS days
JOIN purchases ON purchases.customer_key = days.customer_key
WHERE days.next_day IS NOT NULL
GROUP BY days.customer_key, days.first_day, days.next_day;

-- How many days until customers came back, or as far as they are followed without?
-- $as_of_number = 739706
-- $first_number = 1
-- $last_number = 739706
SELECT coalesce(next_day, $as_of_number) - start_day AS days, count(next_day) AS came_back, count(*) AS customers
FROM kept_3
WHERE first_day BETWEEN $first_number AND $last_number
GROUP BY coalesce(next_day, $as_of_number) - start_day
ORDER BY days;

-- How many days lie between a purchase and the last day of the data?
-- $as_of_number = 739706
-- $first_number = 1
-- $last_number = 739706
SELECT $as_of_number - start_day AS days, count(*) AS customers
FROM kept_3
WHERE first_day BETWEEN $first_number AND $last_number
GROUP BY $as_of_number - start_day
ORDER BY days;
