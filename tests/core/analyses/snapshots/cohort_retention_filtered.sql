-- In which periods did each customer buy?
-- kept as kept_2
-- $as_of = datetime.date(2026, 3, 31)
-- $channel_0 = 'web'
-- $refunds_are_visits = 1
WITH
-- Which orders are looked at, and which of them are purchases?
visits AS (
    SELECT orders.*, orders.customer_key AS buyer, CASE WHEN orders.is_refund THEN $refunds_are_visits ELSE 1 END AS is_visit
    FROM orders
    WHERE 1 = 1 AND orders.day <= $as_of AND NOT orders.is_refund AND orders.channel IN ($channel_0) AND orders.customer_key IS NOT NULL
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

-- Which cohort is the earliest?
SELECT min(first_period) AS earliest FROM kept_2;

-- Of the customers of each cohort, how many are back in each period?
-- kept as kept_3
-- $first_cohort = 24312
-- $last_cohort = 24313
WITH
-- In which periods did customers buy after the one in which they came in?
later AS (
    SELECT cohort, shiftleft(shiftright(bought_0, least(greatest(cohort - 24311, 0), 62)), least(greatest(cohort - 24311, 0), 62)) AS later_0
    FROM (SELECT bitmaps.*, first_period AS cohort FROM kept_2 AS bitmaps) AS placed
    WHERE cohort BETWEEN $first_cohort AND $last_cohort
)

SELECT cohort, count(*) AS members,
       CAST(sum(shiftright(later_0, 1) & 2147483649) AS BIGINT) AS in_0_1,
       CAST(sum(shiftright(later_0, 2) & 2147483649) AS BIGINT) AS in_0_2
FROM later
GROUP BY cohort;

-- What does a kept table hold?
SELECT * FROM kept_3;
