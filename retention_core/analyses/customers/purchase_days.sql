-- On which different days did each customer buy?
-- One row per customer and day with a purchase. Several purchases on one day are one.
-- reads: purchases
SELECT DISTINCT customer_key, day_number FROM purchases
