-- How often had the customers chosen complained before?
-- One row per customer of `chosen` and second in which they opened a complaint: complaints_before, those opened earlier, up
-- to $as_of, whatever the filters.
-- reads: complaints, chosen
-- binds: as_of
SELECT customer_key, opened_second,
       CAST(sum(count(*)) OVER (PARTITION BY customer_key ORDER BY opened_second) - count(*) AS BIGINT)
           AS complaints_before
FROM complaints
WHERE customer_key IN (SELECT customer_key FROM chosen) AND day <= $as_of
GROUP BY customer_key, opened_second
