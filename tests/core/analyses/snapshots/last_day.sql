-- How much does each canonical table hold?
-- kept as kept_1
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
