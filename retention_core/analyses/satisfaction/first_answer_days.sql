-- On which day did each customer first answer, on any scale?
-- One row per customer: answered_on (number of a day), up to $as_of.
-- reads: satisfaction, calendar
-- binds: as_of
SELECT satisfaction.customer_key, min(calendar.day_number) AS answered_on
FROM satisfaction
JOIN calendar ON calendar.day = satisfaction.day
WHERE satisfaction.customer_key IS NOT NULL AND satisfaction.day <= $as_of
GROUP BY satisfaction.customer_key
