-- How many days until customers came back, or as far as they are followed without?
-- One row per number of days: came_back, customers, of those who first bought from $first_number to $last_number.
-- {steps}: the kept table of `second_purchase`.
-- reads: {steps}
-- holes: steps
-- binds: step, first_number, last_number, as_of_number
SELECT coalesce(next_day, $as_of_number) - start_day AS days, count(next_day) AS came_back, count(*) AS customers
FROM {steps}
WHERE step = $step AND first_day BETWEEN $first_number AND $last_number
GROUP BY coalesce(next_day, $as_of_number) - start_day
ORDER BY days
