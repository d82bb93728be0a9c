"""The union while it is being written.

What time it is there, who acts, and the order in which all is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts import bodies, columns, conventions, items, rosters
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence
from tracker.config import Settings
from tracker.files import pictures, sniff, store
from tracker.record.bodies import Fund
from tracker.record.conventions import Convention
from tracker.record.items import Clause, Item
from tracker.rules.codes import EvidenceKind, FloorPart
from tracker.rules.permissions import COMMAND_LINE, Actor
from tracker.rules.rosters import Roster

from . import body_mark, gatherings, going_public, old_list, papers, waiting_list
from .accounts import DemoAccount, welcome
from .calendar import DemoClock, FromToday, ago
from .gatherings import FOUNDED, GATHERINGS, OLD, RUNNING, Gathering
from .issued_reports import ReportOffice
from .people import (
    ADMINISTRATOR,
    CALLED_BEFORE,
    DELEGATIONS,
    DEPUTY,
    EDUCATION,
    GOVERNANCE,
    RURAL_SCHOOLS,
    SETTINGS,
    SLUG,
    SMALL_SCHOOLS,
    STAFF,
)
from .scenes import Cue, Scene, World
from .steps import ItemStory, StoryFile
from .stories import ITEMS, MEETINGS
from .storyteller import meeting_cue, story_cues

REORGANISED = 95  # days before the day of loading
RETITLED = 40


class Union:
    def __init__(self, session: Session, now: datetime, settings: Settings) -> None:
        self.session, self.settings, self.folder = session, settings, settings.files
        self.zone = ZoneInfo(SETTINGS["time_zone"])
        self.today = now.astimezone(self.zone).date()
        self.calendar = gatherings.calendar(self.today)
        self.clock = DemoClock(self.zone, now)
        self.conventions: dict[str, Convention] = {}
        founded = self.calendar.working_day(OLD, FromToday(-FOUNDED))
        described = {**SETTINGS, "mark": body_mark.keep(self.folder)}
        self.body_id = bodies.found_body(session, SLUG, described, self.clock.strike(founded)).id
        context = self._context(founded, COMMAND_LINE)
        self.units = {
            name: bodies.add_unit(context, CALLED_BEFORE.get(name, name)).id for name in STAFF
        }
        self.delegations = {name: bodies.add_delegation(context, name).id for name in DELEGATIONS}
        self.actors: dict[str, Actor] = {}
        self.accounts: list[DemoAccount] = []
        for name, actor, account in welcome(context, self.units, self.today):
            self.actors[name] = actor
            self.accounts += [account] if account else []
        self.world = World(
            session=session,
            calendar=self.calendar,
            at=self.at,
            store=cache(self.kept),
            units=self.units,
            people={name: actor.person_id for name, actor in self.actors.items()},
        )

    def _context(self, day: date, actor: Actor) -> ActContext:
        return ActContext(
            session=self.session,
            actor=actor,
            now=self.clock.strike(day),
            body_id=self.body_id,
            zone=self.zone,
        )

    def at(self, day: date, name: str) -> ActContext:
        """The context of that person, on that day."""
        return self._context(day, self.actors[name])

    def grow(self) -> list[DemoAccount]:
        """All that happened, in the order of the days; on one day, in the order of the tables."""
        cues: list[Cue] = []
        for name, gathering in GATHERINGS.items():
            cues += self._convention_cues(name, gathering)
        for story in ITEMS:
            cues += self._item_cues(story)
        cues += [meeting_cue(self.world, meeting) for meeting in MEETINGS]
        cues.append(Cue(self.calendar.working_day(RUNNING, ago(REORGANISED)), self._reorganise))
        office = ReportOffice(
            at=self.at,
            calendar=self.calendar,
            conventions=self.conventions,
            scenes=self.world.scenes,
        )
        cues += office.cues()
        for cue in sorted(cues, key=lambda cue: cue.day):
            if cue.day <= self.today:
                cue.do()
        last = ActContext(
            session=self.session,
            actor=COMMAND_LINE,
            now=self.clock.loaded_at,
            body_id=self.body_id,
            zone=self.zone,
        )
        waiting_list.send(
            self._context(self.today, self.actors[GOVERNANCE]), self.conventions[OLD], self.settings
        )
        office.ask_for_draft(self._context(self.today, self.actors[GOVERNANCE]), self.settings)
        # once more, as the last act of loading: its age is known by it
        bodies.set_setting(last, "made_up", SETTINGS["made_up"])
        return self.accounts

    def _reorganise(self) -> None:
        """A committee takes another name, and a caucus is merged into another."""
        context = self.at(self.calendar.working_day(RUNNING, ago(REORGANISED)), ADMINISTRATOR)
        rosters.rename(context, Roster.UNITS, self.units[EDUCATION], EDUCATION)
        small, rural = self.delegations[SMALL_SCHOOLS], self.delegations[RURAL_SCHOOLS]
        rosters.merge(context, Roster.DELEGATIONS, small, rural)

    def _convention_cues(self, name: str, gathering: Gathering) -> Iterator[Cue]:
        """A convention is recorded, with its fund, and for the oldest the list of its items."""
        closes = self.calendar.closings[name]
        opens = self.calendar.day(name, -gathering.days)
        dates = conventions.Dates(year=closes.year)
        if gathering.dates_known:
            dates = conventions.Dates(
                year=closes.year, opens_on=opens, closes_on=closes, special=gathering.special
            )
        recorded_on = self.calendar.working_day(name, gathering.recorded)

        def record() -> None:
            slug = "-".join(filter(None, (str(closes.year), gathering.slug)))
            context = self.at(recorded_on, GOVERNANCE)
            self.conventions[name] = conventions.record(
                context, slug, f"{gathering.name} {closes.year}", dates, gathering.place
            )
            going_public.settle(context, self.conventions[name], gathering)

        def endow() -> None:
            fund = Fund(
                convention_id=self.conventions[name].id,
                name=gatherings.FUND,
                amount=Decimal(gathering.fund or 0),
            )
            bodies.add_fund(self.at(opens, ADMINISTRATOR), self.conventions[name], fund)

        def read_list() -> None:
            context = replace(self.at(recorded_on, GOVERNANCE), importing=True)
            old_list.read_in(context, self.conventions[name], self.units, self.delegations)
            columns.open_column(
                self.at(recorded_on, GOVERNANCE), self.conventions[name], [old_list.OPEN_COLUMN]
            )

        def retitle() -> None:
            number, _title = waiting_list.RETITLED
            item = self.session.scalars(
                sa.select(Item).where(
                    Item.convention_id == self.conventions[name].id, Item.number == number
                )
            ).one()
            waiting_list.retitle(self.at(retitled_on, GOVERNANCE), item)

        yield Cue(recorded_on, record)
        if name == OLD:
            retitled_on = self.calendar.working_day(OLD, ago(RETITLED))
            yield Cue(recorded_on, read_list)
            yield Cue(retitled_on, retitle)
        if gathering.fund:
            yield Cue(opens, endow)
        for published in gathering.editions:
            day = self.calendar.working_day(name, published)
            yield Cue(day, partial(self._publish_edition, name, day))

    def _publish_edition(self, name: str, day: date) -> None:
        going_public.publish_edition(
            self.at(day, GOVERNANCE), self.at(day, DEPUTY), self.conventions[name]
        )

    def _item_cues(self, story: ItemStory) -> Iterator[Cue]:
        """An item is entered, then divided into clauses, and then its steps follow."""
        entered_on = self.calendar.working_day(story.convention, story.registered)
        divided_on = self.calendar.working_day(story.convention, story.clauses_on)
        key = story.convention, story.code

        def enter() -> None:
            context = self.at(entered_on, GOVERNANCE)
            movers = []
            if story.by:
                movers.append(items.Mover(FloorPart.MAKER, self.delegations[story.by], story.name))
            if story.seconded:
                movers.append(items.Mover(FloorPart.SECONDER, self.delegations[story.seconded]))
            item = items.register(
                context,
                self.conventions[story.convention],
                story.kind,
                story.number.lower(),
                items.NewVersion(
                    words=story.text,
                    title=story.title,
                    rationale=story.rationale,
                    stage=story.stage,
                ),
                story.number,
                movers,
                awaiting_debate=True,
            )
            whole = self.session.scalars(sa.select(Clause.id).where(Clause.item_id == item.id))
            self.world.scenes[key] = Scene(story=story, item=item, clauses={1: whole.one()})

        def divide() -> None:
            scene = self.world.scenes[key]
            clauses = items.enter_clauses(
                self.at(divided_on, GOVERNANCE),
                scene.item,
                story.clauses,
                story.declarations,
                story.addressees,
            )
            scene.clauses = dict(enumerate(clauses, 1))

        yield Cue(entered_on, enter)
        if story.clauses:
            yield Cue(divided_on, divide)
        yield from story_cues(self.world, story)

    def kept(self, paper: StoryFile) -> tuple[NewEvidence, str | None]:
        """Stores a paper's bytes, as an upload would be; and the public copy of a picture."""
        if paper.bars:
            content = papers.png(paper.title, dict(paper.bars))
        else:
            content = papers.pdf(paper.title, paper.lines)
        kind = sniff.media_type(content, paper.name)
        sha256 = store.keep(self.folder, content)
        copy = None
        if pictures.needs_copy(kind) and not paper.inside:
            public_content, _ = pictures.public_copy(content, kind)
            copy = store.keep(self.folder, public_content)
        evidence = NewEvidence(
            kind=EvidenceKind.FILE,
            title=paper.name,
            sha256=sha256,
            media_type=kind,
            size=len(content),
            internal=paper.inside,
        )
        return evidence, copy
