-- Which complaints stand behind a figure?
-- One row per complaint, open ones first, the longest wait first.
WITH looked_at AS (
    SELECT complaints.customer_key, complaints.complaint_id, complaints.opened_at, complaints.first_response_at,
           complaints.resolved_at, complaints.opened_second,
           CASE WHEN complaints.{answered_second} < $known_until THEN complaints.{answered_second} END
               AS answered_second,
           complaints.reason, complaints.team, complaints.employee
    FROM complaints
    WHERE {looked_at} AND complaints.day BETWEEN $first_day AND $last_day
),

worth AS (
    SELECT customer_key, sum(amount) AS customer_value
    FROM orders
    WHERE customer_key IN (SELECT customer_key FROM looked_at) AND day <= $as_of_day
    GROUP BY customer_key
)

SELECT looked_at.complaint_id, customers.customer, looked_at.opened_at, looked_at.first_response_at,
       looked_at.resolved_at,
       CASE WHEN looked_at.answered_second IS NULL THEN 1 ELSE 0 END AS is_open,
       coalesce(looked_at.answered_second, $known_until) - looked_at.opened_second AS wait_seconds,
       worth.customer_value, looked_at.reason, looked_at.team, looked_at.employee
FROM looked_at
LEFT JOIN customers ON customers.customer_key = looked_at.customer_key
LEFT JOIN worth ON worth.customer_key = looked_at.customer_key
WHERE looked_at.answered_second IS NULL OR $only_open = 0
ORDER BY is_open DESC, wait_seconds DESC, looked_at.opened_at
LIMIT 5000
