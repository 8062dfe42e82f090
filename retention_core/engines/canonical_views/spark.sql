-- The canonical views over the tables of a cluster, in Spark's dialect. `stored_…` are the views that the workspace's own
-- file of views gives, made whole: every column of the canonical table in its type, NULL where the cluster has none;
-- `x_earlier` and `x_later` are the instants of `x_at` in seconds, two where the clock shows that time twice.
-- What lies after today in the cluster does not count: rows, and the ends of complaints.

CREATE OR REPLACE TEMPORARY VIEW orders AS
SELECT *, ordered_later AS ordered_second
FROM stored_orders
WHERE day <= current_date();

CREATE OR REPLACE TEMPORARY VIEW order_customers AS
SELECT order_id, min(customer_key) AS customer_key FROM orders WHERE order_id IS NOT NULL GROUP BY order_id;

-- Complaints with the ends that are known; where there is no moment of resolution, that of closing counts.
CREATE OR REPLACE TEMPORARY VIEW known_complaints AS
SELECT customer_key, day, opened_at, opened_earlier, opened_later, complaint_id, reopened_count, compensation, channel,
       employee, team, reason, status, severity, branch, is_closed, row_number,
       CASE WHEN CAST(first_response_at AS DATE) <= current_date() THEN first_response_at END AS first_response_at,
       first_response_earlier, first_response_later,
       CASE WHEN CAST(resolved_at AS DATE) <= current_date() THEN resolved_at
            WHEN CAST(closed_at AS DATE) <= current_date() THEN closed_at END AS resolved_at,
       CASE WHEN CAST(resolved_at AS DATE) <= current_date() THEN resolved_earlier
            ELSE closed_earlier END AS resolved_earlier,
       CASE WHEN CAST(resolved_at AS DATE) <= current_date() THEN resolved_later ELSE closed_later END AS resolved_later,
       CASE WHEN CAST(closed_at AS DATE) <= current_date() THEN closed_at END AS closed_at,
       CASE WHEN CAST(follow_up_at AS DATE) <= current_date() THEN follow_up_at END AS follow_up_at,
       coalesce(CAST(closed_at AS DATE) <= current_date(), FALSE)
           AND NOT coalesce(CAST(resolved_at AS DATE) <= current_date(), FALSE) AS is_resolved_by_closing
FROM stored_complaints
WHERE day <= current_date();

-- A beginning in an hour that the clock shows twice is the earlier one only where an end would lie before the later; an
-- end is that of its readings which is nearest after the beginning.
CREATE OR REPLACE TEMPORARY VIEW complaints AS
WITH opened AS (
    SELECT known_complaints.*,
           CASE WHEN least(CASE WHEN first_response_at IS NOT NULL THEN first_response_later END,
                           CASE WHEN resolved_at IS NOT NULL THEN resolved_later END) < opened_later
                THEN opened_earlier ELSE opened_later END AS opened_second
    FROM known_complaints
)
SELECT opened.*,
       CASE WHEN first_response_at IS NULL THEN CAST(NULL AS BIGINT)
            WHEN first_response_earlier >= opened_second THEN first_response_earlier
            ELSE first_response_later END AS first_response_second,
       CASE WHEN resolved_at IS NULL THEN CAST(NULL AS BIGINT)
            WHEN resolved_earlier >= opened_second THEN resolved_earlier
            ELSE resolved_later END AS resolved_second
FROM opened;

-- An answer without a customer belongs to the customer of its order.
CREATE OR REPLACE TEMPORARY VIEW satisfaction AS
SELECT coalesce(stored_satisfaction.customer_key, order_customers.customer_key) AS customer_key,
       stored_satisfaction.day, stored_satisfaction.answered_at, stored_satisfaction.score, stored_satisfaction.answer_id,
       stored_satisfaction.order_id, stored_satisfaction.complaint_id, stored_satisfaction.scale,
       stored_satisfaction.comment, stored_satisfaction.employee, stored_satisfaction.touchpoint,
       stored_satisfaction.branch, stored_satisfaction.scale_top, stored_satisfaction.row_number
FROM stored_satisfaction
LEFT JOIN order_customers ON stored_satisfaction.customer_key IS NULL
                         AND order_customers.order_id = stored_satisfaction.order_id
WHERE stored_satisfaction.day <= current_date();

-- One row per customer of whom any table says anything.
CREATE OR REPLACE TEMPORARY VIEW customers AS
SELECT customer_key, min(customer) AS customer, min(joined_at) AS joined_at, max(left_at) AS left_at,
       coalesce(max_by(leaving_reason, CASE WHEN leaving_reason IS NOT NULL THEN left_at END), max(leaving_reason))
           AS leaving_reason,
       bool_or(is_club_member) AS is_club_member, max(segment) AS segment, max(account_manager) AS account_manager
FROM (
    SELECT customer_key, customer,
           CASE WHEN CAST(joined_at AS DATE) <= current_date() THEN joined_at END AS joined_at,
           CASE WHEN CAST(left_at AS DATE) <= current_date() THEN left_at END AS left_at,
           leaving_reason, is_club_member, segment, account_manager
    FROM stored_customers
    UNION ALL
    SELECT customer_key, customer, CAST(NULL AS TIMESTAMP_NTZ), CAST(NULL AS TIMESTAMP_NTZ), CAST(NULL AS STRING),
           CAST(NULL AS BOOLEAN), CAST(NULL AS STRING), CAST(NULL AS STRING)
    FROM (SELECT DISTINCT customer_key, customer FROM stored_orders
          UNION ALL SELECT DISTINCT customer_key, customer FROM stored_complaints
          UNION ALL SELECT DISTINCT customer_key, customer FROM stored_satisfaction) AS seen
) AS told
WHERE customer_key IS NOT NULL
GROUP BY customer_key;
