-- Which customers with an answer are known to have come back, or not?
-- One row per customer: is_satisfied (a score of $threshold or more), outcome. {landmarks}: the kept table of
-- `satisfaction_return`.
-- reads: {landmarks}
-- holes: landmarks
-- binds: threshold
SELECT customer_key, outcome, score >= $threshold AS is_satisfied
FROM {landmarks}
WHERE score IS NOT NULL AND outcome <> 'not_yet_known'
