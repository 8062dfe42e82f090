-- With which purchase did each customer come in, where that purchase alone decides?
-- One row per customer (and segment) whose first purchase of all that count ({first_of}, in the order of {moment}) may begin a
-- cohort, or whatever it is where $least_start is 0: first_period, first_second, and its segment.
-- reads: counted
-- holes: first_of, moment, segment
-- binds: least_start
SELECT customer_key, period AS first_period, ordered_second AS first_second, segment
FROM (
    SELECT *, row_number() OVER (PARTITION BY customer_key{segment} ORDER BY {moment}, row_number) AS purchase_number
    FROM counted
    WHERE {first_of} > 0
) AS numbered
WHERE purchase_number = 1 AND is_start >= $least_start
