"""The words by which lists speak, as tables: headings, statuses, months, kinds, names. What a cell means is decided in `values` and `tables`."""
