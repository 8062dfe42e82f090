-- In which period were customers last back?
-- One row per customer and cohort.
-- reads: back_in
-- holes: segment
SELECT cohort, max(period_number) AS period_number, customer_key{segment}
FROM back_in
GROUP BY cohort, customer_key{segment}
