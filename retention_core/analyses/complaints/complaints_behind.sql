-- Which complaints stand behind a figure?
-- One row per complaint, open ones first, then those closed at a moment unknown (without a wait), the longest wait first.
-- No moment after $known_until is shown.
WITH looked_at AS (
    SELECT complaints.customer_key, complaints.complaint_id, complaints.opened_at, complaints.opened_second,
           CASE WHEN complaints.first_response_second < $known_until THEN complaints.first_response_at END
               AS first_response_at,
           CASE WHEN complaints.resolved_second < $known_until AND NOT complaints.is_resolved_by_closing
                THEN complaints.resolved_at END AS resolved_at,
           CASE WHEN complaints.closed_at < $next_day THEN complaints.closed_at END AS closed_at,
           CASE WHEN complaints.{answered_second} < $known_until THEN complaints.{answered_second} END
               AS answered_second,
           CASE WHEN {closed_apart} THEN 1 ELSE 0 END AS is_closed,
           complaints.reason, complaints.team, complaints.employee
    FROM complaints
    WHERE {looked_at} AND complaints.day BETWEEN $first_day AND $last_day
),

listed AS (
    SELECT looked_at.*,
           CASE WHEN answered_second IS NULL THEN 1 - is_closed ELSE 0 END AS is_open,
           CASE WHEN answered_second IS NULL THEN is_closed ELSE 0 END AS is_apart
    FROM looked_at
),

worth AS (
    SELECT customer_key, sum(amount) AS customer_value
    FROM orders
    WHERE customer_key IN (SELECT customer_key FROM looked_at) AND day <= $as_of
    GROUP BY customer_key
)

SELECT listed.complaint_id, customers.customer, listed.opened_at, listed.first_response_at, listed.resolved_at,
       listed.closed_at, listed.is_open, listed.is_apart,
       CASE WHEN listed.is_apart = 0 THEN coalesce(listed.answered_second, $known_until) - listed.opened_second END
           AS wait_seconds,
       worth.customer_value, listed.reason, listed.team, listed.employee
FROM listed
LEFT JOIN customers ON customers.customer_key = listed.customer_key
LEFT JOIN worth ON worth.customer_key = listed.customer_key
WHERE listed.is_open >= $only_open AND listed.is_apart >= $only_apart
ORDER BY listed.is_open DESC, listed.is_apart DESC, wait_seconds DESC, listed.opened_at
LIMIT 5000
