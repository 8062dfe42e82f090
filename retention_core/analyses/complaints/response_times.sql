-- How long did complaints wait for their answer, by the period in which they were opened?
-- One row per period (and segment_value, NULL where it is unknown), wait and kind of complaint: complaints, how many.
-- is_old_enough: opened more than $limit_seconds before the end of the data. {segment_column}: the segment, where asked for.
-- reads: complaint_waits, calendar
-- holes: period, segment, segment_column
-- binds: known_until, limit_seconds
SELECT period, wait_seconds, is_answered, is_old_enough, is_apart, is_by_closing, count(*) AS complaints{segment}
FROM (
    SELECT {period} AS period, wait_seconds, is_answered, is_apart, is_by_closing,
           CASE WHEN $known_until - opened_second > $limit_seconds THEN 1 ELSE 0 END AS is_old_enough{segment_column}
    FROM complaint_waits
    JOIN calendar ON calendar.day = complaint_waits.day
) AS placed
GROUP BY period, wait_seconds, is_answered, is_old_enough, is_apart, is_by_closing{segment}
