-- Which customers belong to the cohort?
-- One row per customer of $cohort. {is_member}: whether they came in, or bought, in its period; {bitmaps}: the kept table of
-- `bought_bitmaps`; {of_segment}: which segment.
-- reads: {bitmaps}
-- holes: bitmaps, is_member, of_segment
-- binds: cohort
SELECT customer_key
FROM (SELECT bitmaps.*, $cohort AS cohort FROM {bitmaps} AS bitmaps) AS placed
WHERE {is_member} AND {of_segment}
