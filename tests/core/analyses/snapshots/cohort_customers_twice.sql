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

-- Which customers stand behind a cell of the cohort table?
-- $cohort = 24312
-- $from_period = 24313
-- $least = 2
-- $most = 5000
-- $needed = 1
-- $refunds_are_visits = 1
-- $to_period = 24313
WITH
-- Which customers came in in the cohort's period?
members AS (
    SELECT DISTINCT customer_key
    FROM kept_2
    WHERE first_period = $cohort AND period = $cohort AND 1 = 1
),

-- Which members of a cohort came back in the periods of a cell?
behind_cell AS (
    SELECT customer_key
    FROM (
        SELECT active.*, active.period - $cohort AS period_number
        FROM kept_2 AS active
        JOIN members ON members.customer_key = active.customer_key
    ) AS of_members
    WHERE period BETWEEN $from_period AND $to_period AND orders >= $least AND 1 = 1
    GROUP BY customer_key
    HAVING count(DISTINCT period_number) >= $needed
),

-- Which orders are looked at, and which of them are purchases?
visits AS (
    SELECT orders.*, orders.customer_key AS buyer, CASE WHEN orders.is_refund THEN $refunds_are_visits ELSE 1 END AS is_visit
    FROM orders
    WHERE 1 = 1 AND NOT orders.is_refund AND orders.customer_key IS NOT NULL
),

-- What did the customers behind a cell buy?
bought_by_returned AS (
    SELECT visits.buyer AS customer_key, visits.ordered_at, visits.day, visits.order_id, visits.amount
    FROM visits
    JOIN behind_cell ON behind_cell.customer_key = visits.buyer
),

-- What are customers called?
named AS (
    SELECT customer_key, customer FROM customers
)

SELECT named.customer, min(bought_by_returned.day) AS first_purchase_on, max(bought_by_returned.day) AS last_purchase_on,
       count(bought_by_returned.customer_key) AS orders, sum(bought_by_returned.amount) AS customer_value
FROM behind_cell
JOIN named ON named.customer_key = behind_cell.customer_key
LEFT JOIN bought_by_returned ON bought_by_returned.customer_key = behind_cell.customer_key
GROUP BY behind_cell.customer_key, named.customer
ORDER BY customer_value DESC NULLS LAST, customer
LIMIT $most;
