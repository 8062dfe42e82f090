-- In which periods did each customer buy, and how often, where every order read is a purchase that counts for everything?
-- One row per customer and period (and segment): orders, starts (1), revenue. The plainest way to count, since it takes most
-- of the time.
-- reads: counted
-- holes: segment
SELECT customer_key, period, CAST(count(*) AS INTEGER) AS orders, CAST(1 AS INTEGER) AS starts, sum(amount) AS revenue{segment}
FROM counted
GROUP BY customer_key, period{segment}
