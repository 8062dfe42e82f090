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
    SELECT visits.buyer AS customer_key, calendar.month_number AS period, visits.channel AS segment
    FROM visits
    JOIN calendar ON calendar.day = visits.day
    WHERE visits.is_visit > 0
)

SELECT customer_key, min(period) AS first_period, bit_or(shiftleft(CAST(1 AS BIGINT), period - 24312)) AS bought_0, segment
FROM placed
GROUP BY customer_key, segment;

-- Which cohort is the earliest?
SELECT min(first_period) AS earliest FROM kept_2;

-- Of the customers of each cohort, how many are back in each period?
-- kept as kept_3
-- $first_cohort = 24312
-- $last_cohort = 24314
WITH
-- In which periods did customers buy after each one in which they bought?
later AS (
    SELECT cohort, shiftleft(shiftright(bought_0, least(greatest(cohort - 24311, 0), 62)), least(greatest(cohort - 24311, 0), 62)) AS later_0, segment
    FROM (
        SELECT bitmaps.*, cohorts.cohort
        FROM kept_2 AS bitmaps
        CROSS JOIN (SELECT DISTINCT calendar.month_number AS cohort FROM calendar WHERE calendar.month_number BETWEEN $first_cohort AND $last_cohort)
            AS cohorts
    ) AS placed
    WHERE CASE WHEN cohort < 24374 THEN shiftright(bought_0, cohort - 24312) & 1 END = 1
)

SELECT cohort, count(*) AS members,
       CAST(sum(shiftright(later_0, 1) & 2147483649) AS BIGINT) AS in_0_1,
       CAST(sum(shiftright(later_0, 2) & 2147483649) AS BIGINT) AS in_0_2, segment
FROM later
GROUP BY cohort, segment;

-- What does a kept table hold?
SELECT * FROM kept_3;
