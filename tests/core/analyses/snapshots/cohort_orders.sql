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

-- What did the customers behind a cell of the cohort table buy?
-- $cohort = 24312
-- $most = 100000
-- $needed = 1
-- $refunds_are_visits = 1
WITH
-- Which orders are looked at, and which of them are purchases?
visits AS (
    SELECT orders.*, orders.customer_key AS buyer, CASE WHEN orders.is_refund THEN $refunds_are_visits ELSE 1 END AS is_visit
    FROM orders
    WHERE 1 = 1 AND NOT orders.is_refund AND orders.customer_key IS NOT NULL
),

-- Which customers belong to the cohort?
members AS (
    SELECT customer_key
    FROM (SELECT bitmaps.*, $cohort AS cohort FROM kept_2 AS bitmaps) AS placed
    WHERE first_period = cohort AND 1 = 1
),

-- Which members of a cohort came back in the periods of a cell?
behind_cell AS (
    SELECT bitmaps.customer_key
    FROM kept_2 AS bitmaps
    JOIN members ON members.customer_key = bitmaps.customer_key
    WHERE 0 + bit_count(bought_0 & 2) >= $needed AND 1 = 1
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

SELECT named.customer, bought_by_returned.ordered_at, bought_by_returned.order_id, bought_by_returned.amount
FROM bought_by_returned
JOIN named ON named.customer_key = bought_by_returned.customer_key
ORDER BY bought_by_returned.ordered_at, named.customer
LIMIT $most;
