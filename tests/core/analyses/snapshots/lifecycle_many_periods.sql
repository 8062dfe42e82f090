-- In which periods did each customer buy, how often and for how much, and in which period did they come in?
-- kept as kept_2
-- $refunds_are_visits = 1
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
           CASE WHEN 1 = 1 THEN orders.is_visit ELSE 0 END AS is_start,
           CASE WHEN 1 = 1 THEN orders.is_visit ELSE 0 END AS is_return,
           NULL AS segment
    FROM visits AS orders
    JOIN calendar ON calendar.day = orders.day
),

-- In which periods did each customer buy, and how often, where every order read is a purchase that counts for everything?
active AS (
    SELECT customer_key, period, CAST(count(*) AS INTEGER) AS orders, CAST(1 AS INTEGER) AS starts, sum(amount) AS revenue
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

SELECT active.customer_key, active.period, firsts.first_period, active.orders, active.starts
FROM active
JOIN firsts ON firsts.customer_key = active.customer_key AND 1 = 1;

-- Who buys in each period: new customers, those who bought in the period before too, and those who had paused?
-- kept as kept_3
SELECT period,
       sum(CASE WHEN period = first_period THEN 1 ELSE 0 END) AS new_customers,
       sum(CASE WHEN period_before = period - 1 THEN 1 ELSE 0 END) AS returning_customers,
       sum(CASE WHEN period_before < period - 1 THEN 1 ELSE 0 END) AS resurrected_customers,
       sum(CASE WHEN period_after = period + 1 THEN 0 ELSE 1 END) AS quiet_after
FROM (
    SELECT period, first_period,
           lag(period) OVER (PARTITION BY customer_key ORDER BY period) AS period_before,
           lead(period) OVER (PARTITION BY customer_key ORDER BY period) AS period_after
    FROM kept_2
    WHERE orders > 0
) AS bought
GROUP BY period
ORDER BY period;

-- What does a kept table hold?
SELECT * FROM kept_3;
