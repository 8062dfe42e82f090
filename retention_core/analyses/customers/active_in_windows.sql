-- In which windows did each customer buy, how often and for how much?
-- One row per customer and window (and segment): orders, starts, revenue, as in `active_where_marked`, and first_period.
-- reads: in_windows
-- holes: kept_segment
SELECT customer_key, period, first_period, CAST(sum(is_return) AS INTEGER) AS orders, max(is_start) AS starts,
       sum(amount) AS revenue{kept_segment}
FROM in_windows
GROUP BY customer_key, period, first_period{kept_segment}
