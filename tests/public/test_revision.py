"""A reader's kept page is good for one state of the record, and not for another that has as many
events, as after a restore.
"""

from __future__ import annotations

from flask import Flask

from tests.factories.staffed_union import NOW
from tracker.acts import bodies
from tracker.extensions import db
from tracker.reading.addresses import resolve


def test_another_record_of_the_same_length_is_another_revision(app: Flask) -> None:
    for slug in ("first", "second"):
        bodies.found_body(db.session(), slug, {"name": "A union", "pages": "open"}, NOW)
    db.session.commit()
    one, other = (resolve(db.session(), slug) for slug in ("first", "second"))
    assert one and other and one.revision != other.revision
