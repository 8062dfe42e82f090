-- Of the customers who first bought in a period, how many bought again within the horizon?
-- One row per period of the first purchase: customers, known (whose days have passed), came_back (of the known),
-- repeat_customers (more than one purchase, whenever).
-- reads: came_back_after, first_purchases, calendar
-- holes: period
SELECT {period} AS cohort, count(*) AS customers,
       sum(CASE WHEN came_back_after.outcome = 'not_yet_known' THEN 0 ELSE 1 END) AS known,
       sum(CASE WHEN came_back_after.outcome = 'came_back' THEN 1 ELSE 0 END) AS came_back,
       sum(CASE WHEN first_purchases.purchases > 1 THEN 1 ELSE 0 END) AS repeat_customers
FROM came_back_after
JOIN first_purchases ON first_purchases.customer_key = came_back_after.customer_key
JOIN calendar ON calendar.day_number = came_back_after.landmark
GROUP BY {period}
