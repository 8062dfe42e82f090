-- When did customers complain?
-- One row per complaint of a customer, opened by $last_on: started_at, and its period. {events_looked_at}: which complaints.
-- reads: complaints, calendar
-- holes: period, events_looked_at
-- binds: last_on
SELECT complaints.customer_key, {period} AS period, complaints.opened_at AS started_at
FROM complaints
JOIN calendar ON calendar.day = CAST(complaints.opened_at AS DATE)
WHERE {events_looked_at} AND complaints.customer_key IS NOT NULL AND calendar.day <= $last_on
