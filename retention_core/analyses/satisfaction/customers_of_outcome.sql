-- Which customers of a group came back, did not, or are not yet known?
-- One row per customer and group. {group}: which scores; {landmarks}: the kept table of `satisfaction_return`.
-- reads: {landmarks}
-- holes: landmarks, group
-- binds: outcome
SELECT customer_key, score, landmark, next_day FROM {landmarks} WHERE outcome = $outcome AND {group}
