-- Of the customers who first bought on a day, how many bought again within the horizon?
-- One row per day of a first purchase: first_day (number), cohort (number of its period), customers, known (whose days
-- have passed), came_back (of the known), repeat_customers (more than one purchase, whenever).
-- reads: came_back_after, first_purchases, calendar
-- holes: period
SELECT came_back_after.landmark AS first_day, {period} AS cohort, count(*) AS customers,
       sum(CASE WHEN came_back_after.outcome = 'not_yet_known' THEN 0 ELSE 1 END) AS known,
       sum(CASE WHEN came_back_after.outcome = 'came_back' THEN 1 ELSE 0 END) AS came_back,
       sum(CASE WHEN first_purchases.purchases > 1 THEN 1 ELSE 0 END) AS repeat_customers
FROM came_back_after
JOIN first_purchases ON first_purchases.customer_key = came_back_after.customer_key
JOIN calendar ON calendar.day_number = came_back_after.landmark
GROUP BY came_back_after.landmark, {period}
