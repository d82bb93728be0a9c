"""The one-time address of an installation without an account, and the first account."""
