"""Pages of a long document, laid out once and linked for each report.

A small library of its own: it knows HTML, style sheets and PDF, and nothing of items, records,
Flask or the database. `flow` cuts the text of a document into units, `window` lays out pages from
a position in it, `packing` turns a page into a fragment, `pages` keeps fragments, `engine` walks
from page to page, and `linker` joins the fragments to a file.
"""
