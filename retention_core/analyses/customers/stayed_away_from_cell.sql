-- Which members of a cohort did not come back in the periods of a cell?
-- One row per member without a row in returned_to_cell.
-- reads: members, returned_to_cell
SELECT members.customer_key
FROM members
LEFT JOIN returned_to_cell ON returned_to_cell.customer_key = members.customer_key
WHERE returned_to_cell.customer_key IS NULL
