-- Who makes the revenue of each period: customers who are new in it, or those who bought before?
-- One row per period with a purchase or refund of a customer whose first purchase is known. {active}: the kept table of
-- customers by period.
-- reads: {active}
-- holes: active
SELECT period,
       sum(CASE WHEN period = first_period AND orders > 0 THEN 1 ELSE 0 END) AS new_customers,
       sum(CASE WHEN period > first_period AND orders > 0 THEN 1 ELSE 0 END) AS returning_customers,
       sum(CASE WHEN period = first_period THEN revenue ELSE 0 END) AS new_revenue,
       sum(CASE WHEN period > first_period THEN revenue ELSE 0 END) AS returning_revenue
FROM {active}
WHERE period >= first_period
GROUP BY period
ORDER BY period
