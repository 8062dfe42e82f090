"""What others need for the same questions over the same orders: pandas, polars, ClickHouse in the process, DuckDB.

Each peer is a module with `opened(folder, key)`, which brings the data to where it asks it, and `QUESTIONS`, the same
names everywhere. An answer is a list of rows of whole numbers (money in hundredths), the same for everybody.
"""
