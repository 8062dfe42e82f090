-- What are accounts called?
-- One row per account behind the cell; its key is its name.
-- reads: behind_cell
SELECT customer_key, customer_key AS customer FROM behind_cell
