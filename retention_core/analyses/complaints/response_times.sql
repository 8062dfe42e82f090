-- How long did complaints wait for their answer, by the period in which they were opened?
-- One row per period, wait and kind of complaint: complaints, how many. is_old_enough: opened more than $limit_seconds
-- before the end of the data.
-- reads: complaint_waits, calendar
-- holes: period
-- binds: known_until, limit_seconds
SELECT period, wait_seconds, is_answered, is_old_enough, is_apart, is_by_closing, count(*) AS complaints
FROM (
    SELECT {period} AS period, wait_seconds, is_answered, is_apart, is_by_closing,
           CASE WHEN $known_until - opened_second > $limit_seconds THEN 1 ELSE 0 END AS is_old_enough
    FROM complaint_waits
    JOIN calendar ON calendar.day = complaint_waits.day
) AS placed
GROUP BY period, wait_seconds, is_answered, is_old_enough, is_apart, is_by_closing
