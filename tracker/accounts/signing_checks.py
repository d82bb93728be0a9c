"""The check of `tracker doctor` for signatures: whether a key is set, and how long it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tracker.clock import now
from tracker.config import Settings
from tracker.installation.doctor import CheckState, StateAndWords
from tracker.reports.making import signing
from tracker.translation import gettext as _

ABOUT_TO_END = timedelta(days=30)


def _signature(settings: Settings) -> StateAndWords:
    try:
        signer = signing.signer(settings)
    except signing.CannotSign as wrong:
        return CheckState.PROBLEM, str(wrong)
    if signer is None or settings.signing_key is None:
        return CheckState.WELL, _("reports are issued unsigned: no key is set")
    names = {"name": signer.name, "until": signer.valid_until.date()}
    if signer.valid_until < now():
        return CheckState.PROBLEM, _(
            "The certificate of %(name)s ended on %(until)s: reports cannot be issued. Set "
            "another one, or none.",
            **names,
        )
    if signer.valid_from > now():
        return CheckState.PROBLEM, _(
            "The certificate of %(name)s does not hold before %(from_day)s: reports cannot be "
            "issued until then.",
            name=signer.name,
            from_day=signer.valid_from.date(),
        )
    if signer.valid_until < now() + ABOUT_TO_END:
        return CheckState.WARNING, _(
            "The certificate of %(name)s ends on %(until)s: get a new one.", **names
        )
    words = _("%(name)s, by %(issuer)s, valid until %(until)s", **names, issuer=signer.issuer)
    if settings.signing_key.timestamp_url:
        url = settings.signing_key.timestamp_url
        words = _("%(signature)s; time stamps of %(url)s", signature=words, url=url)
    return CheckState.WELL, words


CHECKS: dict[str, Callable[[Settings], StateAndWords]] = {"signature": _signature}
