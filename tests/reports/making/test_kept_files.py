"""Drafts that are kept as files: handed out where nothing changed that they show, else not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import ENGINES, fresh_url
from tests.factories import recorded_union
from tests.factories.application import new_application
from tracker.acts import bodies, conventions, erasing
from tracker.acts.act_context import ActContext, for_body
from tracker.config import Settings
from tracker.extensions import db
from tracker.record import ledger
from tracker.record.conventions import Convention
from tracker.record.ledger_tables import Text
from tracker.record.texts import standing
from tracker.reports.making import kept_files, kept_pages
from tracker.reports.making.kept_files import FileKey, KeptFile
from tracker.reports.making.withheld import change_of_setting
from tracker.reports.models import ReportKind
from tracker.reports.printing.ways import PrintEngine
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import WithheldFor
from tracker.rules.permissions import COMMAND_LINE
from tracker.translation import in_language

NOW = recorded_union.NOW


@dataclass
class Keeping:
    """An instance with the small union, and a draft of it that is kept."""

    app: Flask
    settings: Settings
    body: int
    convention: int
    made: Path

    @property
    def request(self) -> ReportRequest:
        return ReportRequest(kind=ReportKind.SHORT, convention_ids=(self.convention,))

    def key(
        self,
        request: ReportRequest | None = None,
        settings: Settings | None = None,
        after: timedelta = timedelta(),
        engine: PrintEngine = PrintEngine.PLAIN,
    ) -> FileKey:
        with Session(db.engine) as session:
            return kept_files.key_of(
                session,
                settings or self.settings,
                self.body,
                request or self.request,
                NOW + after,
                engine,
            )

    def keep(self, key: FileKey) -> None:
        with Session(db.engine) as session:
            kept = KeptFile(self.made, date(2024, 7, 3), 3, "A box")
            kept_files.keep(session, self.settings, key, kept)

    def find(self, key: FileKey | None = None) -> KeptFile | None:
        return kept_files.find(self.settings, key or self.key())

    def act(self, act: Callable[[ActContext], object]) -> None:
        with Session(db.engine) as session:
            act(for_body(session, self.body, COMMAND_LINE, NOW))
            session.commit()

    @property
    def files(self) -> list[Path]:
        return sorted((self.settings.report_pages / "drafts").glob("*"))


@pytest.fixture(params=ENGINES)
def keeping(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Keeping]:
    folder = tmp_path_factory.mktemp("kept")
    app = new_application(folder, fresh_url(request.param, request, tmp_path_factory))
    with app.app_context():
        db.create_all()
        with Session(db.engine) as session:
            ledger.begin(session)
            union, convention = recorded_union.running_union(session)
            session.commit()
            body_id, convention_id = union.context.body_id, convention.id
        made = folder / "made.pdf"
        made.write_bytes(b"%PDF")
        made_by = Keeping(app, app.config["SETTINGS"], body_id, convention_id, made)
        made_by.keep(made_by.key())
        yield made_by
        db.session.remove()
        db.engine.dispose()


def rename(context: ActContext) -> None:
    convention = context.session.scalars(sa.select(Convention).limit(1)).one()
    conventions.rename(context, convention, "Another name", None)


def erase_a_text(context: ActContext) -> None:
    text = next(text for text in standing(context.session, context.body_id) if text.words)
    erasing.erase(context, text.digest, WithheldFor.PERSONAL_DATA)
    assert context.session.get_one(Text, text.digest).words is None


def test_it_is_found_as_long_as_nothing_changes(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = keeping.find()
    assert found is not None and found.file.read_bytes() == b"%PDF"
    assert (found.as_of, found.pages, found.warning) == (date(2024, 7, 3), 3, "A box")
    other = replace(keeping.settings, base_url="https://elsewhere.example.org")
    different = {
        "another request": keeping.key(replace(keeping.request, large=True)),
        "another convention": keeping.key(replace(keeping.request, convention_ids=(99,))),
        "the next day": keeping.key(after=timedelta(days=1)),
        "another address": keeping.key(settings=other),
        "the other engine": keeping.key(engine=PrintEngine.LINKED),
    }
    with in_language("es"):
        different["another language"] = keeping.key()
    for name in ("build", "version"):
        with monkeypatch.context() as patch:
            patch.setattr(kept_files, name, lambda *_: "newer")
            different[f"another {name}"] = keeping.key()
    assert [why for why, key in different.items() if keeping.find(key)] == []
    assert len({key.name for key in different.values()}) == len(different)
    assert keeping.find() is not None, "all of these were other reports"


def test_what_is_recorded_makes_it_another(keeping: Keeping) -> None:
    acts: dict[str, Callable[[ActContext], object]] = {
        "a name": rename,
        "a text is erased": erase_a_text,
        "names show no longer": lambda at: bodies.set_setting(at, "show_names", "no"),
        "a unit": lambda at: bodies.add_unit(at, "Board of review"),
    }
    for what, act in acts.items():
        keeping.keep(keeping.key())
        assert keeping.find(), what
        keeping.act(act)
        assert keeping.find() is None, what


def test_one_of_before_is_removed_with_the_next(keeping: Keeping) -> None:
    before = keeping.key()
    keeping.act(rename)
    keeping.keep(before)
    assert len(keeping.files) == 2, "it is not kept again: the record has moved on"
    keeping.keep(keeping.key())
    assert len(keeping.files) == 2 and keeping.find() is not None
    assert keeping.find(before) is None


def test_tidying_removes_what_is_old_or_of_before(keeping: Keeping) -> None:
    def tidy(after: timedelta) -> int:
        with Session(db.engine) as session:
            made_at = datetime.fromtimestamp(keeping.made.stat().st_mtime, NOW.tzinfo)
            kept_files.tidy(session, keeping.settings, made_at + after)
        return len(keeping.files)

    assert tidy(timedelta(days=29)) == 2
    assert tidy(timedelta(days=31)) == 0
    keeping.keep(keeping.key())
    assert tidy(timedelta()) == 2
    keeping.act(rename)
    assert tidy(timedelta()) == 0


def test_what_is_taken_from_readers_is_kept_no_longer(keeping: Keeping) -> None:
    with Session(db.engine) as session:
        context = for_body(session, keeping.body, COMMAND_LINE, NOW)
        with change_of_setting(context, keeping.settings, "show_names", "no") as reports:
            bodies.set_setting(context, "show_names", "no")
        session.commit()
        reports.after_commit(session, keeping.settings)
    assert keeping.files == []
    keeping.keep(keeping.key())
    kept_pages.forget(keeping.settings)
    assert keeping.find() is None


def test_a_damaged_file_is_not_handed_out(keeping: Keeping) -> None:
    found = keeping.find()
    assert found is not None
    found.file.write_bytes(b"%PD")
    assert keeping.find() is None
    found.file.unlink()
    assert keeping.find() is None
    keeping.keep(keeping.key())
    found.file.with_suffix(".json").write_text("{}")
    assert keeping.find() is None
