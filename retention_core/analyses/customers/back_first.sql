-- In which period were customers first back?
-- One row per customer and cohort for period 0, and one for the first period after it.
-- reads: back_in
-- holes: segment
SELECT cohort, min(period_number) AS period_number, customer_key{segment}
FROM back_in
GROUP BY cohort, customer_key, CASE WHEN period_number > 0 THEN 1 ELSE 0 END{segment}
