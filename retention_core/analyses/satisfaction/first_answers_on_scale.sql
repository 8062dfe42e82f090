-- What was each customer's first answer on the scale?
-- One row per customer: score, day.
-- reads: answers_on_scale
SELECT customer_key, score, day
FROM (
    SELECT customer_key, score, day,
           row_number() OVER (PARTITION BY customer_key ORDER BY answered_at, row_number) AS answer_number
    FROM answers_on_scale
) AS numbered
WHERE answer_number = 1
