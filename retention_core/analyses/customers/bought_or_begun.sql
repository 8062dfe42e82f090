-- In which period lies each order, and whatever else brings customers in?
-- One row per order, with the columns of `bought`, and one per event that brings a customer in, which is no purchase.
-- reads: bought, starts
SELECT * FROM bought
UNION ALL
SELECT customer_key, period, 0 AS amount, started_at AS ordered_at, 0 AS ordered_second, 0 AS row_number,
       0 AS is_visit, 1 AS is_start, 0 AS is_return, NULL AS segment
FROM starts
