-- In which brackets of periods did customers buy after the one in which they came in, or bought?
-- One row per customer and cohort: cohort, and later_0: a whole number whose bits say in which brackets ({brackets}).
-- reads: later_periods
-- holes: brackets, segment
SELECT cohort, {brackets} AS later_0{segment}
FROM later_periods
