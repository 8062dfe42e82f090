-- What brings customers in besides a purchase: the day they joined, a complaint or an answer?
-- One row per such event, as rows that are no purchase; to be put under the purchases of active_periods.sql.
UNION ALL
SELECT {table}.customer_key, {period}, 0, {moment}, 0, 0, 1, 0
FROM {table}
JOIN calendar ON calendar.day = CAST({moment} AS DATE)
WHERE {events_looked_at} AND {table}.customer_key IS NOT NULL AND CAST({moment} AS DATE) <= $last_on
