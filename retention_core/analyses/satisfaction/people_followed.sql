-- How many different customers are followed?
-- One row: customers, and not_yet_known (those of them who are not yet known in a row). {landmarks}: the kept table of
-- `satisfaction_return`.
-- reads: {landmarks}
-- holes: landmarks
SELECT count(DISTINCT customer_key) AS customers,
       count(DISTINCT CASE WHEN outcome = 'not_yet_known' THEN customer_key END) AS not_yet_known
FROM {landmarks}
