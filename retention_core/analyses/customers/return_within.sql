-- Of the customers who first bought in a period, how many bought again within $days days?
-- Only customers whose $days days have passed by $as_of_day can be known.
WITH purchase_days AS (
    SELECT orders.customer_key, calendar.day_number, {period} AS period, count(*) AS purchases
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE {looked_at}
    GROUP BY orders.customer_key, calendar.day_number, {period}
),

first_days AS (
    SELECT customer_key, min(day_number) AS first_day_number, min(period) AS cohort, sum(purchases) AS purchases
    FROM purchase_days
    GROUP BY customer_key
),

second_days AS (
    SELECT first_days.customer_key, min(purchase_days.day_number) AS second_day_number
    FROM first_days
    JOIN purchase_days ON purchase_days.customer_key = first_days.customer_key
                      AND purchase_days.day_number > first_days.first_day_number
    GROUP BY first_days.customer_key
)

SELECT first_days.cohort,
       count(*) AS customers,
       sum(CASE WHEN first_day_number + $days <= $as_of_number THEN 1 ELSE 0 END) AS known,
       sum(CASE WHEN first_day_number + $days <= $as_of_number AND second_day_number <= first_day_number + $days
                THEN 1 ELSE 0 END) AS came_back,
       sum(CASE WHEN purchases > 1 THEN 1 ELSE 0 END) AS repeat_customers
FROM first_days
LEFT JOIN second_days ON second_days.customer_key = first_days.customer_key
WHERE first_days.first_day_number BETWEEN $first_number AND $last_number
GROUP BY first_days.cohort
