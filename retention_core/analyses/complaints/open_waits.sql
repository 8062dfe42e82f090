-- Which complaints are open, and who was last in touch about them?
-- One row per open complaint, with all columns of complaint_waits. responded_at, followed_up_at: its first response and its
-- follow-up, where they came before the end of the last day.
-- reads: complaint_waits
-- binds: known_until, next_day
SELECT complaint_waits.*,
       CASE WHEN first_response_second < $known_until THEN first_response_at END AS responded_at,
       CASE WHEN follow_up_at < $next_day THEN follow_up_at END AS followed_up_at
FROM complaint_waits
WHERE is_open = 1
