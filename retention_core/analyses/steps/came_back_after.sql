-- Who bought again within the horizon after a landmark?
-- One row per customer and landmark (number of a day) on or after their first purchase. purchases, first_day, last_day:
-- what they had bought up to the landmark. next_day: when they next bought on a later day. outcome: `not_yet_known` until
-- $days days have passed by $as_of_number, bought or not, so that quick returns do not flatter young landmarks; then
-- `came_back` or `did_not`.
-- reads: landmarks, purchases
-- binds: days, as_of_number
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
