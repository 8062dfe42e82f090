-- In which periods did each customer buy, how often and for how much, and in which period did he come in?
-- One row per customer and period (and segment, where asked for). Kept until the data changes: most questions need
-- nothing else. {looked_at}: which orders; {is_visit}: 1 where an order counts as a purchase; {is_start}: 1 where it may
-- begin a cohort; {is_return}: 1 where it counts as coming back; {other_starts}: what else brings customers in; {unit}: who
-- is counted; {source}: the orders, or for longer periods the kept months. {revenue}, {segment} and their like are empty
-- where nothing is asked.
WITH bought AS (
    SELECT {unit} AS customer_key, {period} AS period, orders.amount, orders.ordered_at, orders.row_number,
           {is_visit} AS is_visit, {is_start} AS is_start, {is_return} AS is_return {own_segment}
    FROM orders
    JOIN calendar ON calendar.day = orders.day
    WHERE {looked_at}
    {other_starts}
),

active AS (
    SELECT customer_key, period, {orders} AS orders, {starts} AS starts {revenue} {segment}
    FROM {source}
    GROUP BY customer_key, period {segment}
),

-- the period of the first thing that may begin a cohort: a purchase, unless something else is asked for
firsts_by_period AS (
    SELECT customer_key, min(period) AS first_period {segment}
    FROM active
    WHERE {begins} > 0
    GROUP BY customer_key {segment}
),

-- the same from the very first purchase alone, and its segment
firsts_by_purchase AS (
    SELECT customer_key, period AS first_period, is_start {first_segment}
    FROM (
        SELECT *, row_number() OVER (PARTITION BY customer_key {partition}
                                     ORDER BY ordered_at, row_number) AS purchase_number
        FROM bought
        WHERE is_visit * {first_of} > 0
    ) AS numbered
    WHERE purchase_number = 1 AND is_start >= {least_start}
)

SELECT active.customer_key, active.period, firsts.first_period, active.orders, active.starts {kept_revenue} {kept_segment}
FROM active
{join} {firsts} AS firsts ON firsts.customer_key = active.customer_key {same_segment}
