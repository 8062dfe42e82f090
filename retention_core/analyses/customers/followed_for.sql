-- How many days lie between a purchase and the last day of the data?
-- One row per number of days: customers, of those who first bought from $first_number to $last_number. {steps}: the kept
-- table of `second_purchase`.
-- reads: {steps}
-- holes: steps
-- binds: step, first_number, last_number, as_of_number
SELECT $as_of_number - start_day AS days, count(*) AS customers
FROM {steps}
WHERE step = $step AND first_day BETWEEN $first_number AND $last_number
GROUP BY $as_of_number - start_day
ORDER BY days
