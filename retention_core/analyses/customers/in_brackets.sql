-- In which brackets of periods did each customer buy?
-- One row per customer, cohort and bracket, which stands as period_number. most: the most purchases in one of its periods,
-- since the least that counts is asked of a period, not of a bracket. {bracket}: the bracket of a period.
-- reads: since
-- holes: bracket, segment
SELECT cohort, bracket AS period_number, customer_key, max(most) AS most{segment}
FROM (SELECT since.*, {bracket} AS bracket FROM since) AS placed
WHERE bracket IS NOT NULL
GROUP BY cohort, bracket, customer_key{segment}
