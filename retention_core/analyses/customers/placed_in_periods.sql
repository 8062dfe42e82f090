-- In which period lies each purchase?
-- One row per purchase: customer_key, period, and its segment, where asked for ({segment_column}). {period}: the number of a
-- day's period.
-- reads: visits, calendar
-- holes: period, segment_column
SELECT visits.buyer AS customer_key, {period} AS period{segment_column}
FROM visits
JOIN calendar ON calendar.day = visits.day
WHERE visits.is_visit > 0
