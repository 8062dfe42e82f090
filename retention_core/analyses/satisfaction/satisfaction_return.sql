-- Do those who say they are happy return?
-- One row per customer and group that he stands in: with his first answer (score), and as one without an answer (score
-- NULL), who had given none, on any scale, $typical_gap days after his first purchase. Who answers later stands in both.
-- landmark: the day he is followed from. purchases, first_day, last_day: what he had bought up to it. next_day: when he
-- bought again. outcome: whether within $days days.
WITH answers AS (
    SELECT satisfaction.customer_key, satisfaction.score, satisfaction.day,
           row_number() OVER (PARTITION BY satisfaction.customer_key
                              ORDER BY satisfaction.answered_at, satisfaction.row_number) AS answer_number
    FROM satisfaction
    WHERE satisfaction.customer_key IS NOT NULL AND {answers_looked_at} AND {on_scale}
),

first_answer_days AS (
    SELECT satisfaction.customer_key, min(calendar.day_number) AS answered_on
    FROM satisfaction
    JOIN calendar ON calendar.day = satisfaction.day
    WHERE satisfaction.customer_key IS NOT NULL AND satisfaction.day <= $as_of
    GROUP BY satisfaction.customer_key
),

purchases AS (
    SELECT orders.customer_key, calendar.day_number, count(*) AS purchases
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE {orders_looked_at}
    GROUP BY orders.customer_key, calendar.day_number
),

first_days AS (
    SELECT customer_key, min(day_number) AS first_day FROM purchases GROUP BY customer_key
),

landmarks AS (
    SELECT answers.customer_key, answers.score, calendar.day_number AS landmark
    FROM answers
    JOIN calendar ON calendar.day = answers.day
    WHERE answers.answer_number = 1 AND answers.day BETWEEN $first_day AND $last_day
    UNION ALL
    SELECT first_days.customer_key, CAST(NULL AS DECIMAL(18, 4)) AS score, first_days.first_day + $typical_gap AS landmark
    FROM first_days
    LEFT JOIN first_answer_days ON first_answer_days.customer_key = first_days.customer_key
    WHERE first_days.first_day BETWEEN $first_number AND $last_number
      AND (first_answer_days.answered_on IS NULL
           OR first_answer_days.answered_on > first_days.first_day + $typical_gap)
),

-- an answer given before anything was bought has nothing to come back to
followed AS (
    SELECT landmarks.customer_key, landmarks.score, landmarks.landmark, min(purchases.day_number) AS first_day,
           sum(CASE WHEN purchases.day_number <= landmarks.landmark THEN purchases.purchases END) AS purchases,
           max(CASE WHEN purchases.day_number <= landmarks.landmark THEN purchases.day_number END) AS last_day,
           min(CASE WHEN purchases.day_number > landmarks.landmark THEN purchases.day_number END) AS next_day
    FROM landmarks
    JOIN purchases ON purchases.customer_key = landmarks.customer_key
    WHERE landmarks.landmark <= $as_of_number
    GROUP BY landmarks.customer_key, landmarks.score, landmarks.landmark
    HAVING min(purchases.day_number) <= landmarks.landmark
)

SELECT customer_key, score, landmark, first_day, last_day, purchases, next_day,
       CASE WHEN landmark + $days > $as_of_number THEN 'not_yet_known'
            WHEN next_day <= landmark + $days THEN 'came_back'
            ELSE 'did_not' END AS outcome
FROM followed
