-- At which second does a day end, by the clock of the workspace?
-- One row: ends_second of $day.
-- reads: day_ends
-- binds: day
SELECT ends_second FROM day_ends WHERE day = $day
