-- The canonical views over the stored tables, in DuckDB's dialect. Rows that a later upload replaced do not count.
-- An id that the links of customers' files join to another counts as that one everywhere (`same_customer`).
-- What lies after `counts_until`, the day of loading, does not count: rows, and the ends of complaints. It is empty
-- where a row holds nothing later, or where somebody said that it is right.
-- Moments are also given as seconds, so that analyses can subtract them in any dialect: instants, read by the clock of
-- the workspace (`business_zone()`, UTC where it has none). Days are local.

-- Of an order or an answer the day is the only moment, so that `counts_until IS NULL` says the same, and at no cost.
CREATE OR REPLACE MACRO in_force(replaced_by, day, counts_until) AS
    replaced_by IS NULL AND (counts_until IS NULL OR day <= counts_until);

CREATE OR REPLACE MACRO known(moment, counts_until) AS
    CASE WHEN counts_until IS NULL OR moment::DATE <= counts_until THEN moment END;

-- The instant of a local time, in seconds. In an hour that the clock shows twice it is the later one; in an hour that it
-- leaves out, the clock before the change holds.
CREATE OR REPLACE MACRO instant(moment) AS
    CASE WHEN business_zone() = 'UTC' THEN epoch(moment)::BIGINT
         ELSE epoch(timezone(business_zone(), moment))::BIGINT END;

-- The earlier instant, in an hour that the clock shows twice: by the clock of three hours before, where that shows it.
-- `later` and `before`, the instants by the clock now and then, are handed in, since reading a clock takes its time.
CREATE OR REPLACE MACRO instant_before(moment) AS instant(moment - INTERVAL 3 HOUR) + 10800;
CREATE OR REPLACE MACRO earlier_of(moment, later, before) AS
    CASE WHEN before < later AND
              timezone(business_zone(), timezone(business_zone(), moment - INTERVAL 3 HOUR) + INTERVAL 3 HOUR) = moment
         THEN before ELSE later END;
CREATE OR REPLACE MACRO earlier_instant(moment) AS earlier_of(moment, instant(moment), instant_before(moment));

-- The instant of an end: what the file says that passed, else that of its readings which is nearest after the beginning.
CREATE OR REPLACE MACRO end_instant(moment, seconds, began, later, earlier) AS
    CASE WHEN moment IS NULL THEN NULL
         WHEN seconds IS NOT NULL THEN began + seconds
         WHEN earlier >= began THEN earlier
         ELSE later END;

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

-- Names that other engines have for what are operators here.
CREATE OR REPLACE MACRO shiftleft(number, places) AS number << places;
CREATE OR REPLACE MACRO shiftright(number, places) AS number >> places;

CREATE OR REPLACE VIEW orders AS
SELECT coalesce(same_customer.customer_key, stored_orders.customer_key) AS customer_key,
       stored_orders.* EXCLUDE (customer_key),
       instant(ordered_at) AS ordered_second
FROM stored_orders LEFT JOIN same_customer ON same_customer.other_key = stored_orders.customer_key
WHERE stored_orders.replaced_by IS NULL AND stored_orders.counts_until IS NULL;

-- Whose the orders are that answers without a customer name; nobody looks for the others.
CREATE OR REPLACE VIEW order_customers AS
SELECT order_id, min(customer_key) AS customer_key
FROM orders
WHERE order_id IN (SELECT order_id FROM stored_satisfaction WHERE customer_key IS NULL)
GROUP BY order_id;

-- Complaints with the ends that are known; where there is no moment of resolution, that of closing counts.
CREATE OR REPLACE VIEW known_complaints AS
SELECT * REPLACE (known(first_response_at, counts_until) AS first_response_at,
                  coalesce(known(resolved_at, counts_until), known(closed_at, counts_until)) AS resolved_at,
                  known(closed_at, counts_until) AS closed_at,
                  known(follow_up_at, counts_until) AS follow_up_at,
                  CASE WHEN known(resolved_at, counts_until) IS NULL THEN closed_seconds
                       ELSE resolved_seconds END AS resolved_seconds),
       known(resolved_at, counts_until) IS NULL AND known(closed_at, counts_until) IS NOT NULL AS is_resolved_by_closing
