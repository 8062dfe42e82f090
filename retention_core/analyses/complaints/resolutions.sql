-- When was each complaint resolved, as far as is known?
-- One row per complaint looked at. answered_second: the resolution, where it came before $known_until. is_over: 1 where it
-- is closed by its status though that moment is not known.
-- reads: complaints_looked_at
-- binds: known_until
SELECT complaints_looked_at.*,
       CASE WHEN resolved_second < $known_until THEN resolved_second END AS answered_second,
       CASE WHEN is_closed AND resolved_second IS NULL THEN 1 ELSE 0 END AS is_over
FROM complaints_looked_at
