-- In which periods were customers back who had been so in every period before?
-- One row per customer, cohort and period.
-- reads: back_in
-- holes: segment
SELECT cohort, period_number, customer_key{segment}
FROM (
    SELECT *, row_number() OVER (PARTITION BY cohort, customer_key{segment} ORDER BY period_number) AS place
    FROM back_in
) AS placed
WHERE period_number = place - 1
