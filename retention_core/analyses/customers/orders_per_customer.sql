-- How many customers have bought once, twice, three times …?
-- One row per number of orders: customers who first bought from $first_day to $last_day. {so_far}: the kept table of
-- `purchases_so_far`.
-- reads: {so_far}
-- holes: so_far
-- binds: first_day, last_day
SELECT orders, sum(customers) AS customers
FROM {so_far}
WHERE first_day BETWEEN $first_day AND $last_day
GROUP BY orders
ORDER BY orders
