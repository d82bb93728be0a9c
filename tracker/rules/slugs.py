"""Slugs: the part of an address that names a body or a convention; which ones it cannot have."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60  # characters
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

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
        "outside",
        "minutes",
        "marks",
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
RESERVED_CONVENTION_SLUGS = frozenset({"find", "errata", "code", "reports"})

MADE_UP = "made-up"
_MADE_UP = re.compile(rf"{MADE_UP}-[1-9][0-9]*")


def is_slug(text: str) -> bool:
    """Small letters, digits, and single hyphens between them."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None


def slug_of(name: str) -> str:
    """The slug that a name makes: "Fédération 2" is federation-2. Empty where no letter is left."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST].strip("-")


def is_for_trying(slug: str) -> bool:
    """Whether it is that of a body which holds a made-up convention, put in to try things out."""
    return _MADE_UP.fullmatch(slug) is not None
