-- Which values do the segments of each table have?
-- kept as kept_1
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
GROUP BY GROUPING SETS ((employee), (touchpoint), (branch));

-- Of which segments does any row of a table know something?
SELECT DISTINCT held, segment FROM kept_1 WHERE value IS NOT NULL;

-- How much does each canonical table hold?
-- kept as kept_2
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
