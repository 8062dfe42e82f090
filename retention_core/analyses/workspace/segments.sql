-- Which values do the segments of each table have?
-- One row per table, segment and value (NULL where rows know nothing of it): held (the table), segment (the column), value,
-- row_count.
-- reads: orders, complaints, satisfaction
SELECT 'orders' AS held,
       CASE WHEN GROUPING(channel) = 0 THEN 'channel' WHEN GROUPING(employee) = 0 THEN 'employee'
            WHEN GROUPING(product) = 0 THEN 'product' WHEN GROUPING(branch) = 0 THEN 'branch'
            WHEN GROUPING(segment) = 0 THEN 'segment' WHEN GROUPING(account) = 0 THEN 'account' END AS segment,
       coalesce(channel, employee, product, branch, segment, account) AS value, count(*) AS row_count
FROM orders
GROUP BY GROUPING SETS ((channel), (employee), (product), (branch), (segment), (account))
UNION ALL
SELECT 'complaints',
       CASE WHEN GROUPING(channel) = 0 THEN 'channel' WHEN GROUPING(employee) = 0 THEN 'employee'
            WHEN GROUPING(team) = 0 THEN 'team' WHEN GROUPING(reason) = 0 THEN 'reason'
            WHEN GROUPING(status) = 0 THEN 'status' WHEN GROUPING(severity) = 0 THEN 'severity'
            WHEN GROUPING(branch) = 0 THEN 'branch' END,
       coalesce(channel, employee, team, reason, status, severity, branch), count(*)
FROM complaints
GROUP BY GROUPING SETS ((channel), (employee), (team), (reason), (status), (severity), (branch))
UNION ALL
SELECT 'satisfaction',
       CASE WHEN GROUPING(employee) = 0 THEN 'employee' WHEN GROUPING(touchpoint) = 0 THEN 'touchpoint'
            WHEN GROUPING(branch) = 0 THEN 'branch' END,
       coalesce(employee, touchpoint, branch), count(*)
FROM satisfaction
GROUP BY GROUPING SETS ((employee), (touchpoint), (branch))
