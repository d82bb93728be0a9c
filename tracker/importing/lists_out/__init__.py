"""Lists that go out, are filled in by others, and come back in: CSV and XLSX, of a whole convention
or of the items of one unit.
"""
