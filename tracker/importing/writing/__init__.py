"""What a preview has shown is written to the record, in one transaction that the caller commits."""
