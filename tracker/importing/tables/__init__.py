"""Bytes to tables.

A file is cut into sheets of cells, the rows of items are found, and each column is understood by
its heading and its values.
"""
