"""The sentences of a report, in the language of whoever reads it."""
