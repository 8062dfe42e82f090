-- Do those who say they are happy return?
-- One row per customer and group that they stand in, with the columns of `landmarks_of_answers` and `came_back_after`. Who
-- answered before they had bought anything has nothing to come back to, and is none of them.
-- reads: landmarks, came_back_after
SELECT came_back_after.customer_key, landmarks.score, came_back_after.landmark, came_back_after.first_day,
       came_back_after.last_day, came_back_after.purchases, came_back_after.next_day, came_back_after.outcome
FROM landmarks
JOIN came_back_after ON came_back_after.customer_key = landmarks.customer_key
                    AND came_back_after.landmark = landmarks.landmark
