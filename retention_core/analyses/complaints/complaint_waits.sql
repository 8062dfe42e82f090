-- How long did each complaint wait for its answer?
-- One row per complaint. A complaint not answered by $known_until has waited until then and is open (is_open), unless it is
-- over at a moment unknown (is_apart): then nobody can say how long it waited. wait_seconds: negative is a data error.
-- is_by_closing: the moment of closing stands for that of the resolution.
-- reads: awaited
-- binds: known_until
SELECT awaited.*,
       coalesce(answered_second, $known_until) - opened_second AS wait_seconds,
       CASE WHEN answered_second IS NULL THEN 0 ELSE 1 END AS is_answered,
       CASE WHEN answered_second IS NULL THEN 1 - is_over ELSE 0 END AS is_open,
       CASE WHEN answered_second IS NULL THEN is_over ELSE 0 END AS is_apart,
       CASE WHEN answered_second IS NOT NULL AND is_resolved_by_closing THEN 1 ELSE 0 END AS is_by_closing
FROM awaited
