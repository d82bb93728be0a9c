"""Whoever logs on an item states what changed, with files and links that are kept over errors."""

from __future__ import annotations

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PEOPLE, Union, hidden_field
from tests.office.form_reader import fields_of_form
from tests.office.item_page_forms import facts_of, send
from tests.work.work_of import work_of
from tracker.record.outcomes import Outcome
from tracker.record.progress import OpenedEvidence
from tracker.rules.codes import EvidenceKind, Level

PATH = "/my-work/union/2026/nbi-4/outcome"
TODAY = "2026-11-30"
STATED = {
    "level": "change_followed",
    "observed_on": TODAY,
    "words": "Calls fell by a third.",
    "tie": "A count before and after.",
}


def post(union: Union, who: str, fields: dict[str, object]) -> TestResponse:
    return union.client(who).post(PATH, data=fields)


def pdf(name: str = "count.pdf") -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"%PDF-1.7 a"), name


def png() -> tuple[io.BytesIO, str]:
    drawn = io.BytesIO()
    camera = PngInfo()
    camera.add_text("Camera", "A phone")
    Image.new("RGB", (4, 4), "white").save(drawn, "PNG", pnginfo=camera)
    drawn.seek(0)
    return drawn, "wall.png"


def who_may_release(union: Union, words: str) -> set[str]:
    """Those whose work it is, by "My work"."""
    return {
        who
        for who in PEOPLE
        if any(words in (stated.words or "") for stated in work_of(union, who).outcomes_to_release)
    }


def test_who_states_one(union: Union) -> None:
    for who in PEOPLE:
        may = who in ("dana", "ray", "walter")
        assert union.client(who).get(PATH).status_code == (200 if may else 403), who
        assert post(union, who, {}).status_code == (422 if may else 403), who
        if may:
            assert f'href="{PATH}"' in union.client(who).get("/my-work/union/2026/nbi-4").text


def test_files_are_kept_over_an_error_and_become_evidence(union: Union) -> None:
    lead = union.client("dana")
    sent = {**STATED, "words": "", "files": [pdf(), png()], "files_open": "y"}
    refused = post(union, "dana", sent)
    assert refused.status_code == 422 and "Say in a sentence what changed" in refused.text
    assert "count.pdf" in refused.text and "wall.png" in refused.text
    more = post(union, "dana", fields_of_form(refused.text, PATH) | {"add": "link"})
    assert more.status_code == 200
    fields = fields_of_form(more.text, PATH) | {
        "words": STATED["words"],
        "links-0-url": "https://example.org/calls",
        "links-1-url": "https://example.org/before",
        "links-1-title": "The count before",
    }
    assert post(union, "dana", fields).status_code == 303
    facts = facts_of(union, 4)
    [outcome] = facts.outcomes
    assert (outcome.level, outcome.author_id) == (Level.CHANGE_FOLLOWED, union.people["dana"])
    assert [(piece.kind, piece.title) for piece in facts.evidence] == [
        (EvidenceKind.FILE, "count.pdf"),
        (EvidenceKind.FILE, "wall.png"),
        (EvidenceKind.LINK, "example.org/calls"),
        (EvidenceKind.LINK, "The count before"),
    ]
    assert "count.pdf" not in lead.get(PATH).text  # the next form begins empty
    assert "Waits for release." in lead.get("/my-work/union/2026/nbi-4").text
    assert "Outcomes for you to release" in union.client("ray").get("/my-work").text
    assert "Calls fell" not in union.client(None).get("/union/2026/nbi-4").text
    assert who_may_release(union, "Calls fell") == {"ray", "walter"}
    released = send(union, "ray", 4, "release-outcome", outcome=str(outcome.id))
    assert released.status_code == 303
    assert not who_may_release(union, "Calls fell")
    opened = facts_of(union, 4).opened_evidence
    assert {fact.evidence_id for fact in opened} == {piece.id for piece in facts.evidence}
    picture = next(piece for piece in facts.evidence if piece.title == "wall.png")
    original = picture.sha256
    with union.session() as session:
        copies = session.query(OpenedEvidence).filter_by(evidence_id=picture.id).one()
        assert copies.public_sha256 not in (None, original)  # members get the copy
    assert "wall.png" in union.client(None).get("/union/2026/nbi-4").text


def test_what_cannot_be_stated_comes_back(union: Union) -> None:
    for changed, sentence in (
        ({"level": ""}, "Choose what it says"),
        ({"observed_on": ""}, "Write the day on which it was observed"),
        ({"observed_on": "2099-01-01"}, "The date lies after today."),
        ({"observed_on": "soon kept"}, "This is no date"),
        ({"tie": " "}, "Say what ties the change to the item"),
        ({"links-0-url": "ftp://kept"}, "A link begins with https:// or http://"),
        ({"links-0-title": "kept"}, "The link itself is missing"),
        ({"files": [(io.BytesIO(b""), "empty.pdf")]}, "empty.pdf"),
    ):
        answer = post(union, "dana", {**STATED, **changed})
        assert answer.status_code == 422 and sentence in answer.text, changed
        assert "Calls fell by a third." in answer.text
        for value in changed.values():
            assert not isinstance(value, str) or value.strip() in answer.text
    assert union.count(Outcome, 4) == 0


def test_a_file_is_taken_off_and_a_draft_keeps_its_own(union: Union) -> None:
    added = post(union, "dana", {**STATED, "files": [pdf()], "add": "files"})
    assert added.status_code == 200 and "count.pdf" in added.text
    upload = hidden_field(added.text, "kept-0-upload")
    dropped = post(union, "dana", fields_of_form(added.text, PATH) | {"drop": upload})
    assert dropped.status_code == 200 and "count.pdf" not in dropped.text
    assert STATED["words"] in dropped.text
