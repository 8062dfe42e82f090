-- In which longer periods did each customer buy, as their months tell?
-- One row per customer and period: orders, starts, revenue. {months}: the kept table of the months; {longer_period}: the number
-- of the period in which a month lies; {month_revenue}: the months' revenue, 0 where it is not asked for.
-- reads: {months}
-- holes: months, longer_period, month_revenue
SELECT customer_key, {longer_period} AS period, CAST(sum(orders) AS INTEGER) AS orders, max(starts) AS starts,
       sum({month_revenue}) AS revenue
FROM {months}
GROUP BY customer_key, {longer_period}
