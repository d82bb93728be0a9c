"""Rows beside the record: which item and convention each row is of, what would change, and what is
wrong. Nothing is written here.
"""
