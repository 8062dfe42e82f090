-- In which periods did each customer buy, how often and for how much, and in which period did they come in?
-- kept as kept_2
-- $refunds_are_visits = 0
WITH
-- Which orders are looked at, and which of them are purchases?
visits AS (
    SELECT orders.*, orders.customer_key AS buyer, CASE WHEN orders.is_refund THEN $refunds_are_visits ELSE 1 END AS is_visit
    FROM orders
    WHERE 1 = 1 AND orders.customer_key IS NOT NULL
),

-- In which period lies each order, and what does it count for?
counted AS (
    SELECT orders.buyer AS customer_key, calendar.month_number AS period, orders.amount, orders.ordered_at, orders.ordered_second,
           orders.row_number, orders.is_visit,
           CASE WHEN 1 = 1 THEN orders.is_visit ELSE 0 END AS is_start,
           CASE WHEN 1 = 1 THEN orders.is_visit ELSE 0 END AS is_return,
           NULL AS segment
    FROM visits AS orders
    JOIN calendar ON calendar.day = orders.day
),

-- In which periods did each customer buy, and how often, where not every order counts?
active AS (
    SELECT customer_key, period, CAST(count(CASE WHEN is_return > 0 THEN 1 END) AS INTEGER) AS orders, max(is_start) AS starts,
           sum(amount) AS revenue
    FROM counted
    GROUP BY customer_key, period
),

-- In which period did each customer come in?
firsts AS (
    SELECT customer_key, min(period) AS first_period
    FROM active
    WHERE orders > 0
    GROUP BY customer_key
)

SELECT active.customer_key, active.period, firsts.first_period, active.orders, active.starts, active.revenue
FROM active
JOIN firsts ON firsts.customer_key = active.customer_key AND 1 = 1;

-- Which cohort is the earliest?
SELECT min(first_period) AS earliest FROM kept_2;

-- Of the customers who bought in a period, how many buy again k periods later?
-- kept as kept_3
-- $first_cohort = 24312
-- $from_1 = 1
-- $from_2 = 2
-- $last_cohort = 24314
-- $last_period = 24314
-- $least = 1
-- $to_1 = 1
-- $to_2 = 3
WITH
-- In which periods did each customer buy, counted from the one in which they came in?
since AS (
    SELECT active.*, first_period AS cohort, period - first_period AS period_number, orders AS most
    FROM kept_2 AS active
    WHERE first_period BETWEEN $first_cohort AND $last_cohort AND period >= first_period AND period <= $last_period
),

-- In which brackets of periods did each customer buy?
numbered AS (
    SELECT cohort, bracket AS period_number, customer_key, max(most) AS most
    FROM (SELECT since.*, CASE WHEN period_number = 0 THEN 0 WHEN period_number BETWEEN $from_1 AND $to_1 THEN 1 WHEN period_number BETWEEN $from_2 AND $to_2 THEN 2 END AS bracket FROM since) AS placed
    WHERE bracket IS NOT NULL
    GROUP BY cohort, bracket, customer_key
),

-- In which periods do customers count as back?
returned AS (
    SELECT cohort, period_number, customer_key
    FROM numbered
    WHERE most >= $least OR period_number = 0
)

SELECT cohort, period_number, count(*) AS customers
FROM returned
GROUP BY cohort, period_number
ORDER BY cohort, period_number;

-- What does a kept table hold?
SELECT * FROM kept_3;

-- For how much do the customers who bought in a period buy k periods later?
-- kept as kept_4
-- $first_cohort = 24312
-- $from_1 = 1
-- $from_2 = 2
-- $last_cohort = 24314
-- $last_period = 24314
-- $to_1 = 1
-- $to_2 = 3
WITH
-- In which periods did each customer buy, counted from the one in which they came in?
since AS (
    SELECT active.*, first_period AS cohort, period - first_period AS period_number, orders AS most
    FROM kept_2 AS active
    WHERE first_period BETWEEN $first_cohort AND $last_cohort AND period >= first_period AND period <= $last_period
),

-- How much did each customer spend in each bracket of periods?
numbered AS (
    SELECT cohort, bracket AS period_number, customer_key, sum(orders) AS orders, sum(revenue) AS revenue
    FROM (SELECT since.*, CASE WHEN period_number = 0 THEN 0 WHEN period_number BETWEEN $from_1 AND $to_1 THEN 1 WHEN period_number BETWEEN $from_2 AND $to_2 THEN 2 END AS bracket FROM since) AS placed
    WHERE bracket IS NOT NULL
    GROUP BY cohort, bracket, customer_key
),

-- How much of what each customer spends had they spent in the cohort's own period already?
money AS (
    SELECT numbered.*, least(greatest(numbered.revenue, 0), greatest(base.revenue, 0)) AS kept_revenue
    FROM numbered
    JOIN kept_2 AS base ON base.customer_key = numbered.customer_key AND base.period = numbered.cohort AND 1 = 1 AND base.period = base.first_period
)

SELECT cohort, period_number, sum(orders) AS orders, sum(revenue) AS revenue, sum(kept_revenue) AS kept_revenue
FROM money
GROUP BY cohort, period_number
ORDER BY cohort, period_number;

-- What does a kept table hold?
SELECT * FROM kept_4;
