"""Cells to values: one cell of text becomes days, amounts, estimates, statuses, names or meetings.

Nothing here knows rows or the record.
"""
