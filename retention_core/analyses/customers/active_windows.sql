-- In which windows, counted from their own first purchase, did each customer buy, how often and for how much?
-- One row per customer and window (and segment), with the columns of `active_periods`, kept until the data changes. {also}:
-- revenue and segment, where asked for.
-- reads: active_in_windows
-- holes: also
SELECT customer_key, period, first_period, orders, starts{also}
FROM active_in_windows