FROM stored_complaints
WHERE in_force(replaced_by, day, counts_until);

-- A beginning in an hour that the clock shows twice is the earlier one only where an end would lie before the later.
CREATE OR REPLACE VIEW complaints AS
WITH by_later AS (
    SELECT *, instant(opened_at) AS opened_later,
           instant(first_response_at) AS answered_later, instant_before(first_response_at) AS answered_before,
           instant(resolved_at) AS resolved_later, instant_before(resolved_at) AS resolved_before
    FROM known_complaints
),
by_both AS (
    SELECT *, earlier_of(first_response_at, answered_later, answered_before) AS answered_earlier,
           earlier_of(resolved_at, resolved_later, resolved_before) AS resolved_earlier,
           CASE WHEN least(CASE WHEN first_response_seconds IS NULL THEN answered_later END,
                           CASE WHEN resolved_seconds IS NULL THEN resolved_later END) < opened_later
                THEN earlier_instant(opened_at) ELSE opened_later END AS opened_second
    FROM by_later
)
SELECT coalesce(same_customer.customer_key, by_both.customer_key) AS customer_key,
       by_both.* EXCLUDE (customer_key, opened_later, answered_later, answered_before, resolved_later, resolved_before,
                       answered_earlier, resolved_earlier),
       end_instant(first_response_at, first_response_seconds, opened_second, answered_later, answered_earlier)
           AS first_response_second,
       end_instant(resolved_at, resolved_seconds, opened_second, resolved_later, resolved_earlier) AS resolved_second
FROM by_both LEFT JOIN same_customer ON same_customer.other_key = by_both.customer_key;

-- An answer without a customer belongs to the customer of its order.
CREATE OR REPLACE VIEW satisfaction AS
SELECT coalesce(same_customer.customer_key, stored_satisfaction.customer_key, order_customers.customer_key)
           AS customer_key,
       stored_satisfaction.* EXCLUDE (customer_key)
FROM stored_satisfaction
LEFT JOIN same_customer ON same_customer.other_key = stored_satisfaction.customer_key
LEFT JOIN order_customers ON stored_satisfaction.customer_key IS NULL
                         AND order_customers.order_id = stored_satisfaction.order_id
WHERE stored_satisfaction.replaced_by IS NULL AND stored_satisfaction.counts_until IS NULL;

-- One row per person, under one id, with what is known of all their ids. Few of them stand in files about customers: these
-- are gathered first, so that a question about what is known looks at nobody else.
CREATE OR REPLACE VIEW customers AS
WITH of_ids AS (
    SELECT coalesce(same_customer.customer_key, stored_customers.customer_key) AS customer_key,
           stored_customers.* EXCLUDE (customer_key)
               REPLACE (known(joined_at, counts_until) AS joined_at, known(left_at, counts_until) AS left_at)
    FROM stored_customers LEFT JOIN same_customer ON same_customer.other_key = stored_customers.customer_key
    WHERE stored_customers.replaced_by IS NULL
),
of_persons AS (
    SELECT customer_key, min(joined_at) AS joined_at, max(left_at) AS left_at,
           coalesce(arg_max(leaving_reason, left_at), max(leaving_reason)) AS leaving_reason,
           bool_or(is_club_member) AS is_club_member, max(segment) AS segment, max(account_manager) AS account_manager
    FROM of_ids
    GROUP BY customer_key
)
SELECT customer_ids.customer_key, customer_ids.customer, joined_at, left_at, leaving_reason, is_club_member, segment,
       account_manager
FROM customer_ids
LEFT JOIN of_persons ON of_persons.customer_key = customer_ids.customer_key
WHERE NOT EXISTS (SELECT 1 FROM same_customer WHERE same_customer.other_key = customer_ids.customer_key);

-- One row per day: the second at which it ends.
CREATE OR REPLACE VIEW day_ends AS SELECT day, instant(day + INTERVAL 1 DAY) AS ends_second FROM calendar;
