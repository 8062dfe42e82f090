-- On which scales are answers given?
-- kept as kept_2
SELECT coalesce(satisfaction.scale, '') AS word, satisfaction.scale_top, count(*) AS answers,
       max(satisfaction.score) AS highest_score
FROM satisfaction
GROUP BY coalesce(satisfaction.scale, ''), satisfaction.scale_top;

-- What does a kept table hold?
SELECT * FROM kept_2;

-- How many days after their last purchase do people typically give their first answer?
-- kept as kept_3
-- $as_of = datetime.date(2026, 3, 31)
-- $scale_top = 5
-- $scale_word = ''
-- $untold_top = 5
WITH
-- Which answers on the scale have a customer?
answers_on_scale AS (
    SELECT satisfaction.*
    FROM satisfaction
    WHERE satisfaction.customer_key IS NOT NULL AND 1 = 1 AND satisfaction.day <= $as_of
      AND coalesce(satisfaction.scale, '') = $scale_word
      AND coalesce(satisfaction.scale_top, $untold_top) = $scale_top
),

-- On which day did each customer first answer on the scale?
answer_days AS (
    SELECT answers_on_scale.customer_key, min(calendar.day_number) AS answered_on
    FROM answers_on_scale
    JOIN calendar ON calendar.day = answers_on_scale.day
    GROUP BY answers_on_scale.customer_key
),

-- How many days lie between each customer's last purchase and their first answer after it?
gaps_before_answers AS (
    SELECT answer_days.customer_key,
           min(CASE WHEN calendar.day_number <= answer_days.answered_on
                    THEN answer_days.answered_on - calendar.day_number END) AS gap
    FROM answer_days
    JOIN orders ON orders.customer_key = answer_days.customer_key
    JOIN calendar ON calendar.day = orders.day
    WHERE 1 = 1 AND orders.day <= $as_of AND NOT orders.is_refund
    GROUP BY answer_days.customer_key
)

SELECT coalesce(min(gap), 0) AS typical_gap
FROM (
    SELECT gap, cume_dist() OVER (ORDER BY gap) AS share_up_to FROM gaps_before_answers WHERE gap IS NOT NULL
) AS ranked
WHERE share_up_to >= 0.5;

-- What does a kept table hold?
SELECT * FROM kept_3;

-- Do those who say they are happy return?
-- kept as kept_4
-- $as_of = datetime.date(2026, 3, 31)
-- $as_of_number = 739706
-- $days = 90
-- $first_day = datetime.date(1, 1, 1)
-- $first_number = 1
-- $last_day = datetime.date(2026, 3, 31)
-- $last_number = 739706
-- $scale_top = 5
-- $scale_word = ''
-- $typical_gap = 1
-- $untold_top = 5
WITH
-- Which answers on the scale have a customer?
answers_on_scale AS (
    SELECT satisfaction.*
    FROM satisfaction
    WHERE satisfaction.customer_key IS NOT NULL AND 1 = 1 AND satisfaction.day <= $as_of
      AND coalesce(satisfaction.scale, '') = $scale_word
      AND coalesce(satisfaction.scale_top, $untold_top) = $scale_top
),

-- What was each customer's first answer on the scale?
first_answers_on_scale AS (
    SELECT customer_key, score, day
    FROM (
        SELECT customer_key, score, day,
               row_number() OVER (PARTITION BY customer_key ORDER BY answered_at, row_number) AS answer_number
        FROM answers_on_scale
    ) AS numbered
    WHERE answer_number = 1
),

-- On which day did each customer first answer, on any scale?
first_answer_days AS (
    SELECT satisfaction.customer_key, min(calendar.day_number) AS answered_on
    FROM satisfaction
    JOIN calendar ON calendar.day = satisfaction.day
    WHERE satisfaction.customer_key IS NOT NULL AND satisfaction.day <= $as_of
    GROUP BY satisfaction.customer_key
),

-- On which days did each customer buy?
purchases AS (
    SELECT orders.customer_key, calendar.day_number
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE 1 = 1 AND orders.day <= $as_of AND NOT orders.is_refund
),

-- On which day did each customer buy for the first time?
first_purchases AS (
    SELECT customer_key, min(day_number) AS first_day, count(*) AS purchases
    FROM purchases
    GROUP BY customer_key
),

-- From which day on is each customer followed, with an answer and without one?
landmarks AS (
    SELECT first_answers_on_scale.customer_key, first_answers_on_scale.score, calendar.day_number AS landmark
    FROM first_answers_on_scale
    JOIN calendar ON calendar.day = first_answers_on_scale.day
    WHERE first_answers_on_scale.day BETWEEN $first_day AND $last_day
    UNION ALL
    SELECT first_purchases.customer_key, CAST(NULL AS DECIMAL(18, 4)) AS score,
           first_purchases.first_day + $typical_gap AS landmark
    FROM first_purchases
    LEFT JOIN first_answer_days ON first_answer_days.customer_key = first_purchases.customer_key
    WHERE first_purchases.first_day BETWEEN $first_number AND $last_number
      AND (first_answer_days.answered_on IS NULL
           OR first_answer_days.answered_on > first_purchases.first_day + $typical_gap)
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

SELECT came_back_after.customer_key, landmarks.score, came_back_after.landmark, came_back_after.first_day,
       came_back_after.last_day, came_back_after.purchases, came_back_after.next_day, came_back_after.outcome
FROM landmarks
JOIN came_back_after ON came_back_after.customer_key = landmarks.customer_key
                    AND came_back_after.landmark = landmarks.landmark;

-- How many different customers are followed?
SELECT count(DISTINCT customer_key) AS customers,
       count(DISTINCT CASE WHEN outcome = 'not_yet_known' THEN customer_key END) AS not_yet_known
FROM kept_4;

-- How many came back of the satisfied and of the less satisfied, and what had they spent?
-- kept as kept_5
-- $as_of = datetime.date(2026, 3, 31)
-- $threshold = 4
WITH
-- Which customers with an answer are known to have come back, or not?
chosen AS (
    SELECT customer_key, outcome, score >= $threshold AS is_satisfied
    FROM kept_4
    WHERE score IS NOT NULL AND outcome <> 'not_yet_known'
),

-- What have the customers chosen spent?
customer_value AS (
    SELECT customer_key, sum(amount) AS customer_value
    FROM orders
    WHERE customer_key IN (SELECT customer_key FROM chosen) AND day <= $as_of
    GROUP BY customer_key
)

SELECT chosen.is_satisfied, chosen.outcome, count(*) AS customers, sum(customer_value.customer_value) AS revenue
FROM chosen
LEFT JOIN customer_value ON customer_value.customer_key = chosen.customer_key
GROUP BY chosen.is_satisfied, chosen.outcome;

-- What does a kept table hold?
SELECT * FROM kept_5;

-- How many customers with each score came back?
SELECT score, outcome, count(*) AS customers FROM kept_4 GROUP BY score, outcome ORDER BY score;
