-- Who buys in each period: new customers, those who bought in the period before too, and those who had paused?
-- One row: for each period n bought_n, new_n (who came in in it) and returning_n (who bought in the period before too), as
-- {each_period}. {bitmaps}: the kept table of `bought_bitmaps`.
-- reads: {bitmaps}
-- holes: bitmaps, each_period
SELECT {each_period}
FROM {bitmaps}
