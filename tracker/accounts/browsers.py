"""Which browser somebody signs in with, by the name that people know it by. Only the names are
kept, not what the browser sends of itself.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_READ = 400  # characters: no browser sends so many
LONGEST_NAME = 60


@dataclass(frozen=True)
class BrowserNames:
    """None: it does not say, or nobody knows it."""

    browser: str | None = None  # Firefox
    system: str | None = None  # Windows


def read(user_agent: str) -> BrowserNames:
    """Of the header User-Agent."""
    import ua_parser  # it loads a large table, for sign-ins alone

    result = ua_parser.parse(user_agent[:LONGEST_READ])
    browser, system = result.user_agent, result.os
    return BrowserNames(
        browser.family[:LONGEST_NAME] if browser else None,
        system.family[:LONGEST_NAME] if system else None,
    )
