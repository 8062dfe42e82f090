-- In which window, counted from their own first purchase, lies each order of a customer?
-- One row per order from the first purchase on. period: that of the first purchase plus the number of the window of
-- $window_seconds, so that their difference is that number. {windows_segment}: the segment, where asked for; {same_segment}:
-- whether each segment has first purchases of its own.
-- reads: counted, firsts
-- holes: windows_segment, same_segment
-- binds: window_seconds
SELECT counted.customer_key, firsts.first_period, counted.amount, counted.is_start, counted.is_return{windows_segment},
       firsts.first_period
           + CAST(floor((counted.ordered_second - firsts.first_second) / $window_seconds) AS INTEGER) AS period
FROM counted
JOIN firsts ON firsts.customer_key = counted.customer_key AND {same_segment}
WHERE counted.ordered_second >= firsts.first_second
