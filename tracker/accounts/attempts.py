"""How often a password may be tried: counted by account and network, by network, and by account,
for all processes of a machine together.

Whoever fails ten times from one network is refused there for a while, and the right person comes in
from another one all the same. An account that many networks try answers later, and refuses nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from threading import BoundedSemaphore
from time import sleep, time
from typing import TypeVar

import structlog
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, RateLimiter

from tracker.web_extensions import limiter

PER_ACCOUNT_AND_NETWORK = parse("10 per 15 minutes")
PER_NETWORK = parse("40 per 15 minutes")
PER_CODE_AND_NETWORK = parse("60 per 15 minutes")  # of the code of a hall, which has one network
PER_NETWORK_CHECKED = parse("60 per 15 minutes")  # files of reports, of up to 50 MB each
PER_NETWORK_MADE = parse("20 per 15 minutes")  # sheets of items: a hall has one network
# refuses nobody: it only counts the failures of an account, up to so many
PER_ACCOUNT = parse("100 per 15 minutes")
# after so many failures of an account, seconds
DELAYS = ((40, 4.0), (20, 2.0), (10, 1.0))
# requests of one process, fewer than it has threads, so that no crowd holds the server: one more
# does not wait
WAITING_AT_ONCE = 4
SAME_NETWORK = 64  # bits of an IPv6 address: one customer has at least all below

log = structlog.get_logger("tracker.accounts")
_waiting = BoundedSemaphore(WAITING_AT_ONCE)
T = TypeVar("T")


@dataclass(frozen=True)
class Attempt:
    """One try of a password: for which account, from which network."""

    account: str  # the address as typed, as accounts keep it
    network: str

    @property
    def pair(self) -> tuple[str, str]:
        # the network first: no account is so named that it reads as another pair
        return self.network, self.account


def network_of(address: str | None) -> str:
    """The IPv4 address; of IPv6 the network that belongs to one customer."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, SAME_NETWORK), strict=False))
    return str(parsed)


def begin(attempt: Attempt) -> int | None:
    """Counts an attempt before the password is looked at.

    Gives back None, or for how many seconds it is refused.
    """
    if not _ask(lambda counts: counts.test(PER_NETWORK, attempt.network)):
        return _seconds_left(PER_NETWORK, attempt.network)
    if not _ask(lambda counts: counts.hit(PER_ACCOUNT_AND_NETWORK, *attempt.pair)):
        return _seconds_left(PER_ACCOUNT_AND_NETWORK, *attempt.pair)
    return None


def failed(attempt: Attempt) -> None:
    _ask(lambda counts: counts.hit(PER_NETWORK, attempt.network))
    _ask(lambda counts: counts.hit(PER_ACCOUNT, attempt.account))


def succeeded(attempt: Attempt) -> None:
    """The right password costs nothing."""
    _ask(lambda counts: counts.clear(PER_ACCOUNT_AND_NETWORK, *attempt.pair))


def begin_code(door: str, network: str) -> int | None:
    """Counts a try of the code of the hall, as `begin` counts one of a password.

    `door`: where it was typed.
    """
    names = ("code of the hall", door, network)
    if not _ask(lambda counts: counts.hit(PER_CODE_AND_NETWORK, *names)):
        return _seconds_left(PER_CODE_AND_NETWORK, *names)
    return None


def code_was_right(door: str, network: str) -> None:
    """The right code costs nothing: many type it in one hall."""
    names = ("code of the hall", door, network)
    _ask(lambda counts: counts.clear(PER_CODE_AND_NETWORK, *names))


def begin_check(network: str) -> int | None:
    """Counts a file that is to be checked, before it is read.

    Gives back None, or for how many seconds it is refused.
    """
    names = ("check of a report", network)
    if not _ask(lambda counts: counts.hit(PER_NETWORK_CHECKED, *names)):
        return _seconds_left(PER_NETWORK_CHECKED, *names)
    return None


def begin_sheet(network: str) -> int | None:
    """Counts a sheet of an item that is to be made.

    Gives back None, or for how many seconds it is refused.
    """
    names = ("sheet of an item", network)
    if not _ask(lambda counts: counts.hit(PER_NETWORK_MADE, *names)):
        return _seconds_left(PER_NETWORK_MADE, *names)
    return None


def delay_of(attempt: Attempt) -> float:
    """For how many seconds the answer waits, by how often the account's password was given wrong,
    from wherever that was."""
    failures = failures_of(attempt.account)
    for least, seconds in DELAYS:
        if failures >= least:
            return seconds
    return 0.0


def failures_of(account: str) -> int:
    """How often its password was given wrong in the last 15 minutes, from wherever that was."""
    window = _ask(lambda counts: counts.get_window_stats(PER_ACCOUNT, account))
    return PER_ACCOUNT.amount - window.remaining


def wait(seconds: float) -> None:
    """Waits, unless so many requests wait already that the server would be held."""
    if _waiting.acquire(blocking=False):
        try:
            sleep(seconds)
        finally:
            _waiting.release()


def _seconds_left(item: RateLimitItem, *names: str) -> int:
    window = _ask(lambda counts: counts.get_window_stats(item, *names))
    return max(1, ceil(window.reset_time - time()))


def _ask(question: Callable[[RateLimiter], T]) -> T:
    """Asks the counts of the machine. Where their storage cannot be used (a full disk, a Redis that
    is gone), this process counts for itself, and the log says so."""
    with suppress(StorageError):
        return question(limiter.limiter)
    log.error(
        "attempts to sign in cannot be counted together; each process counts for itself",
        storage=type(limiter.storage).__name__,
    )
    return question(_own_counts())


@cache
def _own_counts() -> RateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())
