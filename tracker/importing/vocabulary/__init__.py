"""The words by which lists speak: headings, statuses, months, kinds, names.

Lists of words are TOML files, which an office can read; the grammar of amounts, days and sentences
is in Python (docs/decisions/0014-vocabularies-as-files.md). What a cell means is decided in
`values` and `tables`.
"""
