"""The commands by which words leave the pages: `withhold`, and `erase` for ever.

What is withheld keeps its effect.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import sqlalchemy as sa

from tracker.acts import erasing, withholding
from tracker.acts.act_context import ActContext
from tracker.config import Settings
from tracker.engine import without_traces
from tracker.extensions import db
from tracker.formatting import withholding_words
from tracker.jobs.table import Job
from tracker.reading import addresses, published
from tracker.record.bodies import Body
from tracker.record.items import Item
from tracker.record.progress import Withholding
from tracker.record.report_drafts import ReportDraft
from tracker.record.texts import StandingText, holds, standing
from tracker.reports.making import withheld
from tracker.reports.making.tasks import KIND, file_of
from tracker.rules.codes import WithheldFor
from tracker.rules.refusals import Refusal, Refused
from tracker.rules.withheld_reports import ReportIssuedAnew, TakenFromReaders
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import CommandProblem
from .opened import body_of, context_for, convention_of, echo, instance, session

WHY = click.option(
    "--for",
    "why",
    type=click.Choice([kind.value for kind in WithheldFor]),
    help="The kind of reason, which is published.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="For other programs.")
NAMED_BY = 12  # characters of a digest: as many as tell texts apart
SHORTEST_NAME = 8
BEGINNING = 80  # characters of a text that are shown


def _beginning(words: str | None) -> str:
    if words is None:
        return _("(erased)")
    line = " ".join(words.split())
    return line if len(line) <= BEGINNING else line[: BEGINNING - 1] + "…"


# --- withhold ---


@click.command()
@click.argument("address")
@click.option("--entry", type=int, help="The number of an entry.")
@click.option("--outcome", type=int, help="The number of an outcome.")
@click.option(
    "--evidence",
    type=int,
    help="The number of a file, link or row; a file's is in its address, /files/NUMBER.",
)
@click.option("--maker", type=int, help="The number of a name of somebody who moved it.")
@WHY
@click.option("--note", help="Why, in your words: read by governance and the auditor only.")
@click.option("--lift", is_flag=True, help="Show it to readers again; needs --note.")
@JSON
@click.pass_obj
def withhold(
    path: Path,
    address: str,
    entry: int | None,
    outcome: int | None,
    evidence: int | None,
    maker: int | None,
    why: str | None,
    note: str | None,
    lift: bool,
    as_json: bool,
) -> None:
    """Take what was published of the item ADDRESS (`nea/2017/nbi-2`) off every page, at once, or
    with --lift show it again. Without a number: list what there is.
    """
    numbers = {"entry": entry, "outcome": outcome, "evidence": evidence, "maker": maker}
    chosen = [(kind, number) for kind, number in numbers.items() if number is not None]
    _need_one_meaning(len(chosen), why, note, lift)
    with instance(path) as app:
        settings: Settings = app.config["SETTINGS"]
        body, item = _item(address)
        context = context_for(body)
        reports = withheld.WithheldReports()
        if chosen:
            kind, number = chosen[0]
            what = withholding.find(session(), kind, number)
            if what is None or what.item_id != item.id:
                raise _no_such_fact(address, kind, number)
            if lift:
                _lift(context, item, what, note or "")
            elif why is not None:
                kind_of_reason = WithheldFor(why)
                with withheld.withholding_of(
                    context, settings, item, what, kind_of_reason
                ) as reports:
                    withholding.withhold(context, item, what, kind_of_reason, note)
            session().commit()
            reports.after_commit(session(), settings)
        item_as_published = published.published_item(session(), body.id, item.id, context.today)
        facts = item_as_published.facts if item_as_published else ()
    if as_json:
        echo(json.dumps([fact.as_data() for fact in facts], ensure_ascii=False, indent=1))
    elif lift:
        echo(_("Readers read it again."))
    elif chosen:
        echo(_("Withheld. In its place every page says so, with the day and the kind of reason."))
        if reports.reports:
            echo(withholding_words.issued_anew(reports.reports))
    else:
        _echo_published(facts)


def _need_one_meaning(chosen: int, why: str | None, note: str | None, lift: bool) -> None:
    """Raises a usage error where the options do not say one thing."""
    if chosen > 1:
        raise click.UsageError(_("Say one of --entry, --outcome, --evidence and --maker."))
    if lift and not (chosen and note and why is None):
        raise click.UsageError(
            _("Say what is shown again (--entry, --outcome, --evidence or --maker), and --note.")
        )
    if not lift and bool(chosen) != (why is not None):
        raise click.UsageError(
            _("Say what is withheld (--entry, --outcome, --evidence or --maker), and why (--for).")
        )
    if note is not None and not chosen:
        raise click.UsageError(_("A note (--note) belongs to what is withheld."))


def _lift(context: ActContext, item: Item, what: withholding.Subject, note: str) -> None:
    key = withholding.standing_withholding(context, what)
    if key is None:
        raise Refused(Refusal.NOT_WITHHELD)
    withholding.lift(context, item, session().get_one(Withholding, key), note)


def _no_such_fact(address: str, kind: str, number: int) -> CommandProblem:
    return CommandProblem(
        _(
            "%(address)s has no %(kind)s %(number)s: `tracker withhold %(address)s` "
            "lists what it has.",
            address=address,
            kind=kind,
            number=number,
        )
    )


def _echo_published(facts: Sequence[published.PublishedFact]) -> None:
    for fact in facts:
        state = ""
        if fact.withheld:
            state = " " + _("(withheld: %(kind)s)", kind=fact.withheld.kind.value)
        echo(f"--{fact.kind} {fact.id}  {fact.on}{state}  {_beginning(fact.words)}")
    if not facts:
        echo(_("Nothing of this item was released."))


def _item(address: str) -> tuple[Body, Item]:
    """`nea/2017/nbi-2`, or `2017/nbi-2` where only one body has that convention."""
    convention_address, _slash, spelling = address.strip("/").rpartition("/")
    if not convention_address:
        raise CommandProblem(
            _(
                "%(address)s is no item's address: for example nea/2017/nbi-2.",
                address=repr(address),
            )
        )
    convention = convention_of(convention_address)
    body = session().get_one(Body, convention.body_id)
    target = addresses.resolve(session(), body.slug, convention.slug)
    resolved = addresses.resolve_item(session(), target, spelling) if target else None
    if resolved is None:
        raise CommandProblem(
            _(
                "There is no item %(spelling)s in %(convention)s.",
                spelling=repr(spelling),
                convention=convention_address,
            )
        )
    return body, session().get_one(Item, resolved[0])


# --- erase ---


@click.command()
@click.argument("body_slug", metavar="BODY")
@click.option("--containing", metavar="WORDS", help="List the texts that hold these words.")
@click.option(
    "--text",
    "names",
    multiple=True,
    help="Erase this one: the name that the list shows for it. May be said several times.",
)
@WHY
@JSON
@click.pass_obj
def erase(
    path: Path,
    body_slug: str,
    containing: str | None,
    names: tuple[str, ...],
    why: str | None,
    as_json: bool,
) -> None:
    """Blank texts of BODY for ever: words of entries, reasons, titles, names of people. That they
    were erased, when and why stays on record.

    First with --containing, to find them: the same words may stand in several places. Then with
    --text and --for.
    """
    if bool(names) == (containing is not None) or bool(names) != (why is not None):
        raise click.UsageError(
            _("Say --containing WORDS to find texts, or --text NAME with --for KIND to erase them.")
        )
    if containing is not None and not containing.strip():
        raise click.UsageError(_("Say which words."))
    reason = WithheldFor(why) if why else None
    with instance(path) as app:
        body = body_of(body_slug)
        if containing is not None or reason is None:
            _list(body, containing or "", as_json)
            return
        erased = _erase(body, names, reason, app.config["SETTINGS"])
    if as_json:
        echo(json.dumps(erased.as_data(), ensure_ascii=False, indent=1))
    else:
        _echo_erased(erased)


@dataclass(frozen=True, kw_only=True)
class ErasedTexts:
    """What an erasure blanked and removed, and what it left."""

    digests: list[str]  # sorted
    drafts: int  # that held the words, and are gone
    reports: int  # drafts of reports, and of those of an older version all, removed
    issued: list[ReportIssuedAnew]  # whose files are gone
    texts_left: list[StandingText]  # that hold the same words still

    def as_data(self) -> dict[str, object]:
        return {
            "erased": self.digests,
            "drafts_dropped": self.drafts,
            "reports_removed": self.reports,
            "reports_issued_anew": {report.number: report.anew for report in self.issued},
            "left": _as_data(self.texts_left),
        }


def _erase(
    body: Body, names: Collection[str], reason: WithheldFor, settings: Settings
) -> ErasedTexts:
    texts = [_text(body, name) for name in dict.fromkeys(names)]
    words = {text.digest: text.words or "" for text in texts}
    drafts = 0
    context = context_for(body)
    with without_traces(db.engine, session()):
        with withheld.withholding_from_reports(
            context, settings, TakenFromReaders(), None
        ) as withheld_reports:
            for digest in words:
                drafts += erasing.erase(context, digest, reason)
        files = _report_files(body, settings)
        session().commit()
    for file in files:
        file.unlink(missing_ok=True)
    withheld_reports.after_commit(session(), settings)
    return ErasedTexts(
        digests=sorted(words),
        drafts=drafts,
        reports=withheld_reports.drafts + len(files),
        issued=withheld_reports.reports,
        texts_left=[
            text
            for text in standing(session(), body.id)
            if text.words and any(holds(text.words, erased) for erased in words.values())
        ],
    )


def _echo_erased(erased: ErasedTexts) -> None:
    echo(ngettext("%(num)s text is erased.", "%(num)s texts are erased.", len(erased.digests)))
    if erased.drafts:
        echo(
            ngettext(
                "%(num)s draft held the words, and is gone.",
                "%(num)s drafts held the words, and are gone.",
                erased.drafts,
            )
        )
    if erased.reports:
        echo(
            ngettext(
                "%(num)s printed report of the body is gone: make it anew.",
                "%(num)s printed reports of the body are gone: make them anew.",
                erased.reports,
            )
        )
    if erased.issued:
        echo(withholding_words.issued_anew(erased.issued))
    for text in erased.texts_left:
        echo(_("The same words still stand in %(place)s.", place=_place(text)))
    echo(_("Backups that were made before still hold the words: see the operator guide."))


def _list(body: Body, containing: str, as_json: bool) -> None:
    texts = [
        text
        for text in standing(session(), body.id)
        if text.words and holds(text.words, containing)
    ]
    if as_json:
        echo(json.dumps(_as_data(texts), ensure_ascii=False, indent=1))
        return
    for text in texts:
        echo(f"--text {_place(text)}  {_beginning(text.words)}")
    if not texts:
        echo(_("No text of this body holds these words."))


def _as_data(texts: list[StandingText]) -> list[dict[str, object]]:
    return [
        {
            "text": text.digest[:NAMED_BY],
            "stands_in": f"{text.table}.{text.column}",
            "row": text.fact_id,
            "item": text.item_id,
            "words": text.words,
        }
        for text in texts
    ]


def _place(text: StandingText) -> str:
    return f"{text.digest[:NAMED_BY]}  {text.table}.{text.column} {text.fact_id}"


def _text(body: Body, name: str) -> StandingText:
    """The text of this body whose digest begins so."""
    if len(name) < SHORTEST_NAME:
        raise CommandProblem(
            _(
                "%(name)s is too short to name a text: %(least)s characters at least.",
                name=repr(name),
                least=SHORTEST_NAME,
            )
        )
    texts = {text.digest: text for text in standing(session(), body.id, name.lower())}
    if not texts:
        raise CommandProblem(
            _(
                "%(body)s has no text %(name)s: `tracker erase %(body)s --containing WORDS` lists "
                "them.",
                body=body.slug,
                name=repr(name),
            )
        )
    if len(texts) > 1:
        raise CommandProblem(
            _("Several texts begin with %(name)s: write more of it.", name=repr(name))
        )
    return next(iter(texts.values()))


def _report_files(body: Body, settings: Settings) -> list[Path]:
    """The files of reports of which no draft says from what they were made: they may hold the
    words. The page says that they are no longer there.
    """
    has_draft = sa.exists().where(ReportDraft.job_id == Job.id)
    jobs = session().scalars(
        sa.select(Job).where(
            Job.kind == KIND, Job.body_id == body.id, Job.result.is_not(None), ~has_draft
        )
    )
    files = [file_of(settings, job.result) for job in jobs]
    return [file for file in files if file is not None]


commands = [withhold, erase]
