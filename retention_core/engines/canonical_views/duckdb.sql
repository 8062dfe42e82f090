-- The canonical views over the stored tables, in DuckDB's dialect. Rows that a later upload replaced do not count.
-- An id that the table `customers` links to another (`other_id`) counts as that customer everywhere.
-- Moments of complaints are also given as seconds, so that analyses can subtract them in any dialect.

-- translate() costs twenty times as much as the test whether a text has any letter beyond ASCII.
CREATE OR REPLACE MACRO latin_digits(text) AS
    CASE WHEN strlen(text) = length(text) THEN text
         ELSE translate(text, '۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫', '01234567890123456789.') END;

-- What stands for no value. Searched for in one text, since the planner turns a long list into a join for each place
-- it is used in; chr(31) stands between the words because no cell holds it.
CREATE OR REPLACE MACRO present(text) AS
    CASE WHEN strlen(text) <= 6 AND contains(
             replace('||?|-|--|na|n/a|#n/a|nan|null|none|nil|\n|nat|', '|', chr(31)),
             chr(31) || lower(trim(text)) || chr(31))
         THEN NULL ELSE trim(text) END;

CREATE OR REPLACE VIEW same_customer AS
SELECT other_key, min(customer_key) AS customer_key
FROM stored_customers WHERE other_key IS NOT NULL AND other_key <> customer_key AND replaced_by IS NULL
GROUP BY other_key;

CREATE OR REPLACE VIEW orders AS
SELECT coalesce(same_customer.customer_key, stored_orders.customer_key) AS customer_key,
       stored_orders.* EXCLUDE (customer_key),
       epoch(ordered_at)::BIGINT AS ordered_second
FROM stored_orders LEFT JOIN same_customer ON same_customer.other_key = stored_orders.customer_key
WHERE stored_orders.replaced_by IS NULL;

CREATE OR REPLACE VIEW order_customers AS
SELECT order_id, min(customer_key) AS customer_key FROM orders WHERE order_id IS NOT NULL GROUP BY order_id;

CREATE OR REPLACE VIEW complaints AS
SELECT coalesce(same_customer.customer_key, stored_complaints.customer_key) AS customer_key,
       stored_complaints.* EXCLUDE (customer_key),
       epoch(opened_at)::BIGINT AS opened_second,
       epoch(first_response_at)::BIGINT AS first_response_second,
       epoch(resolved_at)::BIGINT AS resolved_second
FROM stored_complaints LEFT JOIN same_customer ON same_customer.other_key = stored_complaints.customer_key
WHERE stored_complaints.replaced_by IS NULL;

-- An answer without a customer belongs to the customer of its order.
CREATE OR REPLACE VIEW satisfaction AS
SELECT coalesce(same_customer.customer_key, stored_satisfaction.customer_key, order_customers.customer_key)
           AS customer_key,
       stored_satisfaction.* EXCLUDE (customer_key)
FROM stored_satisfaction
LEFT JOIN same_customer ON same_customer.other_key = stored_satisfaction.customer_key
LEFT JOIN order_customers ON stored_satisfaction.customer_key IS NULL
                         AND order_customers.order_id = stored_satisfaction.order_id
WHERE stored_satisfaction.replaced_by IS NULL;

CREATE OR REPLACE VIEW customers AS
SELECT customer_ids.customer_key, customer_ids.customer,
       max(joined_at) AS joined_at, max(left_at) AS left_at, max(leaving_reason) AS leaving_reason,
       bool_or(is_club_member) AS is_club_member, max(segment) AS segment, max(account_manager) AS account_manager
FROM customer_ids
LEFT JOIN (SELECT * FROM stored_customers WHERE replaced_by IS NULL) AS stored_customers USING (customer_key)
WHERE customer_ids.customer_key NOT IN (SELECT other_key FROM same_customer)
GROUP BY customer_ids.customer_key, customer_ids.customer;
