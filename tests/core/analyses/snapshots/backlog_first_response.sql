-- At which second does a day end, by the clock of the workspace?
-- kept as kept_2
-- $day = datetime.date(2026, 2, 1)
SELECT ends_second FROM day_ends WHERE day = $day;

-- On which days were complaints opened, and on which answered?
-- kept as kept_3
-- $as_of = datetime.date(2026, 2, 1)
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

-- When was each complaint first responded to, as far as is known?
awaited AS (
    SELECT complaints_looked_at.*,
           CASE WHEN first_response_second < $known_until THEN first_response_second END AS answered_second,
           CASE WHEN resolved_second < $known_until
                     OR (is_closed AND resolved_second IS NULL AND first_response_second IS NULL)
                THEN 1 ELSE 0 END AS is_over
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

SELECT opened_on, answered_on, is_apart, count(*) AS complaints
FROM (
    SELECT day AS opened_on, is_apart,
           CASE WHEN is_answered = 1 THEN least(greatest(CAST(first_response_at AS DATE), day), $as_of) END AS answered_on
    FROM complaint_waits
    WHERE wait_seconds >= 0
) AS moved
GROUP BY opened_on, answered_on, is_apart;

-- What does a kept table hold?
SELECT * FROM kept_3;
