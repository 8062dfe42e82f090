-- What does a kept table hold?
-- Its rows. {kept}: its name.
-- reads: {kept}
-- holes: kept
SELECT * FROM {kept}
