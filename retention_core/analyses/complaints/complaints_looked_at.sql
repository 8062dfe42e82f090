-- Which complaints are looked at?
-- One row per complaint opened from $first_day to $last_day, with all its columns. {complaints_looked_at}: which of them.
-- reads: complaints
-- holes: complaints_looked_at
-- binds: first_day, last_day
SELECT complaints.*
FROM complaints
WHERE {complaints_looked_at} AND complaints.day BETWEEN $first_day AND $last_day
