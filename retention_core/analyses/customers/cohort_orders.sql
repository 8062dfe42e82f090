-- What did the customers behind a cell of the cohort table buy?
-- One row per order, the earliest first, at most $most: customer (or account), ordered_at, order_id, amount.
-- reads: bought_by_returned, named
-- binds: most
SELECT named.customer, bought_by_returned.ordered_at, bought_by_returned.order_id, bought_by_returned.amount
FROM bought_by_returned
JOIN named ON named.customer_key = bought_by_returned.customer_key
ORDER BY bought_by_returned.ordered_at, named.customer
LIMIT $most
