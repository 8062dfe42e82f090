-- Which members of a cohort came back in the periods of a cell?
-- One row per member who bought in at least $needed of its periods ({bought_within}: in how many they did). {bitmaps}: the kept
-- table of `bought_bitmaps`; {of_segment}: which segment.
-- reads: {bitmaps}, members
-- holes: bitmaps, bought_within, of_segment
-- binds: needed
SELECT bitmaps.customer_key
FROM {bitmaps} AS bitmaps
JOIN members ON members.customer_key = bitmaps.customer_key
WHERE {bought_within} >= $needed AND {of_segment}
