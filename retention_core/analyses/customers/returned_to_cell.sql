-- Which members of a cohort came back in the periods of a cell?
-- One row per customer with at least $least purchases in each of at least $needed different columns ({column}) of the table,
-- from $from_period to $to_period. {active}: the kept table of customers by period; {of_segment}: which segment.
-- reads: {active}, members
-- holes: active, of_segment, column
-- binds: cohort, from_period, to_period, least, needed
SELECT customer_key
FROM (
    SELECT active.*, active.period - $cohort AS period_number
    FROM {active} AS active
    JOIN members ON members.customer_key = active.customer_key
) AS of_members
WHERE period BETWEEN $from_period AND $to_period AND orders >= $least AND {of_segment}
GROUP BY customer_key
HAVING count(DISTINCT {column}) >= $needed
