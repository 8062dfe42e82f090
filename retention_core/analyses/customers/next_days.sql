-- On which day did each customer buy next?
-- One row per customer who has bought on so many different days: first_day, start_day (the last of them), next_day (the next
-- one after it; NULL where there is none yet). {days}: the kept table of `first_days`, or of this step for one day fewer.
-- reads: {days}, purchases
-- holes: days
SELECT days.customer_key, days.first_day, days.next_day AS start_day,
       min(CASE WHEN purchases.day_number > days.next_day THEN purchases.day_number END) AS next_day
FROM {days} AS days
JOIN purchases ON purchases.customer_key = days.customer_key
WHERE days.next_day IS NOT NULL
GROUP BY days.customer_key, days.first_day, days.next_day
