-- In which window, counted from their customer's own first purchase, lies each purchase?
-- One row per purchase, with the columns of `placed_in_periods`: its period is that of the first purchase plus the number of
-- the window of $window_seconds, so that their difference is that number. {firsts}: the kept table of `first_visits`.
-- reads: visits, {firsts}
-- holes: firsts
-- binds: window_seconds
SELECT visits.buyer AS customer_key,
       firsts.first_period
           + CAST(floor((visits.ordered_second - firsts.first_second) / $window_seconds) AS INTEGER) AS period
FROM visits
JOIN {firsts} AS firsts ON firsts.customer_key = visits.buyer
WHERE visits.is_visit > 0
