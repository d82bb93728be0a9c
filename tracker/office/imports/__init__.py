"""Lists that come in by a page: the list of them, a preview, and what is corrected there."""
