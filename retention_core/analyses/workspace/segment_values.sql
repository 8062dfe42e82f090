-- Which values does each segment have most often?
-- One row per segment and value, at most $most of a segment. {ranked}: the kept table of `ranked_values`.
-- reads: {ranked}
-- holes: ranked
-- binds: most
SELECT segment, value FROM {ranked} WHERE place <= $most ORDER BY segment, value
