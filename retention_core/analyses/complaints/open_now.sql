-- Which complaints are open now, and what is known of each?
-- One row per open complaint, those of `chosen`, the longest wait first. last_touch_at: the later of responded_at and
-- followed_up_at.
-- reads: chosen, customers, customer_value, complaints_before
SELECT chosen.complaint_id, customers.customer, chosen.opened_at, chosen.opened_second,
       chosen.wait_seconds, customer_value.customer_value, chosen.reason, chosen.channel, chosen.team,
       chosen.employee, chosen.severity,
       CASE WHEN chosen.responded_at IS NULL OR chosen.followed_up_at > chosen.responded_at
            THEN chosen.followed_up_at ELSE chosen.responded_at END AS last_touch_at,
       complaints_before.complaints_before
FROM chosen
LEFT JOIN customers ON customers.customer_key = chosen.customer_key
LEFT JOIN customer_value ON customer_value.customer_key = chosen.customer_key
LEFT JOIN complaints_before ON complaints_before.customer_key = chosen.customer_key
                           AND complaints_before.opened_second = chosen.opened_second
ORDER BY chosen.wait_seconds DESC, chosen.complaint_id
