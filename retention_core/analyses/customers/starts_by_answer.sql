-- When did customers answer a question?
-- One row per answer of a customer by $last_on: started_at, and its period. {events_looked_at}: which answers.
-- reads: satisfaction, calendar
-- holes: period, events_looked_at
-- binds: last_on
SELECT satisfaction.customer_key, {period} AS period, satisfaction.answered_at AS started_at
FROM satisfaction
JOIN calendar ON calendar.day = CAST(satisfaction.answered_at AS DATE)
WHERE {events_looked_at} AND satisfaction.customer_key IS NOT NULL AND calendar.day <= $last_on
