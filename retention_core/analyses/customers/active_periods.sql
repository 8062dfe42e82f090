-- In which periods did each customer buy, how often and for how much, and in which period did they come in?
-- One row per customer and period (and segment), kept until the data changes: most questions need nothing else. orders:
-- purchases that count as coming back. starts: 1 where something in the period may begin a cohort. {also}: revenue and
-- segment, where asked for; {same_segment}: whether each segment has first periods of its own.
-- reads: active, firsts
-- holes: also, same_segment
SELECT active.customer_key, active.period, firsts.first_period, active.orders, active.starts{also}
FROM active
JOIN firsts ON firsts.customer_key = active.customer_key AND {same_segment}
