-- Which answers on the scale have a customer?
-- One row per answer, with all its columns. {answers_looked_at}: which answers; $scale_word and $scale_top: the scale;
-- $untold_top: the top of those for which no scale was decided.
-- reads: satisfaction
-- holes: answers_looked_at
-- binds: scale_word, scale_top, untold_top
SELECT satisfaction.*
FROM satisfaction
WHERE satisfaction.customer_key IS NOT NULL AND {answers_looked_at}
  AND coalesce(satisfaction.scale, '') = $scale_word
  AND coalesce(satisfaction.scale_top, $untold_top) = $scale_top
