-- How many days after their last purchase do people typically give their first answer?
-- The median over customers, by nearest rank, of the answers and orders known by the last day of the data.
WITH answers AS (
    SELECT satisfaction.customer_key, min(calendar.day_number) AS answered_on
    FROM satisfaction
    JOIN calendar ON calendar.day = satisfaction.day
    WHERE satisfaction.customer_key IS NOT NULL AND {answers_looked_at} AND {on_scale}
    GROUP BY satisfaction.customer_key
),

-- compared inside the aggregate, since as a condition it may be taken for a way to join all answers with all days
gaps AS (
    SELECT answers.customer_key,
           min(CASE WHEN calendar.day_number <= answers.answered_on THEN answers.answered_on - calendar.day_number END) AS gap
    FROM answers
    JOIN orders ON orders.customer_key = answers.customer_key
    JOIN calendar ON calendar.day = orders.day
    WHERE {orders_looked_at}
    GROUP BY answers.customer_key
),

ranked AS (
    SELECT gap, cume_dist() OVER (ORDER BY gap) AS share_up_to FROM gaps WHERE gap IS NOT NULL
)

SELECT coalesce(min(gap), 0) AS typical_gap FROM ranked WHERE share_up_to >= 0.5
