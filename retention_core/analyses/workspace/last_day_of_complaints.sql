-- What is the last day on which a complaint was opened, responded to or resolved?
-- One row: last_day.
-- reads: complaints
SELECT CAST(max(greatest(opened_at, first_response_at, resolved_at)) AS DATE) AS last_day FROM complaints
