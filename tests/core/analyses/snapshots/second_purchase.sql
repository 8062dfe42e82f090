-- How many days pass between a customer's n-th day with a purchase and the next one, and for whom has none come yet?
-- kept as kept_2
-- $most = 4
WITH
-- On which days did each customer buy?
purchases AS (
    SELECT orders.customer_key, calendar.day_number
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE 1 = 1 AND NOT orders.is_refund
),

-- On which different days did each customer buy?
purchase_days AS (
    SELECT DISTINCT customer_key, day_number FROM purchases
)

SELECT customer_key, place AS step, first_day, day_number AS start_day, next_day
FROM (
    SELECT customer_key, day_number,
           min(day_number) OVER (PARTITION BY customer_key) AS first_day,
           row_number() OVER (PARTITION BY customer_key ORDER BY day_number) AS place,
           lead(day_number) OVER (PARTITION BY customer_key ORDER BY day_number) AS next_day
    FROM purchase_days
) AS in_order
WHERE place <= $most;

-- How many days until customers came back, or as far as they are followed without?
-- $as_of_number = 739706
-- $first_number = 1
-- $last_number = 739706
-- $step = 1
SELECT coalesce(next_day, $as_of_number) - start_day AS days, count(next_day) AS came_back, count(*) AS customers
FROM kept_2
WHERE step = $step AND first_day BETWEEN $first_number AND $last_number
GROUP BY coalesce(next_day, $as_of_number) - start_day
ORDER BY days;

-- How many days lie between a purchase and the last day of the data?
-- $as_of_number = 739706
-- $first_number = 1
-- $last_number = 739706
-- $step = 1
SELECT $as_of_number - start_day AS days, count(*) AS customers
FROM kept_2
WHERE step = $step AND first_day BETWEEN $first_number AND $last_number
GROUP BY $as_of_number - start_day
ORDER BY days;
