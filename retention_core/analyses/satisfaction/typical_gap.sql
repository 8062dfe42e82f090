-- How many days after their last purchase do people typically give their first answer?
-- One row: typical_gap, the median over customers by nearest rank; 0 where nobody answered after a purchase.
-- reads: gaps_before_answers
SELECT coalesce(min(gap), 0) AS typical_gap
FROM (
    SELECT gap, cume_dist() OVER (ORDER BY gap) AS share_up_to FROM gaps_before_answers WHERE gap IS NOT NULL
) AS ranked
WHERE share_up_to >= 0.5
