-- How many came back of the satisfied and of the less satisfied, and what had they spent?
-- One row for each of satisfied and less satisfied, came back and did not: customers, and revenue up to $as_of.
-- reads: chosen, customer_value
SELECT chosen.is_satisfied, chosen.outcome, count(*) AS customers, sum(customer_value.customer_value) AS revenue
FROM chosen
LEFT JOIN customer_value ON customer_value.customer_key = chosen.customer_key
GROUP BY chosen.is_satisfied, chosen.outcome
