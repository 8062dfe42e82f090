-- In which periods did each customer buy, how often and for how much, and in which period did they come in?
-- kept as kept_2
-- $last_on = datetime.date(2026, 3, 31)
-- $refunds_are_visits = 1
WITH
-- Which orders are looked at, and which of them are purchases?
visits AS (
    SELECT orders.*, orders.customer_key AS buyer, CASE WHEN orders.is_refund THEN $refunds_are_visits ELSE 1 END AS is_visit
    FROM orders
    WHERE 1 = 1 AND NOT orders.is_refund AND orders.customer_key IS NOT NULL
),

-- In which period lies each order, and what does it count for?
bought AS (
    SELECT orders.buyer AS customer_key, calendar.month_number AS period, orders.amount, orders.ordered_at, orders.ordered_second,
           orders.row_number, orders.is_visit,
           CASE WHEN 1 = 0 THEN orders.is_visit ELSE 0 END AS is_start,
           CASE WHEN 1 = 1 THEN orders.is_visit ELSE 0 END AS is_return,
           NULL AS segment
    FROM visits AS orders
    JOIN calendar ON calendar.day = orders.day
),

-- When did customers complain?
starts AS (
    SELECT complaints.customer_key, calendar.month_number AS period, complaints.opened_at AS started_at
    FROM complaints
    JOIN calendar ON calendar.day = CAST(complaints.opened_at AS DATE)
    WHERE 1 = 1 AND complaints.customer_key IS NOT NULL AND calendar.day <= $last_on
),

-- In which period lies each order, and whatever else brings customers in?
counted AS (
    SELECT * FROM bought
    UNION ALL
    SELECT customer_key, period, 0 AS amount, started_at AS ordered_at, 0 AS ordered_second, 0 AS row_number,
           0 AS is_visit, 1 AS is_start, 0 AS is_return, NULL AS segment
    FROM starts
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
    WHERE starts > 0
    GROUP BY customer_key
)

SELECT active.customer_key, active.period, firsts.first_period, active.orders, active.starts
FROM active
JOIN firsts ON firsts.customer_key = active.customer_key AND 1 = 1;

-- Which cohort is the earliest?
SELECT min(first_period) AS earliest FROM kept_2;

-- Of the customers who bought in a period, how many buy again k periods later?
-- kept as kept_3
-- $first_cohort = 24312
-- $last_cohort = 24314
-- $last_period = 24314
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
