-- Who buys in each period: new customers, those who bought in the period before too, and those who had paused?
-- One row per period with a purchase. quiet_after: how many of its customers did not buy in the period after it. {active}:
-- the kept table of customers by period.
-- reads: {active}
-- holes: active
SELECT period,
       sum(CASE WHEN period = first_period THEN 1 ELSE 0 END) AS new_customers,
       sum(CASE WHEN period_before = period - 1 THEN 1 ELSE 0 END) AS returning_customers,
       sum(CASE WHEN period_before < period - 1 THEN 1 ELSE 0 END) AS resurrected_customers,
       sum(CASE WHEN period_after = period + 1 THEN 0 ELSE 1 END) AS quiet_after
FROM (
    SELECT period, first_period,
           lag(period) OVER (PARTITION BY customer_key ORDER BY period) AS period_before,
           lead(period) OVER (PARTITION BY customer_key ORDER BY period) AS period_after
    FROM {active}
    WHERE orders > 0
) AS bought
GROUP BY period
ORDER BY period
