-- In which period lies each order, and what does it count for?
-- One row per order. is_start: 1 for a purchase that may begin a cohort ({may_start}), is_return: 1 for one that counts as
-- coming back ({may_return}). segment: that of the order ({segment_column}). {period}: the number of a day's period.
-- reads: visits, calendar
-- holes: period, may_start, may_return, segment_column
SELECT orders.buyer AS customer_key, {period} AS period, orders.amount, orders.ordered_at, orders.ordered_second,
       orders.row_number, orders.is_visit,
       CASE WHEN {may_start} THEN orders.is_visit ELSE 0 END AS is_start,
       CASE WHEN {may_return} THEN orders.is_visit ELSE 0 END AS is_return,
       {segment_column} AS segment
FROM visits AS orders
JOIN calendar ON calendar.day = orders.day
