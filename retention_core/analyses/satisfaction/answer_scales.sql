-- On which scales are answers given?
-- One row per word for a scale (empty where there is none) and highest score of the scale as it was decided when the
-- answers were loaded (NULL in those of older workspaces): answers, and the highest score among them.
-- reads: satisfaction
SELECT coalesce(satisfaction.scale, '') AS word, satisfaction.scale_top, count(*) AS answers,
       max(satisfaction.score) AS highest_score
FROM satisfaction
GROUP BY coalesce(satisfaction.scale, ''), satisfaction.scale_top
