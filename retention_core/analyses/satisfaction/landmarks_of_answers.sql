-- From which day on is each customer followed, with an answer and without one?
-- One row per customer and group: with their first answer (score), from its day; and without an answer (score NULL), who had
-- given none, on any scale, $typical_gap days after their first purchase, from then. Who answers later stands in both.
-- landmark: number of the day.
-- reads: first_answers_on_scale, first_answer_days, first_purchases, calendar
-- binds: first_day, last_day, first_number, last_number, typical_gap
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
