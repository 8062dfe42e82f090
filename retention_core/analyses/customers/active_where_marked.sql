-- In which periods did each customer buy, and how often, where not every order counts?
-- One row per customer and period (and segment): orders (those that count as coming back), starts (1 where something in it
-- may begin a cohort), revenue (of all orders read; refunds lower it).
-- reads: counted
-- holes: segment
SELECT customer_key, period, CAST(count(CASE WHEN is_return > 0 THEN 1 END) AS INTEGER) AS orders, max(is_start) AS starts,
       sum(amount) AS revenue{segment}
FROM counted
GROUP BY customer_key, period{segment}
