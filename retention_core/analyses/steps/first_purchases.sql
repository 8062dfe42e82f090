-- On which day did each customer buy for the first time?
-- One row per customer: first_day (number), purchases (all there are).
-- reads: purchases
SELECT customer_key, min(day_number) AS first_day, count(*) AS purchases
FROM purchases
GROUP BY customer_key
