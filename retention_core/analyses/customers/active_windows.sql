-- In which window of $window_seconds, counted from his own first purchase, did each customer buy?
-- One row per customer and window, with the columns of active_periods.sql: `period` is the period of the first purchase
-- plus the number of the window, so that their difference is that number.
WITH bought AS (
    SELECT {unit} AS customer_key, {period} AS period, orders.amount, orders.ordered_second, orders.row_number,
           {is_visit} AS is_visit, {is_start} AS is_start, {is_return} AS is_return {own_segment}
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE {looked_at} AND orders.day <= $last_on
),

firsts_by_moment AS (
    SELECT customer_key, min(period) AS first_period, min(ordered_second) AS first_second {partition}
    FROM bought
    WHERE is_visit * {first_of} > 0
    GROUP BY customer_key {partition}
),

-- the same where the very first purchase alone decides, with its segment
firsts_by_purchase AS (
    SELECT customer_key, period AS first_period, ordered_second AS first_second, is_start {first_segment}
    FROM (
        SELECT *, row_number() OVER (PARTITION BY customer_key {partition}
                                     ORDER BY ordered_second, row_number) AS purchase_number
        FROM bought
        WHERE is_visit * {first_of} > 0
    ) AS numbered
    WHERE purchase_number = 1 AND is_start >= {least_start}
),

numbered AS (
    SELECT bought.customer_key, firsts.first_period, bought.amount, bought.is_visit, bought.is_start,
           bought.is_return {kept_segment},
           firsts.first_period + {window} AS period
    FROM bought
    JOIN {firsts} AS firsts ON firsts.customer_key = bought.customer_key {same_segment}
    WHERE bought.ordered_second >= firsts.first_second
)

SELECT customer_key, period, first_period, {orders} AS orders, {starts} AS starts {revenue} {segment}
FROM numbered
GROUP BY customer_key, period, first_period {segment}
