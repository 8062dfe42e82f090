-- On which day did each customer first answer on the scale?
-- One row per customer: answered_on (number of a day).
-- reads: answers_on_scale, calendar
SELECT answers_on_scale.customer_key, min(calendar.day_number) AS answered_on
FROM answers_on_scale
JOIN calendar ON calendar.day = answers_on_scale.day
GROUP BY answers_on_scale.customer_key
