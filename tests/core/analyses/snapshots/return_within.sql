-- Of the customers who first bought on a day, how many bought again within the horizon?
-- kept as kept_2
-- $as_of_number = 739706
-- $days = 90
WITH
-- On which days did each customer buy?
purchases AS (
    SELECT orders.customer_key, calendar.day_number
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE 1 = 1 AND NOT orders.is_refund
),

-- On which day did each customer buy for the first time?
first_purchases AS (
    SELECT customer_key, min(day_number) AS first_day, count(*) AS purchases
    FROM purchases
    GROUP BY customer_key
),

-- From which day on is each customer followed who ever bought?
landmarks AS (
    SELECT customer_key, first_day AS landmark
    FROM first_purchases
),

-- Who bought again within the horizon after a landmark?
came_back_after AS (
    SELECT customer_key, landmark, first_day, last_day, purchases, next_day,
           CASE WHEN landmark + $days > $as_of_number THEN 'not_yet_known'
                WHEN next_day <= landmark + $days THEN 'came_back'
                ELSE 'did_not' END AS outcome
    FROM (
        SELECT landmarks.customer_key, landmarks.landmark, min(purchases.day_number) AS first_day,
               count(CASE WHEN purchases.day_number <= landmarks.landmark THEN 1 END) AS purchases,
               max(CASE WHEN purchases.day_number <= landmarks.landmark THEN purchases.day_number END) AS last_day,
               min(CASE WHEN purchases.day_number > landmarks.landmark THEN purchases.day_number END) AS next_day
        FROM landmarks
        JOIN purchases ON purchases.customer_key = landmarks.customer_key
        WHERE landmarks.landmark <= $as_of_number
        GROUP BY landmarks.customer_key, landmarks.landmark
    ) AS followed
    WHERE first_day <= landmark
)

SELECT came_back_after.landmark AS first_day, calendar.month_number AS cohort, count(*) AS customers,
       sum(CASE WHEN came_back_after.outcome = 'not_yet_known' THEN 0 ELSE 1 END) AS known,
       sum(CASE WHEN came_back_after.outcome = 'came_back' THEN 1 ELSE 0 END) AS came_back,
       sum(CASE WHEN first_purchases.purchases > 1 THEN 1 ELSE 0 END) AS repeat_customers
FROM came_back_after
JOIN first_purchases ON first_purchases.customer_key = came_back_after.customer_key
JOIN calendar ON calendar.day_number = came_back_after.landmark
GROUP BY came_back_after.landmark, calendar.month_number;

-- What does a kept table hold?
SELECT * FROM kept_2;
