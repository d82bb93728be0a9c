"""Files by the SHA-256 of their bytes: kept, recognised by their content, and copied for the
public.

Who may open one is not decided here.
"""
