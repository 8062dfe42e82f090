-- How often do the rows of a table know each of its segments?
-- kept as kept_1
SELECT count(channel) AS channel, count(employee) AS employee, count(product) AS product, count(branch) AS branch, count(segment) AS segment, count(account) AS account FROM orders;

-- How often do the rows of a table know each of its segments?
-- kept as kept_2
SELECT count(channel) AS channel, count(employee) AS employee, count(team) AS team, count(reason) AS reason, count(status) AS status, count(severity) AS severity, count(branch) AS branch FROM complaints;

-- What does a kept table hold?
SELECT * FROM kept_2;

-- How often do the rows of a table know each of its segments?
-- kept as kept_3
SELECT count(employee) AS employee, count(touchpoint) AS touchpoint, count(branch) AS branch FROM satisfaction;

-- What does a kept table hold?
SELECT * FROM kept_3;

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

-- How often does each value of a segment stand anywhere?
-- kept as kept_5
SELECT segment, value, row_number() OVER (PARTITION BY segment ORDER BY sum(row_count) DESC, value) AS place
FROM kept_4
WHERE value IS NOT NULL
GROUP BY segment, value;

-- Which values does each segment have most often?
-- $most = 300
SELECT segment, value FROM kept_5 WHERE place <= $most ORDER BY segment, value;
