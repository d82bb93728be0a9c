"""The jobs and acts that make drafts, sheets and the files of issued reports."""
