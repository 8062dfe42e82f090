-- At which second does a day end, by the clock of the workspace?
-- kept as kept_2
-- $day = datetime.date(2026, 2, 1)
SELECT ends_second FROM day_ends WHERE day = $day;

-- On which weekday and at which hour were complaints opened, and answered?
-- kept as kept_3
-- $first_day = datetime.date(1, 1, 1)
-- $known_until = 1769990400
-- $last_day = datetime.date(2026, 2, 1)
WITH
-- Which complaints are looked at?
complaints_looked_at AS (
    SELECT complaints.*
    FROM complaints
    WHERE 1 = 1 AND complaints.day BETWEEN $first_day AND $last_day
),

-- When was each complaint resolved, as far as is known?
awaited AS (
    SELECT complaints_looked_at.*,
           CASE WHEN resolved_second < $known_until THEN resolved_second END AS answered_second,
           CASE WHEN is_closed AND resolved_second IS NULL THEN 1 ELSE 0 END AS is_over
    FROM complaints_looked_at
),

-- How long did each complaint wait for its answer?
complaint_waits AS (
    SELECT awaited.*,
           coalesce(answered_second, $known_until) - opened_second AS wait_seconds,
           CASE WHEN answered_second IS NULL THEN 0 ELSE 1 END AS is_answered,
           CASE WHEN answered_second IS NULL THEN 1 - is_over ELSE 0 END AS is_open,
           CASE WHEN answered_second IS NULL THEN is_over ELSE 0 END AS is_apart,
           CASE WHEN answered_second IS NOT NULL AND is_resolved_by_closing THEN 1 ELSE 0 END AS is_by_closing
    FROM awaited
)

SELECT event, weekday, hour_of_day, count(*) AS complaints,
       count(CASE WHEN hour_of_day > 0 OR minute_of_hour > 0 THEN 1 END) AS with_time
FROM (
    SELECT 'opened' AS event, (calendar.day_number - 1) % 7 AS weekday,
           hour(opened_at) AS hour_of_day, minute(opened_at) AS minute_of_hour
    FROM complaint_waits
    JOIN calendar ON calendar.day = complaint_waits.day
    UNION ALL
    SELECT 'answered' AS event, (calendar.day_number - 1) % 7 AS weekday,
           hour(resolved_at) AS hour_of_day, minute(resolved_at) AS minute_of_hour
    FROM complaint_waits
    JOIN calendar ON calendar.day = CAST(resolved_at AS DATE)
    WHERE is_answered = 1 AND resolved_at IS NOT NULL
) AS moments
GROUP BY event, weekday, hour_of_day;

-- What does a kept table hold?
SELECT * FROM kept_3;
