-- Which values do the segments of each table have?
-- One row per table, segment and value (NULL where rows know nothing of it): held (the table), segment (the column), value,
-- row_count. {orders_segment}: which column a group is of, {orders_value}: its value, {orders_sets}: the columns of which any
-- row knows something; so for each table.
-- reads: orders, complaints, satisfaction
-- holes: orders_segment, orders_value, orders_sets, complaints_segment, complaints_value, complaints_sets
-- holes: satisfaction_segment, satisfaction_value, satisfaction_sets
SELECT 'orders' AS held, {orders_segment} AS segment, {orders_value} AS value, count(*) AS row_count
FROM orders
GROUP BY GROUPING SETS ({orders_sets})
UNION ALL
SELECT 'complaints', {complaints_segment}, {complaints_value}, count(*)
FROM complaints
GROUP BY GROUPING SETS ({complaints_sets})
UNION ALL
SELECT 'satisfaction', {satisfaction_segment}, {satisfaction_value}, count(*)
FROM satisfaction
GROUP BY GROUPING SETS ({satisfaction_sets})
