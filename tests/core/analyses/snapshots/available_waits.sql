-- Which moments of complaints are known at all?
SELECT count(first_response_at) AS first_response, count(resolved_at) AS resolution FROM complaints;
