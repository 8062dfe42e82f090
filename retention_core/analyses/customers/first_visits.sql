-- When did each customer buy for the first time?
-- One row per customer, kept until the data changes: first_period, first_second. {period}: the number of a day's period.
-- reads: visits, calendar
-- holes: period
SELECT visits.buyer AS customer_key, min({period}) AS first_period, min(visits.ordered_second) AS first_second
FROM visits
JOIN calendar ON calendar.day = visits.day
WHERE visits.is_visit > 0
GROUP BY visits.buyer
