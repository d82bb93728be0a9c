"""A report from pages that are kept: a page is laid out once, and copied into each report."""
