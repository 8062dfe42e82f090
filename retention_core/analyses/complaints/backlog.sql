-- On which days were complaints opened, and on which answered?
-- One row per day of opening, day of answering (NULL where no answer is known by $as_of), and is_apart: complaints, how many.
-- Complaints answered before they were opened are left out. {answered_at}: the moment of the answer, by the local clock.
-- reads: complaint_waits
-- holes: answered_at
-- binds: as_of
SELECT opened_on, answered_on, is_apart, count(*) AS complaints
FROM (
    SELECT day AS opened_on, is_apart,
           CASE WHEN is_answered = 1 THEN least(greatest(CAST({answered_at} AS DATE), day), $as_of) END AS answered_on
    FROM complaint_waits
    WHERE wait_seconds >= 0
) AS moved
GROUP BY opened_on, answered_on, is_apart
