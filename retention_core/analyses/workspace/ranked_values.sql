-- How often does each value of a segment stand anywhere?
-- One row per segment and value: place, its rank among those of the segment, the most frequent first. {segments}: the kept
-- table of `segments`.
-- reads: {segments}
-- holes: segments
SELECT segment, value, row_number() OVER (PARTITION BY segment ORDER BY sum(row_count) DESC, value) AS place
FROM {segments}
WHERE value IS NOT NULL
GROUP BY segment, value
