-- How often do the rows of a table know each of its segments?
-- kept as kept_1
SELECT count(channel) AS channel, count(employee) AS employee, count(product) AS product, count(branch) AS branch, count(segment) AS segment, count(account) AS account FROM orders;

-- How often do the rows of a table know each of its segments?
-- kept as kept_2
SELECT count(channel) AS channel, count(employee) AS employee, count(team) AS team, count(reason) AS reason, count(status) AS status, count(severity) AS severity, count(branch) AS branch FROM complaints;

-- How often do the rows of a table know each of its segments?
-- kept as kept_3
SELECT count(employee) AS employee, count(touchpoint) AS touchpoint, count(branch) AS branch FROM satisfaction;

-- Which values do the segments of each table have?
-- kept as kept_4
SELECT 'orders' AS held, CASE WHEN GROUPING(channel) = 0 THEN 'channel' WHEN GROUPING(account) = 0 THEN 'account' END AS segment, coalesce(channel, account, NULL) AS value, count(*) AS row_count
FROM orders
GROUP BY GROUPING SETS ((channel), (account))
UNION ALL
SELECT 'complaints', CASE WHEN GROUPING(channel) = 0 THEN 'channel' END, coalesce(channel, NULL), count(*)
FROM complaints
GROUP BY GROUPING SETS ((channel))
UNION ALL
SELECT 'satisfaction', CASE WHEN GROUPING(employee) = 0 THEN 'employee' END, coalesce(employee, NULL), count(*)
FROM satisfaction
GROUP BY GROUPING SETS ((employee));

-- Of which segments does any row of a table know something?
SELECT DISTINCT held, segment FROM kept_4 WHERE value IS NOT NULL;

-- How much does each canonical table hold?
-- kept as kept_5
SELECT 'orders' AS held, count(*) AS row_count, count(customer_key) AS linked_count, min(day) AS first_day,
       max(day) AS last_day
FROM orders
UNION ALL
SELECT 'complaints', count(*), count(customer_key), min(day),
       CAST(max(greatest(opened_at, first_response_at, resolved_at)) AS DATE)
FROM complaints
UNION ALL
SELECT 'satisfaction', count(*), count(customer_key), min(day), max(day)
FROM satisfaction
UNION ALL
SELECT 'customers', count(*), count(joined_at), CAST(NULL AS DATE), CAST(NULL AS DATE)
FROM customers
WHERE joined_at IS NOT NULL OR left_at IS NOT NULL OR leaving_reason IS NOT NULL OR is_club_member IS NOT NULL
   OR segment IS NOT NULL OR account_manager IS NOT NULL;
