-- How many days lie between a purchase and the last day of the data?
-- One row per number of days: customers, of those who first bought from $first_number to $last_number. {days}: the kept
-- table of `next_days`.
-- reads: {days}
-- holes: days
-- binds: first_number, last_number, as_of_number
SELECT $as_of_number - start_day AS days, count(*) AS customers
FROM {days}
WHERE first_day BETWEEN $first_number AND $last_number
GROUP BY $as_of_number - start_day
ORDER BY days
