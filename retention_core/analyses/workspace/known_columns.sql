-- How often do the rows of a table know each of its segments?
-- One row, with one column for each segment ({counts}): how many rows know it. {view}: the canonical view of the table.
-- reads: {view}
-- holes: view, counts
SELECT {counts} FROM {view}
