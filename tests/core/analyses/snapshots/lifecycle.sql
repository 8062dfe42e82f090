-- How much does each canonical table hold?
-- kept as kept_2
SELECT 'orders' AS held, count(*) AS row_count, count(customer_key) AS linked_count, min(day) AS first_day,
       max(day) AS last_day
FROM orders
UNION ALL
SELECT 'complaints', count(*), count(customer_key), min(day),
       CAST(max(greatest(opened_at, first_response_at, resolved_at)) AS DATE)
FROM complaints
UNION ALL
SELECT 'satisfaction', count(*), count(customer_key), min(day), max(day)
FROM satisfaction
UNION ALL
SELECT 'customers', count(*), count(joined_at), CAST(NULL AS DATE), CAST(NULL AS DATE)
FROM customers
WHERE joined_at IS NOT NULL OR left_at IS NOT NULL OR leaving_reason IS NOT NULL OR is_club_member IS NOT NULL
   OR segment IS NOT NULL OR account_manager IS NOT NULL;

-- In which periods did each customer buy?
-- kept as kept_3
-- $refunds_are_visits = 1
WITH
-- Which orders are looked at, and which of them are purchases?
visits AS (
    SELECT orders.*, orders.customer_key AS buyer, CASE WHEN orders.is_refund THEN $refunds_are_visits ELSE 1 END AS is_visit
    FROM orders
    WHERE 1 = 1 AND NOT orders.is_refund AND orders.customer_key IS NOT NULL
)

SELECT customer_key, min(period) AS first_period, bit_or(shiftleft(CAST(1 AS BIGINT), period - 24312)) AS bought_0
FROM (
    SELECT visits.buyer AS customer_key, calendar.month_number AS period
    FROM visits
    JOIN calendar ON calendar.day = visits.day
    WHERE visits.is_visit > 0
) AS bought
GROUP BY customer_key;

-- Who buys in each period: new customers, those who bought in the period before too, and those who had paused?
-- kept as kept_4
SELECT sum((shiftright(bought_0, 0) & 1)) AS bought_24312, count(CASE WHEN first_period = 24312 THEN 1 END) AS new_24312, sum((shiftright(bought_0, 0) & 1) * 0) AS returning_24312,
       sum((shiftright(bought_0, 1) & 1)) AS bought_24313, count(CASE WHEN first_period = 24313 THEN 1 END) AS new_24313, sum((shiftright(bought_0, 1) & 1) * (shiftright(bought_0, 0) & 1)) AS returning_24313,
       sum((shiftright(bought_0, 2) & 1)) AS bought_24314, count(CASE WHEN first_period = 24314 THEN 1 END) AS new_24314, sum((shiftright(bought_0, 2) & 1) * (shiftright(bought_0, 1) & 1)) AS returning_24314
FROM kept_3;

-- What does a kept table hold?
SELECT * FROM kept_4;
