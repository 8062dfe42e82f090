-- When was each complaint first responded to, as far as is known?
-- One row per complaint looked at. answered_second: the first response, where it came before $known_until. is_over: 1 where
-- it is over though that moment is not known: resolved, or closed by its status. A status is that of the last day of the
-- data, so that for an earlier day it cannot be told whether it held then.
-- reads: complaints_looked_at
-- binds: known_until
SELECT complaints_looked_at.*,
       CASE WHEN first_response_second < $known_until THEN first_response_second END AS answered_second,
       CASE WHEN resolved_second < $known_until
                 OR (is_closed AND resolved_second IS NULL AND first_response_second IS NULL)
            THEN 1 ELSE 0 END AS is_over
FROM complaints_looked_at
