-- What are customers called?
-- One row per customer.
-- reads: customers
SELECT customer_key, customer FROM customers
