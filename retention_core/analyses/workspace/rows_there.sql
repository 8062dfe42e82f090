-- How many rows does a table hold that no later upload replaced, whether or not they count yet?
-- One row: row_count. {stored}: the stored table.
-- reads: {stored}
-- holes: stored
SELECT count(*) AS row_count FROM {stored} WHERE replaced_by IS NULL
