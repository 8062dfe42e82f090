-- In which periods did customers buy after the one in which they came in?
-- One row per customer of cohorts $first_cohort to $last_cohort: cohort, and {later}: the bits of the periods after it, as in
-- the kept table {bitmaps} of `bought_bitmaps`.
-- reads: {bitmaps}
-- holes: bitmaps, later, segment
-- binds: first_cohort, last_cohort
SELECT cohort, {later}{segment}
FROM (SELECT bitmaps.*, first_period AS cohort FROM {bitmaps} AS bitmaps) AS placed
WHERE cohort BETWEEN $first_cohort AND $last_cohort
