-- At which second does a day end, by the clock of the workspace?
-- kept as kept_2
-- $day = datetime.date(2026, 2, 1)
SELECT ends_second FROM day_ends WHERE day = $day;

-- Which complaints stand behind a figure?
-- $as_of = datetime.date(2026, 2, 1)
-- $first_day = datetime.date(1, 1, 1)
-- $known_until = 1769990400
-- $last_day = datetime.date(2026, 2, 1)
-- $most = 5000
-- $next_day = datetime.date(2026, 2, 2)
-- $only_apart = 0
-- $only_open = 0
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
),

-- Which complaints are looked at?
chosen AS (
    SELECT complaints.*
    FROM complaints
    WHERE 1 = 1 AND complaints.day BETWEEN $first_day AND $last_day
),

-- What have the customers chosen spent?
customer_value AS (
    SELECT customer_key, sum(amount) AS customer_value
    FROM orders
    WHERE customer_key IN (SELECT customer_key FROM chosen) AND day <= $as_of
    GROUP BY customer_key
)

SELECT complaint_waits.complaint_id, customers.customer, complaint_waits.opened_at,
       CASE WHEN complaint_waits.first_response_second < $known_until THEN complaint_waits.first_response_at END
           AS first_response_at,
       CASE WHEN complaint_waits.resolved_second < $known_until AND NOT complaint_waits.is_resolved_by_closing
            THEN complaint_waits.resolved_at END AS resolved_at,
       CASE WHEN complaint_waits.closed_at < $next_day THEN complaint_waits.closed_at END AS closed_at,
       complaint_waits.is_open, complaint_waits.is_apart,
       CASE WHEN complaint_waits.is_apart = 0 THEN complaint_waits.wait_seconds END AS wait_seconds,
       customer_value.customer_value, complaint_waits.reason, complaint_waits.team, complaint_waits.employee
FROM complaint_waits
LEFT JOIN customers ON customers.customer_key = complaint_waits.customer_key
LEFT JOIN customer_value ON customer_value.customer_key = complaint_waits.customer_key
WHERE complaint_waits.is_open >= $only_open AND complaint_waits.is_apart >= $only_apart
ORDER BY complaint_waits.is_open DESC, complaint_waits.is_apart DESC, wait_seconds DESC, complaint_waits.opened_at
LIMIT $most;
