-- For how much do the customers who came in in a period buy k periods later?
-- One row per cohort and period number: orders (purchases; refunds where they count as visits), revenue, kept_revenue (not
-- asked for), kept until the data changes. {bitmaps}: the kept table of `bought_bitmaps`, which tells who came in when.
-- reads: visits, calendar, {bitmaps}
-- holes: bitmaps, period
SELECT bitmaps.first_period AS cohort, {period} - bitmaps.first_period AS period_number,
       sum(visits.is_visit) AS orders, sum(visits.amount) AS revenue, 0 AS kept_revenue
FROM visits
JOIN {bitmaps} AS bitmaps ON bitmaps.customer_key = visits.buyer
JOIN calendar ON calendar.day = visits.day
WHERE {period} >= bitmaps.first_period
GROUP BY bitmaps.first_period, {period} - bitmaps.first_period
ORDER BY cohort, period_number
