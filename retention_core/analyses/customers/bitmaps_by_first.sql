-- Of which segment was the first purchase of each customer?
-- One row per customer, kept until the data changes: all columns of the kept table {bitmaps} of `bought_bitmaps` ({words}: those
-- of the bits), and segment, that of their first purchase ({of_purchase}). {period}: the number of a day's period.
-- reads: visits, calendar, {bitmaps}
-- holes: bitmaps, words, of_purchase, period
SELECT customer_key, first_period, {words}, segment
FROM (
    SELECT bitmaps.*, {of_purchase} AS segment,
           row_number() OVER (PARTITION BY visits.buyer ORDER BY visits.ordered_at, visits.row_number) AS place
    FROM visits
    JOIN {bitmaps} AS bitmaps ON bitmaps.customer_key = visits.buyer
    JOIN calendar ON calendar.day = visits.day
    WHERE visits.is_visit > 0 AND {period} = bitmaps.first_period
) AS of_first_period
WHERE place = 1
