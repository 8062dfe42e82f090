-- On which day did each customer buy for the first time?
-- One row per customer, with the columns of `next_days`: first_day, and next_day, which is the same day.
-- reads: purchases
SELECT customer_key, min(day_number) AS first_day, min(day_number) AS next_day
FROM purchases
GROUP BY customer_key
