"""From text to values: which table it is, which column is what, and how each is read."""
