"""Bytes to tables: a file is cut into sheets of cells, the rows of items are found, and each column is understood by its heading and its values."""
