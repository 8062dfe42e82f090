-- In which periods did each customer buy?
-- One row per customer (and segment), kept until the data changes: first_period, and {words}: whole numbers whose bits say in
-- which periods they bought. {period}: the number of a day's period; {segment_column}: the segment, where asked for.
-- reads: visits, calendar
-- holes: period, words, segment, segment_column
SELECT customer_key, min(period) AS first_period, {words}{segment}
FROM (
    SELECT visits.buyer AS customer_key, {period} AS period{segment_column}
    FROM visits
    JOIN calendar ON calendar.day = visits.day
    WHERE visits.is_visit > 0
) AS bought
GROUP BY customer_key{segment}
