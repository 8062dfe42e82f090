-- Of which segments does any row of a table know something?
-- One row per table and segment. {segments}: the kept table of `segments`.
-- reads: {segments}
-- holes: segments
SELECT DISTINCT held, segment FROM {segments} WHERE value IS NOT NULL
