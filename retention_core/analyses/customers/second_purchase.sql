-- How many days pass between a customer's n-th day with a purchase and the next one, and for whom has none come yet?
-- One row per customer and n (step), as far as $most: the day of the first purchase, of the n-th, and of the one after it
-- (NULL where there is none yet).
-- reads: purchase_days
-- binds: most
SELECT customer_key, place AS step, first_day, day_number AS start_day, next_day
FROM (
    SELECT customer_key, day_number,
           min(day_number) OVER (PARTITION BY customer_key) AS first_day,
           row_number() OVER (PARTITION BY customer_key ORDER BY day_number) AS place,
           lead(day_number) OVER (PARTITION BY customer_key ORDER BY day_number) AS next_day
    FROM purchase_days
) AS in_order
WHERE place <= $most
