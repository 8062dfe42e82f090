-- At which second does a day end, by the clock of the workspace?
-- kept as kept_2
-- $day = datetime.date(2026, 2, 1)
SELECT ends_second FROM day_ends WHERE day = $day;

-- Which complaints are open now, and what is known of each?
-- $as_of = datetime.date(2026, 2, 1)
-- $first_day = datetime.date(1, 1, 1)
-- $known_until = 1769990400
-- $last_day = datetime.date(2026, 2, 1)
-- $next_day = datetime.date(2026, 2, 2)
WITH
-- Which complaints are looked at?
complaints_looked_at AS (
    SELECT complaints.*
    FROM complaints
    WHERE 1 = 1 AND complaints.day BETWEEN $first_day AND $last_day
),

-- When was each complaint resolved, as far as is known?
awaited AS (
    SELECT complaints_looked_at.*,
           CASE WHEN resolved_second < $known_until THEN resolved_second END AS answered_second,
           CASE WHEN is_closed AND resolved_second IS NULL THEN 1 ELSE 0 END AS is_over
    FROM complaints_looked_at
),

-- How long did each complaint wait for its answer?
complaint_waits AS (
    SELECT awaited.*,
           coalesce(answered_second, $known_until) - opened_second AS wait_seconds,
           CASE WHEN answered_second IS NULL THEN 0 ELSE 1 END AS is_answered,
           CASE WHEN answered_second IS NULL THEN 1 - is_over ELSE 0 END AS is_open,
           CASE WHEN answered_second IS NULL THEN is_over ELSE 0 END AS is_apart,
           CASE WHEN answered_second IS NOT NULL AND is_resolved_by_closing THEN 1 ELSE 0 END AS is_by_closing
    FROM awaited
),

-- Which complaints are open, and who was last in touch about them?
chosen AS (
    SELECT complaint_waits.*,
           CASE WHEN first_response_second < $known_until THEN first_response_at END AS responded_at,
           CASE WHEN follow_up_at < $next_day THEN follow_up_at END AS followed_up_at
    FROM complaint_waits
    WHERE is_open = 1
),

-- What have the customers chosen spent?
customer_value AS (
    SELECT customer_key, sum(amount) AS customer_value
    FROM orders
    WHERE customer_key IN (SELECT customer_key FROM chosen) AND day <= $as_of
    GROUP BY customer_key
),

-- How often had the customers chosen complained before?
complaints_before AS (
    SELECT customer_key, opened_second,
           CAST(sum(count(*)) OVER (PARTITION BY customer_key ORDER BY opened_second) - count(*) AS BIGINT)
               AS complaints_before
    FROM complaints
    WHERE customer_key IN (SELECT customer_key FROM chosen) AND day <= $as_of
    GROUP BY customer_key, opened_second
)

SELECT chosen.complaint_id, customers.customer, chosen.opened_at, chosen.opened_second,
       chosen.wait_seconds, customer_value.customer_value, chosen.reason, chosen.channel, chosen.team,
       chosen.employee, chosen.severity,
       CASE WHEN chosen.responded_at IS NULL OR chosen.followed_up_at > chosen.responded_at
            THEN chosen.followed_up_at ELSE chosen.responded_at END AS last_touch_at,
       complaints_before.complaints_before
FROM chosen
LEFT JOIN customers ON customers.customer_key = chosen.customer_key
LEFT JOIN customer_value ON customer_value.customer_key = chosen.customer_key
LEFT JOIN complaints_before ON complaints_before.customer_key = chosen.customer_key
                           AND complaints_before.opened_second = chosen.opened_second
ORDER BY chosen.wait_seconds DESC, chosen.complaint_id;

-- From which sum on does a customer belong to the tenth who have spent most?
-- kept as kept_3
-- $as_of = datetime.date(2026, 2, 1)
SELECT min(customer_value) AS least_value
FROM (
    SELECT customer_value, cume_dist() OVER (ORDER BY customer_value DESC) AS share_so_rich
    FROM (
        SELECT customer_key, sum(amount) AS customer_value
        FROM orders
        WHERE day <= $as_of
        GROUP BY customer_key
        HAVING sum(amount) IS NOT NULL
    ) AS spent
) AS ranked
WHERE share_so_rich <= 0.1;

-- What does a kept table hold?
SELECT * FROM kept_3;
