-- On which weekday and at which hour were complaints opened, and answered?
-- One row per event (opened, answered), weekday (0 is Monday) and hour: complaints, and with_time, those of which the moment
-- is more than a day, so that the hour is known. {answered_at}: the moment that is awaited.
-- reads: complaint_waits, calendar
-- holes: answered_at
SELECT event, weekday, hour_of_day, count(*) AS complaints,
       count(CASE WHEN hour_of_day > 0 OR minute_of_hour > 0 THEN 1 END) AS with_time
FROM (
    SELECT 'opened' AS event, (calendar.day_number - 1) % 7 AS weekday,
           hour(opened_at) AS hour_of_day, minute(opened_at) AS minute_of_hour
    FROM complaint_waits
    JOIN calendar ON calendar.day = complaint_waits.day
    UNION ALL
    SELECT 'answered' AS event, (calendar.day_number - 1) % 7 AS weekday,
           hour({answered_at}) AS hour_of_day, minute({answered_at}) AS minute_of_hour
    FROM complaint_waits
    JOIN calendar ON calendar.day = CAST({answered_at} AS DATE)
    WHERE is_answered = 1 AND {answered_at} IS NOT NULL
) AS moments
GROUP BY event, weekday, hour_of_day
