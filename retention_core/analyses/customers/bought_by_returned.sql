-- What did the customers behind a cell buy?
-- One row per order of theirs that is looked at.
-- reads: visits, behind_cell
SELECT visits.buyer AS customer_key, visits.ordered_at, visits.day, visits.order_id, visits.amount
FROM visits
JOIN behind_cell ON behind_cell.customer_key = visits.buyer
