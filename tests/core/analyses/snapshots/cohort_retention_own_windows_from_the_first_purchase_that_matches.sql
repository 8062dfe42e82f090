-- In which windows, counted from their own first purchase, did each customer buy, how often and for how much?
-- kept as kept_2
-- $refunds_are_visits = 1
-- $start_channel_0 = 'web'
-- $window_seconds = 2592000
WITH
-- Which orders are looked at, and which of them are purchases?
visits AS (
    SELECT orders.*, orders.customer_key AS buyer, CASE WHEN orders.is_refund THEN $refunds_are_visits ELSE 1 END AS is_visit
    FROM orders
    WHERE 1 = 1 AND NOT orders.is_refund AND orders.customer_key IS NOT NULL
),

-- In which period lies each order, and what does it count for?
counted AS (
    SELECT orders.buyer AS customer_key, calendar.month_number AS period, orders.amount, orders.ordered_at, orders.ordered_second,
           orders.row_number, orders.is_visit,
           CASE WHEN 1 = 1 AND orders.channel IN ($start_channel_0) THEN orders.is_visit ELSE 0 END AS is_start,
           CASE WHEN 1 = 1 THEN orders.is_visit ELSE 0 END AS is_return,
           NULL AS segment
    FROM visits AS orders
    JOIN calendar ON calendar.day = orders.day
),

-- In which second did each customer come in?
firsts AS (
    SELECT customer_key, min(period) AS first_period, min(ordered_second) AS first_second
    FROM counted
    WHERE is_start > 0
    GROUP BY customer_key
),

-- In which window, counted from their own first purchase, lies each order of a customer?
in_windows AS (
    SELECT counted.customer_key, firsts.first_period, counted.amount, counted.is_start, counted.is_return,
           firsts.first_period
               + CAST(floor((counted.ordered_second - firsts.first_second) / $window_seconds) AS INTEGER) AS period
    FROM counted
    JOIN firsts ON firsts.customer_key = counted.customer_key AND 1 = 1
    WHERE counted.ordered_second >= firsts.first_second
),

-- In which windows did each customer buy, how often and for how much?
active_in_windows AS (
    SELECT customer_key, period, first_period, CAST(sum(is_return) AS INTEGER) AS orders, max(is_start) AS starts,
           sum(amount) AS revenue
    FROM in_windows
    GROUP BY customer_key, period, first_period
)

SELECT customer_key, period, first_period, orders, starts
FROM active_in_windows;

-- Which cohort is the earliest?
SELECT min(first_period) AS earliest FROM kept_2;

-- Of the customers who bought in a period, how many buy again k periods later?
-- kept as kept_3
-- $first_cohort = 24312
-- $last_cohort = 24314
-- $last_period = 2147483647
-- $least = 1
WITH
-- In which periods did each customer buy, counted from the one in which they came in?
numbered AS (
    SELECT active.*, first_period AS cohort, period - first_period AS period_number, orders AS most
    FROM kept_2 AS active
    WHERE first_period BETWEEN $first_cohort AND $last_cohort AND period >= first_period AND period <= $last_period
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
