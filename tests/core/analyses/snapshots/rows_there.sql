-- How many rows does a table hold that no later upload replaced, whether or not they count yet?
SELECT count(*) AS row_count FROM stored_orders WHERE replaced_by IS NULL;
