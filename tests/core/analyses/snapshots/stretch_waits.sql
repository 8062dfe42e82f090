-- At which second does a day end, by the clock of the workspace?
-- kept as kept_2
-- $day = datetime.date(2026, 2, 1)
SELECT ends_second FROM day_ends WHERE day = $day;

-- How long did complaints wait for their answer, by the period in which they were opened?
-- kept as kept_3
-- $first_day = datetime.date(2026, 1, 5)
-- $known_until = 1769990400
-- $last_day = datetime.date(2026, 2, 1)
-- $limit_seconds = 432000
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

SELECT period, wait_seconds, is_answered, is_old_enough, is_apart, is_by_closing, count(*) AS complaints
FROM (
    SELECT CAST(floor((calendar.day_number - 1 - 0) / 7) AS INTEGER) AS period, wait_seconds, is_answered, is_apart, is_by_closing,
           CASE WHEN $known_until - opened_second > $limit_seconds THEN 1 ELSE 0 END AS is_old_enough
    FROM complaint_waits
    JOIN calendar ON calendar.day = complaint_waits.day
) AS placed
GROUP BY period, wait_seconds, is_answered, is_old_enough, is_apart, is_by_closing;

-- What does a kept table hold?
SELECT * FROM kept_3;
