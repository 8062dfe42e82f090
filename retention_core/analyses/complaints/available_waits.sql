-- Which moments of complaints are known at all?
-- One row: how many complaints have a first response, and how many a resolution.
-- reads: complaints
SELECT count(first_response_at) AS first_response, count(resolved_at) AS resolution FROM complaints
