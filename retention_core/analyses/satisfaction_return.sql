-- Do those who say they are happy return?
-- One row per customer: his first answer, or, for one who never answered, the day on which he would typically have
-- ($typical_gap days after his first purchase), and whether he bought again within $days days of it.
WITH answers AS (
    SELECT satisfaction.customer_key, satisfaction.score, satisfaction.day,
           row_number() OVER (PARTITION BY satisfaction.customer_key
                              ORDER BY satisfaction.answered_at, satisfaction.row_number) AS answer_number
    FROM satisfaction
    WHERE satisfaction.customer_key IS NOT NULL AND {answers_looked_at} AND {on_scale}
),

purchases AS (
    SELECT DISTINCT orders.customer_key, calendar.day_number
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE {orders_looked_at}
),

first_days AS (
    SELECT customer_key, min(day_number) AS first_day FROM purchases GROUP BY customer_key
),

-- an answer given before anything was bought has nothing to come back to
first_answers AS (
    SELECT answers.customer_key, answers.score, calendar.day_number AS landmark
    FROM answers
    JOIN calendar ON calendar.day = answers.day
    JOIN first_days ON first_days.customer_key = answers.customer_key AND first_days.first_day <= calendar.day_number
    WHERE answers.answer_number = 1 AND answers.day BETWEEN $first_day AND $last_day
),

silent AS (
    SELECT customer_key, CAST(NULL AS DECIMAL(18, 4)) AS score, first_day + $typical_gap AS landmark
    FROM first_days
    WHERE customer_key NOT IN (SELECT customer_key FROM answers) AND first_day BETWEEN $first_number AND $last_number
),

landmarks AS (
    SELECT customer_key, score, landmark FROM first_answers
    UNION ALL
    SELECT customer_key, score, landmark FROM silent
),

next_purchases AS (
    SELECT landmarks.customer_key, min(purchases.day_number) AS next_day
    FROM landmarks
    JOIN purchases ON purchases.customer_key = landmarks.customer_key AND purchases.day_number > landmarks.landmark
    GROUP BY landmarks.customer_key
)

SELECT landmarks.customer_key, landmarks.score, landmarks.landmark, next_purchases.next_day,
       CASE WHEN landmarks.landmark + $days > $as_of_number THEN 'not_yet_known'
            WHEN next_purchases.next_day <= landmarks.landmark + $days THEN 'came_back'
            ELSE 'did_not' END AS outcome
FROM landmarks
LEFT JOIN next_purchases ON next_purchases.customer_key = landmarks.customer_key
WHERE landmarks.landmark <= $as_of_number
