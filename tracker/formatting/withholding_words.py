"""Words of the page on which something of an item is withheld, and shown again."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.markdown import plain
from tracker.reading.published import PublishedFact, WithholdingDetails
from tracker.rules.codes import EvidenceKind, FloorPart, WithheldFor
from tracker.rules.withheld_reports import ReportIssuedAnew
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import evidence_files, labels, phrases
from .amounts import listing, money, number
from .dates import day, short_day
from .office_item_words import shortened

MEANINGS = {
    WithheldFor.PERSONAL_DATA: N_("of somebody who did not agree to it"),
    WithheldFor.LEGAL: N_("a contract, a court, counsel’s advice"),
    WithheldFor.NOT_OURS_TO_PUBLISH: N_("a text or a picture of others"),
    WithheldFor.MISTAKE: N_("meant for staff, or for another item"),
}
NAMES_OF = {
    FloorPart.MAKER: N_("The name of the maker"),
    FloorPart.SECONDER: N_("The name of the seconder"),
    FloorPart.CONTACT: N_("The name of the contact"),
    FloorPart.SPONSOR: N_("The name of the sponsor"),
}


def meaning(kind: WithheldFor) -> str:
    """What a kind of reason is for."""
    return _(MEANINGS[kind])


def name(fact: PublishedFact) -> str:
    """What it is: The words of the entry of 1 December 2025."""
    match fact.kind:
        case "entry":
            return _("The words of the entry of %(day)s", day=day(fact.on))
        case "outcome":
            return _("The outcome of %(day)s", day=day(fact.on))
        case "maker":
            return _(NAMES_OF[fact.part or FloorPart.MAKER])
    title = fact.words or phrases.words_erased()
    match fact.evidence_kind:
        case EvidenceKind.FILE:
            return _("The file %(name)s", name=title)
        case EvidenceKind.LINK:
            return _("The link %(name)s", name=title)
    return _("The row of a list: %(name)s", name=title)


def about(fact: PublishedFact, currency: str) -> str:
    """By which it is told from others, and what readers have of it."""
    match fact.kind:
        case "entry":
            return _about_entry(fact, currency)
        case "outcome":
            words = _quoted(fact)
            level = phrases.lower(labels.level(fact.level)) if fact.level else ""
            return ", ".join(part for part in (words, level) if part)
        case "maker":
            return _about_maker(fact)
    return _about_evidence(fact)


def _quoted(fact: PublishedFact) -> str:
    words = shortened(plain(fact.words)) if fact.words else phrases.words_erased()
    return f"“{words}”" if fact.words else words


def _about_entry(fact: PublishedFact, currency: str) -> str:
    text = _quoted(fact)
    if fact.pieces:
        text = ngettext(
            "%(words)s, with its one piece of evidence",
            "%(words)s, with its %(num)d pieces of evidence",
            fact.pieces,
            words=text,
        )
    sentences = [phrases.sentence(text)]
    if fact.spent is not None:
        sentences.append(_("Its %(amount)s stays counted.", amount=money(fact.spent, currency)))
    if fact.is_corrected:
        sentences.append(_("It was corrected later, and is read beside its correction."))
    return " ".join(sentences)


def _about_evidence(fact: PublishedFact) -> str:
    on = day(fact.of_on) if fact.of_on else phrases.day_not_known()
    whose = (
        _("Evidence of the entry of %(day)s", day=on)
        if fact.of_kind == "entry"
        else _("Evidence of the outcome of %(day)s", day=on)
    )
    sentences = [phrases.sentence(whose)]
    if fact.evidence is not None and fact.evidence.size:
        sentences.append(phrases.sentence(evidence_files.kind_and_size(fact.evidence)))
    if fact.withheld is not None:
        return " ".join(sentences)
    if fact.evidence is not None and fact.evidence.internal:
        sentences.append(_("For staff only."))
    else:
        sentences.append(_("Everybody may open it."))
    return " ".join(sentences)


def _about_maker(fact: PublishedFact) -> str:
    sentences = [phrases.sentence(fact.words or phrases.words_erased())]
    if fact.delegation:
        sentences.append(_("The delegation, %(name)s, stays.", name=fact.delegation))
    if fact.is_former:
        sentences.append(_("Put right since: readers of earlier days read it, where names show."))
    return " ".join(sentences)


def unchanged(fact: PublishedFact) -> str:
    """What stays as it is once this is withheld."""
    match fact.kind:
        case "maker":
            return _(
                "The delegation stays, and so does the item. The same name goes wherever it "
                "stands among those who moved it, of every day."
            )
        case "outcome" if fact.is_confirmed:
            return _("The answer to “What changed?” stays: the outcome was confirmed.")
        case "entry" if fact.confirmed_clauses:
            return ngettext(
                "Clause %(list)s stays done: it was confirmed on this entry.",
                "Clauses %(list)s stay done: they were confirmed on this entry.",
                len(fact.confirmed_clauses),
                list=listing([number(clause) for clause in fact.confirmed_clauses]),
            )
        case "entry" if fact.is_confirmed:
            return _("It stays done: it was confirmed on this entry.")
    return _("What was claimed and confirmed stays so, and its money stays counted.")


def issued_anew(reports: Sequence[ReportIssuedAnew]) -> str:
    """PA-2026-1 showed it: its files are gone, and it is issued anew without it, as PA-2026-3."""
    if len(reports) == 1:
        return _(
            "%(number)s showed it: its files are gone, and it is issued anew without it, as "
            "%(anew)s.",
            number=reports[0].number,
            anew=reports[0].anew,
        )
    pairs = [
        _("%(number)s as %(anew)s", number=report.number, anew=report.anew) for report in reports
    ]
    return ngettext(
        "%(num)s issued report showed it: its files are gone, and it is issued anew without it "
        "(%(list)s).",
        "%(num)s issued reports showed it: their files are gone, and they are issued anew without "
        "it (%(list)s).",
        len(reports),
        list=listing(pairs),
    )


def withheld(line: WithholdingDetails) -> str:
    """Personal data, 3 Jul 2026, by Noor Castell."""
    return _(
        "%(kind)s, %(day)s, by %(who)s",
        kind=phrases.upper(labels.withheld(line.kind)),
        day=short_day(line.on),
        who=line.by or _("the command line"),
    )


def lifted(line: WithholdingDetails) -> str:
    """Shown again since 3 Jul 2026, by Noor Castell."""
    return _(
        "Shown again since %(day)s, by %(who)s",
        day=short_day(line.lifted_on) if line.lifted_on else phrases.day_not_known(),
        who=line.lifted_by or _("the command line"),
    )
