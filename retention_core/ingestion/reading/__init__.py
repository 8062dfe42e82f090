"""From the bytes of a file to text in Parquet: nothing here decides what a cell means."""
