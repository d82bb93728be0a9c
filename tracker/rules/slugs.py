"""Names that no body, and no convention, can have in its address."""

from __future__ import annotations

# First parts of other addresses: no body can have one of them as its slug.
RESERVED_SLUGS = frozenset(
    {
        "my-work",
        "office",
        "static",
        "how-we-count",
        "accessibility",
        "items",
        "work",
        "desk",
        "files",
        "sign-in",
        "sign-out",
        "account",
        "accounts",
        "login",
        "logout",
        "reset",
        "verify",
        "api",
        "search",
        "admin",
        "health",
        "favicon.ico",
        "robots.txt",
    }
)

# What stands in a body's addresses where the slug of a convention does.
RESERVED_CONVENTION_SLUGS = frozenset({"find"})
