-- How many days until customers came back, or as far as they are followed without?
-- One row per number of days: came_back, customers, of those who first bought from $first_number to $last_number.
-- {days}: the kept table of `next_days`.
-- reads: {days}
-- holes: days
-- binds: first_number, last_number, as_of_number
SELECT coalesce(next_day, $as_of_number) - start_day AS days, count(next_day) AS came_back, count(*) AS customers
FROM {days}
WHERE first_day BETWEEN $first_number AND $last_number
GROUP BY coalesce(next_day, $as_of_number) - start_day
ORDER BY days
