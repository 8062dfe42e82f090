-- Which complaints stand behind a figure?
-- One row per complaint, at most $most: open ones first, then those closed at a moment unknown (without a wait), the longest
-- wait first. No moment after $known_until is shown. only_open, only_apart: 1 for only those.
-- reads: complaint_waits, customers, customer_value
-- binds: known_until, next_day, only_open, only_apart, most
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
LIMIT $most
