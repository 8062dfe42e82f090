-- How long did complaints wait for their answer, by the period in which they were opened?
-- One row per period and wait. `is_old_enough`: opened more than $limit_seconds before the end of the data. A complaint not
-- answered by $known_until has waited until then and is still open, unless it is closed at a moment unknown (`is_apart`):
-- then nobody can say how long it waited. `is_by_closing`: its moment of closing stands for that of its resolution.
WITH opened AS (
    SELECT {period} AS period,
           complaints.opened_second,
           CASE WHEN complaints.{answered_second} < $known_until THEN complaints.{answered_second} END
               AS answered_second,
           CASE WHEN {closed_apart} THEN 1 ELSE 0 END AS is_closed,
           CASE WHEN complaints.is_resolved_by_closing THEN 1 ELSE 0 END AS is_by_closing
    FROM complaints
    JOIN calendar ON calendar.day = complaints.day
    WHERE {looked_at} AND complaints.day BETWEEN $first_day AND $last_day
),

waits AS (
    SELECT period,
           coalesce(answered_second, $known_until) - opened_second AS wait_seconds,
           CASE WHEN answered_second IS NULL THEN 0 ELSE 1 END AS is_answered,
           CASE WHEN $known_until - opened_second > $limit_seconds THEN 1 ELSE 0 END AS is_old_enough,
           CASE WHEN answered_second IS NULL THEN is_closed ELSE 0 END AS is_apart,
           CASE WHEN answered_second IS NULL THEN 0 ELSE is_by_closing END AS is_by_closing
    FROM opened
)

SELECT period, wait_seconds, is_answered, is_old_enough, is_apart, is_by_closing, count(*) AS complaints
FROM waits
GROUP BY period, wait_seconds, is_answered, is_old_enough, is_apart, is_by_closing
ORDER BY period, wait_seconds, is_answered, is_old_enough, is_apart, is_by_closing
