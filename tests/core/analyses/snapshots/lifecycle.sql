-- In which periods did each customer buy?
-- kept as kept_2
-- $refunds_are_visits = 1
WITH
-- Which orders are looked at, and which of them are purchases?
visits AS (
    SELECT orders.*, orders.customer_key AS buyer, CASE WHEN orders.is_refund THEN $refunds_are_visits ELSE 1 END AS is_visit
    FROM orders
    WHERE 1 = 1 AND NOT orders.is_refund AND orders.customer_key IS NOT NULL
),

-- In which period lies each purchase?
placed AS (
    SELECT visits.buyer AS customer_key, calendar.month_number AS period
    FROM visits
    JOIN calendar ON calendar.day = visits.day
    WHERE visits.is_visit > 0
)

SELECT customer_key, min(period) AS first_period, bit_or(shiftleft(CAST(1 AS BIGINT), period - 24312)) AS bought_0
FROM placed
GROUP BY customer_key;

-- Who buys in each period: new customers, those who bought in the period before too, and those who had paused?
-- kept as kept_3
SELECT sum((shiftright(bought_0, 0) & 1)) AS bought_24312, count(CASE WHEN first_period = 24312 THEN 1 END) AS new_24312, sum((shiftright(bought_0, 0) & 1) * 0) AS returning_24312,
       sum((shiftright(bought_0, 1) & 1)) AS bought_24313, count(CASE WHEN first_period = 24313 THEN 1 END) AS new_24313, sum((shiftright(bought_0, 1) & 1) * (shiftright(bought_0, 0) & 1)) AS returning_24313,
       sum((shiftright(bought_0, 2) & 1)) AS bought_24314, count(CASE WHEN first_period = 24314 THEN 1 END) AS new_24314, sum((shiftright(bought_0, 2) & 1) * (shiftright(bought_0, 1) & 1)) AS returning_24314
FROM kept_2;

-- What does a kept table hold?
SELECT * FROM kept_3;
