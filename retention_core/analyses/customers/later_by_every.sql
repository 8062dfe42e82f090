-- In which periods did customers buy after each one in which they bought?
-- One row per customer and cohort of $first_cohort to $last_cohort (they belong to several): cohort, and {later}: the bits of
-- the periods after it, as in the kept table {bitmaps} of `bought_bitmaps`. {is_bought}: whether they bought in the cohort's
-- own period; {period}: the number of a day's period.
-- reads: {bitmaps}, calendar
-- holes: bitmaps, later, segment, is_bought, period
-- binds: first_cohort, last_cohort
SELECT cohort, {later}{segment}
FROM (
    SELECT bitmaps.*, cohorts.cohort
    FROM {bitmaps} AS bitmaps
    CROSS JOIN (SELECT DISTINCT {period} AS cohort FROM calendar WHERE {period} BETWEEN $first_cohort AND $last_cohort)
        AS cohorts
) AS placed
WHERE {is_bought}
