"""Which file and row gave this figure: every stored row of one customer, with the place that it came from."""

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.tables import TABLES

FIGURES = {"orders": "amount", "complaints": "compensation", "satisfaction": "score"}


def rows_of_customer(engine: DuckDBEngine, customer: str) -> pd.DataFrame:
    """Return one row per purchase, complaint and answer of a customer, the earliest first.

    Columns: table_name, moment, figure (amount, compensation or score), file_name, sheet, row_number (the first record
    of the file that went into it), line_count (how many did), is_in_force (False where a later upload replaced it, or
    where it lies in the future of its loading).
    """
    parts = " UNION ALL ".join(
        f"""SELECT '{name}' AS table_name, stored.{TABLES[name].moment} AS moment, stored.{figure} AS figure,
            upload_id, row_number, line_count, in_force(replaced_by, day, counts_until) AS is_in_force
        FROM stored_{name} AS stored WHERE customer_key IN (SELECT customer_key FROM wanted)"""
        for name, figure in FIGURES.items()
    )
    return engine.query(
        f"""WITH named AS (SELECT customer_key FROM customer_ids WHERE lower(customer) = lower(trim($customer))),
        persons AS (SELECT coalesce(same_customer.customer_key, named.customer_key) AS customer_key
                    FROM named LEFT JOIN same_customer ON other_key = named.customer_key),
        wanted AS (SELECT customer_key FROM persons
                   UNION SELECT other_key FROM same_customer WHERE customer_key IN (SELECT customer_key FROM persons))
        SELECT rows.table_name, moment, figure, file_name, sheet, row_number, line_count, is_in_force
        FROM ({parts}) AS rows JOIN uploads USING (upload_id) ORDER BY moment, row_number""",
        {"customer": customer},
    )
