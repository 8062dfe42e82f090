-- How many customers with each score came back?
-- One row per score (NULL without an answer) and outcome: customers. {landmarks}: the kept table of `satisfaction_return`.
-- reads: {landmarks}
-- holes: landmarks
SELECT score, outcome, count(*) AS customers FROM {landmarks} GROUP BY score, outcome ORDER BY score
