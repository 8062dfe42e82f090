-- From which sum on does a customer belong to the tenth who have spent most?
-- One row: least_value, the smallest sum among them, up to $as_of, refunds taken off; NULL where no tenth stands out.
-- reads: orders
-- binds: as_of
SELECT min(customer_value) AS least_value
FROM (
    SELECT customer_value, cume_dist() OVER (ORDER BY customer_value DESC) AS share_so_rich
    FROM (
        SELECT customer_key, sum(amount) AS customer_value
        FROM orders
        WHERE day <= $as_of
        GROUP BY customer_key
        HAVING sum(amount) IS NOT NULL
    ) AS spent
) AS ranked
WHERE share_so_rich <= 0.1
