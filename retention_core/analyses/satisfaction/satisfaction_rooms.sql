-- How many came back of the satisfied and of the less satisfied, and what had they spent?
-- One row for each of satisfied and less satisfied, came back and did not: customers, and revenue up to $as_of.
WITH answered AS (
    SELECT customer_key, outcome, score >= $threshold AS is_satisfied
    FROM {landmarks}
    WHERE score IS NOT NULL AND outcome <> 'not_yet_known'
),

worth AS (
    SELECT customer_key, sum(amount) AS revenue
    FROM orders
    WHERE customer_key IN (SELECT customer_key FROM answered) AND day <= $as_of
    GROUP BY customer_key
)

SELECT answered.is_satisfied, answered.outcome, count(*) AS customers, sum(worth.revenue) AS revenue
FROM answered
LEFT JOIN worth ON worth.customer_key = answered.customer_key
GROUP BY answered.is_satisfied, answered.outcome
ORDER BY answered.is_satisfied DESC, answered.outcome
