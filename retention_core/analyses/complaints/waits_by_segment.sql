-- How long did complaints wait for their answer, by the value of a segment and the period in which they were opened?
-- One row per value, period, wait and kind of complaint: complaints, how many. segment_value is NULL where it is unknown.
-- is_old_enough: opened more than $limit_seconds before the end of the data.
-- reads: complaint_waits, calendar
-- holes: segment, period
-- binds: known_until, limit_seconds
SELECT segment_value, period, wait_seconds, is_answered, is_old_enough, is_apart, count(*) AS complaints
FROM (
    SELECT complaint_waits.{segment} AS segment_value, {period} AS period, wait_seconds, is_answered, is_apart,
           CASE WHEN $known_until - opened_second > $limit_seconds THEN 1 ELSE 0 END AS is_old_enough
    FROM complaint_waits
    JOIN calendar ON calendar.day = complaint_waits.day
) AS placed
GROUP BY segment_value, period, wait_seconds, is_answered, is_old_enough, is_apart
