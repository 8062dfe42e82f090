-- What the tables of this shop are in Comeback's words: one view for each canonical table that there is, named cluster_….
-- Nothing but CREATE OR REPLACE TEMPORARY VIEW may stand here, so that Comeback never writes into a cluster. README.md
-- beside this file says which columns there are; what a shop does not have is left out.
CREATE OR REPLACE TEMPORARY VIEW cluster_orders AS
SELECT customer_id AS customer, CAST(order_date AS TIMESTAMP_NTZ) AS ordered_at, order_id, amount, quantity, product,
       channel, branch, employee
FROM shop_orders;

CREATE OR REPLACE TEMPORARY VIEW cluster_complaints AS
SELECT customer_id AS customer, CAST(opened_at AS TIMESTAMP_NTZ) AS opened_at, complaint_id,
       CAST(first_response_at AS TIMESTAMP_NTZ) AS first_response_at, CAST(resolved_at AS TIMESTAMP_NTZ) AS resolved_at,
       reason, branch, channel, employee
FROM shop_complaints;

CREATE OR REPLACE TEMPORARY VIEW cluster_satisfaction AS
SELECT customer_id AS customer, CAST(answered_at AS TIMESTAMP_NTZ) AS answered_at, score, answer_id, order_id, branch,
       5 AS scale_top
FROM shop_satisfaction;
