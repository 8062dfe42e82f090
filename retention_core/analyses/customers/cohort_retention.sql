-- Of the customers who bought in a period, how many buy again k periods later?
-- One row per cohort and period number (and segment): customers.
-- reads: returned
-- holes: segment
SELECT cohort, period_number, count(*) AS customers{segment}
FROM returned
GROUP BY cohort, period_number{segment}
ORDER BY cohort, period_number
