"""What stands around every page: the name, the navigation, the made-up banner, the footer.

What the page itself shows comes from a reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from flask import Flask, current_app, has_request_context, request, url_for
from flask_babel.speaklater import LazyString
from flask_login import current_user

from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.formatting.script_root import script_root
from tracker.reading.bodies import all_made_up
from tracker.reading.models import BodyDetails, ConventionDetails
from tracker.translation import N_
from tracker.translation import gettext as _


@dataclass(frozen=True)
class MastheadLink:
    label: str
    path: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Masthead:
    name: str
    body: BodyDetails | None
    home: str
    made_up: bool
    links: tuple[MastheadLink, ...]
    foot: tuple[MastheadLink, ...]
    # What stands before a path in an absolute address: where the public finds this installation.
    origin: str
    sign_out: str | None  # where the form of signing out leads; None: nobody is signed in


@dataclass(frozen=True)
class NavigationEntry:
    """A door's place in the navigation: shown to those signed in for whom `shows` holds."""

    endpoint: str
    label: LazyString  # it follows the language of the request
    shows: Callable[[], bool]


KEY = "tracker.navigation"


def offer(app: Flask, endpoint: str, label: LazyString, shows: Callable[[], bool]) -> None:
    """A door puts its entry into the navigation of the signed-in."""
    app.extensions.setdefault(KEY, []).append(NavigationEntry(endpoint, label, shows))


PUBLIC_FOOT = (
    ("public.how_we_count", N_("How we count")),
    ("public.accessibility", N_("Accessibility")),
    ("verify.check", N_("Check a report")),
)
FOOT_OF_A_BODY = (
    ("public.errata", N_("Errata")),
    ("members.code_page", N_("Code of the hall")),
)
REPORTS = "issued.reports"  # of a body
OWN_ACCOUNT = "accounts.own_account"
SIGN_IN, SIGN_OUT = ("accounts.sign_in", "security.login"), ("accounts.sign_out", "security.logout")


def _address(endpoint: str) -> str:
    return _built(endpoint, script_root())


@cache
def _built(endpoint: str, root: str) -> str:
    """The same on every page, under the same root."""
    return url_for(endpoint)


def _known(*endpoints: str) -> str | None:
    return next(
        (_address(endpoint) for endpoint in endpoints if endpoint in current_app.view_functions),
        None,
    )


def _link(label: str, path: str) -> MastheadLink:
    return MastheadLink(label, path, has_request_context() and request.path == path)


def _origin() -> str:
    """Where the installation says that it is found; else what the reader asked."""
    base_url = current_settings().base_url
    return str(base_url or (request.host_url.rstrip("/") if has_request_context() else ""))


def masthead(
    body: BodyDetails | None = None, convention: ConventionDetails | None = None
) -> Masthead:
    """Given to every template: it is called with what the page belongs to."""
    body = body or (convention.body if convention else None)
    home = body.path if body else "/"
    links = [_link(_("Conventions"), home)]
    if body and REPORTS in current_app.view_functions:
        links.append(_link(_("Reports"), url_for(REPORTS, body=body.slug)))
    signed_in = bool(current_user and current_user.is_authenticated)
    if signed_in:
        links += [
            _link(str(offered.label), _address(offered.endpoint))
            for offered in current_app.extensions.get(KEY, [])
            if offered.shows()
        ]
        if path := _known(OWN_ACCOUNT):
            links.append(_link(current_user.name, path))
    elif path := _known(*SIGN_IN):
        links.append(_link(_("Sign in"), path))
    foot = [
        _link(_(label), _address(endpoint))
        for endpoint, label in PUBLIC_FOOT
        if endpoint in current_app.view_functions
    ]
    if body:
        foot[1:1] = [
            _link(_(label), url_for(endpoint, body=body.slug))
            for endpoint, label in FOOT_OF_A_BODY
            if endpoint in current_app.view_functions
        ]
    made_up = body.made_up if body else all_made_up(db.session())
    return Masthead(
        name=body.name if body else _("Convention tracker"),
        body=body,
        home=home,
        made_up=made_up,
        links=tuple(links),
        foot=tuple(foot),
        origin=_origin(),
        sign_out=_known(*SIGN_OUT) if signed_in else None,
    )


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(masthead=masthead)
