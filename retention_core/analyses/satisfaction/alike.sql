-- Do the satisfied come back as often as the less satisfied, among those alike before?
-- One row per stratum of customers alike on the day they are followed from: in purchases up to then (exact to 16, then in
-- ranges that grow by a twelfth), in days since the first (ranges that grow by two fifths) and since the last (by two
-- thirds). purchases: the least of the range. in_first, in_second: customers with a score of $threshold and more, and with a
-- lower one, whose horizon has passed; first_back, second_back: those who came back. {landmarks}: the kept table of
-- `satisfaction_return`.
-- reads: {landmarks}
-- holes: landmarks
-- binds: threshold
SELECT min(purchases) AS purchases, sum(is_first) AS in_first, sum(is_first * is_back) AS first_back,
       sum(1 - is_first) AS in_second, sum((1 - is_first) * is_back) AS second_back
FROM (
    SELECT purchases, CAST(floor(ln(purchases) * 12) AS INTEGER) AS purchases_range,
           CAST(floor(ln(1 + landmark - first_day) * 3) AS INTEGER) AS since_first,
           CAST(floor(ln(1 + landmark - last_day) * 2) AS INTEGER) AS since_last,
           CASE WHEN score >= $threshold THEN 1 ELSE 0 END AS is_first,
           CASE WHEN outcome = 'came_back' THEN 1 ELSE 0 END AS is_back
    FROM {landmarks}
    WHERE score IS NOT NULL AND outcome <> 'not_yet_known'
) AS known
GROUP BY purchases_range, since_first, since_last
