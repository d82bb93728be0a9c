"""Reports of a convention by edition: of its newest, or of the record as it is."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.recorded_union import NOW, running_union
from tests.factories.reports import collected
from tracker.acts.publications import pin_edition, publish_edition, set_publication
from tracker.reports.collecting.collect import NotOnRecord
from tracker.reports.models import ReportKind
from tracker.rules.codes import Visibility


def test_it_is_of_the_newest_edition_unless_the_record_is_asked_for(session: Session) -> None:
    union, own = running_union(session)
    set_publication(union.context, own, Visibility.PUBLIC, by_edition=True)
    with pytest.raises(NotOnRecord) as missing:
        collected(session, own.id, ReportKind.SHORT, NOW)
    assert missing.value.what == "edition"
    edition = pin_edition(union.on(date(2025, 3, 20)), own)
    publish_edition(union.context, edition)
    before = collected(session, own.id, ReportKind.SHORT, NOW)
    union.item(own, "99", "Later", "Do it later.")
    of_edition = collected(session, own.id, ReportKind.SHORT, NOW)
    live = collected(session, own.id, ReportKind.SHORT, NOW, live=True)
    assert of_edition.page == before.page
    assert of_edition.as_of == date(2025, 3, 20)
    assert of_edition.head.event == edition.up_to % 10**10 < live.head.event
    assert live.page.counts.items == of_edition.page.counts.items + 1
