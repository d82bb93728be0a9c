"""Whether a file is an issued report, and what has changed since."""
