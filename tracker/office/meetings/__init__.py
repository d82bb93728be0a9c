"""Decisions of a meeting: the page on which they are recorded, and the meetings on record."""
