-- Of the customers of each cohort, how many are back in each period?
-- One row per cohort (and segment): members (of period 0, {members}), and {back_in_each}: for each period the customers of
-- whom the bits say so.
-- reads: later
-- holes: members, back_in_each, segment
SELECT cohort, {members} AS members{back_in_each}{segment}
FROM later
GROUP BY cohort{segment}
