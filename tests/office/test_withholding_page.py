"""Something of an item is withheld on the page of what is meant, and shown again there."""

from __future__ import annotations

import io
import re

import pytest

from tests.factories.files import photo
from tests.factories.staffed_union import PEOPLE, Union, item_row
from tests.factories.stored_reports import issue_report
from tracker.acts import bodies, items, withholding
from tracker.acts.items import Mover
from tracker.record.conventions import Convention
from tracker.record.issued_reports import IssuedReport, ReportWithholding
from tracker.record.items import FloorPerson
from tracker.record.ledger_tables import Text
from tracker.record.progress import Entry, Lifting, Withholding
from tracker.rules.codes import FileVariant, FloorPart, WithheldFor

ITEM = "/office/union/2026/items/nbi-4"
PAGE = f"{ITEM}/withholding"
PUBLIC = "/union/2026/nbi-4"
WORDS, WHY = "Forty schools were asked.", "A teacher asked us."
FOUND = "were asked"  # of an excerpt, in which the words that were searched are marked


@pytest.fixture
def released(union: Union) -> Union:
    """Item 4: a released entry with a file that members may open; its maker has a name."""
    assert union.log("dana", 4, files=[(io.BytesIO(photo()), "open.jpg")]).status_code == 303
    opened = [str(key) for key in union.files(4)]
    assert union.decide("ray", union.entry(4), entries__0__opens=opened).status_code == 303
    with union.context() as context:
        ohio = bodies.add_delegation(context, "Ohio").id
        movers = [Mover(FloorPart.MAKER, ohio, "Pat Quill"), Mover(FloorPart.CONTACT, None, "Ann")]
        items.set_movers(context, item_row(context.session, union, 4), movers)
        bodies.set_setting(context, "show_names", "yes")
    return union


def send(union: Union, what: str, who: str = "walter", **more: str) -> tuple[int, str]:
    fields = {"what": what, "kind": "personal_data", "note": WHY, **more}
    answer = union.client(who).post(PAGE, data=fields)
    return answer.status_code, answer.text


def lift(union: Union, note: str = "She agreed.", who: str = "walter") -> tuple[int, str]:
    with union.session() as session:
        key = session.query(Withholding).order_by(Withholding.id.desc()).first().id
    answer = union.client(who).post(f"{PAGE}/{key}/lift", data={"note": note})
    return answer.status_code, answer.text


def maker(union: Union) -> str:
    with union.session() as session:
        row = session.query(FloorPerson).filter_by(part=FloorPart.MAKER, retracted_by=None).one()
        return f"maker-{row.id}"


def page(union: Union, path: str, who: str | None = None) -> str:
    return union.client(who).get(path).text


def test_governance_withholds_the_auditor_reads_and_nobody_else(released: Union) -> None:
    key = f"entry-{released.entry(4)}"
    for who in PEOPLE:
        status = released.client(who).get(PAGE).status_code
        assert status == (200 if who in ("walter", "ewan") else 403), who
        if who != "walter":
            assert send(released, key, who)[0] == 403, who
    assert send(released, key)[0] == 303
    for who in PEOPLE:
        if who != "walter":
            assert lift(released, who=who)[0] == 403, who
    auditor = page(released, PAGE, "ewan")
    assert WHY in auditor and "<button" not in auditor.split("<main", 1)[1]
    assert "What is withheld of this item" in auditor
    assert WHY not in page(released, PUBLIC) and WHY not in page(released, PUBLIC, "dana")


def test_it_is_reached_from_what_is_meant(released: Union) -> None:
    entry, file = released.entry(4), released.files(4)[0]
    links = [f"{PAGE}?what=entry-{entry}", f"{PAGE}?what=evidence-{file}"]
    for path in (PUBLIC, "/my-work/union/2026/nbi-4"):
        text = page(released, path, "walter")
        assert all(f'href="{link}"' in text for link in links), path
        assert PAGE not in page(released, path, "dana"), path
    assert PAGE not in page(released, PUBLIC)
    office = page(released, ITEM, "walter")
    assert f'href="{PAGE}?what={maker(released)}"' in office
    assert f'href="{PAGE}"' in office and f'href="{PAGE}"' in page(released, ITEM, "ewan")
    chosen = page(released, f"{PAGE}?what=evidence-{file}", "walter")
    assert re.search(rf'<input checked[^>]*value="evidence-{file}"', chosen)


def test_an_entry_goes_at_once_and_comes_back(released: Union) -> None:
    key, file = f"entry-{released.entry(4)}", released.files(4)[0]
    found = "/union/find?q=forty+schools"
    assert WORDS in page(released, PUBLIC) and FOUND in page(released, found)
    status, looked = send(released, key, look="1", note="")
    assert status == 200 and "Withheld on" in looked and WORDS in page(released, PUBLIC)
    assert send(released, key)[0] == 303
    for who in (None, "dana", "marisol"):
        assert WORDS not in page(released, PUBLIC, who) and FOUND not in page(released, found, who)
        assert released.client(who).get(f"/files/{file}").status_code == 404
    assert "by the governance office: personal data" in page(released, PUBLIC)
    assert WORDS in page(released, PUBLIC, "walter") and WORDS in page(released, PAGE, "ewan")
    assert lift(released)[0] == 303
    assert WORDS in page(released, PUBLIC) and FOUND in page(released, found)
    assert released.client(None).get(f"/files/{file}").status_code == 200
    assert "She agreed." in page(released, PAGE, "ewan")
    assert send(released, key)[0] == 303  # and may be withheld again
    assert WORDS not in page(released, PUBLIC) and released.count(Withholding, 4) == 2


def test_the_name_of_the_maker_goes_and_the_delegation_stays(released: Union) -> None:
    assert "Pat Quill, Ohio" in page(released, PUBLIC)
    status, looked = send(released, maker(released), look="1")
    assert status == 200 and "Ohio (name withheld on" in looked
    assert send(released, maker(released), kind="legal")[0] == 303
    for who in (None, "dana", "ray"):
        text = page(released, PUBLIC, who)
        assert "Quill" not in text and "Ann" in text, who
        assert "Ohio (name withheld on 30 November 2026 by the governance office" in text.replace(
            "\u00a0", " "
        )
    assert "Quill" not in page(released, ITEM, "ray")
    errata = page(released, "/union/errata")
    assert "the name of who moved it" in errata and "Quill" not in errata
    assert "Pat Quill" in page(released, PUBLIC, "walter")
    with released.context() as context:  # put right: the same name is withheld all the same
        utah = bodies.add_delegation(context, "Utah").id
        row = item_row(context.session, released, 4)
        items.set_movers(context, row, [Mover(FloorPart.MAKER, utah, "Pat  quill")])
    assert "uill" not in page(released, PUBLIC) and "Utah" in page(released, PUBLIC)
    assert "is withheld already" in send(released, maker(released))[1]
    assert lift(released)[0] == 303 and "Pat" in page(released, PUBLIC)


def test_issued_reports_that_show_it_are_named_and_issued_anew(released: Union) -> None:
    """Before it is withheld it is tried, and nothing of it is kept."""
    with released.context() as context:
        convention = context.session.query(Convention).filter_by(slug="2026").one()
        number = issue_report(context, convention, {FileVariant.FULL: b"%PDF"}).number
    key = f"entry-{released.entry(4)}"
    assert "The button says which." in page(released, PAGE, "walter")
    _status, looked = send(released, key, look="1", note="")
    assert "Issued reports that show it" in looked and number in looked
    with released.session() as session:
        assert session.query(ReportWithholding).count() == 0
        assert session.query(IssuedReport).count() == 1
    fields = {"what": key, "kind": "personal_data", "note": WHY}
    answer = released.client("walter").post(PAGE, data=fields, follow_redirects=True).text
    with released.session() as session:
        assert session.query(ReportWithholding).one().kind is WithheldFor.PERSONAL_DATA
        anew = session.query(IssuedReport).filter(IssuedReport.replaces_id.is_not(None)).one()
        assert f"{number} showed it" in answer and anew.number in answer
    _status, looked = send(released, maker(released), look="1", note="")
    assert "No issued report shows it." in looked


def test_a_form_comes_back_filled_in(released: Union) -> None:
    key = f"entry-{released.entry(4)}"
    for fields, sentence in (
        ({"note": " "}, "Say why, in a sentence"),
        ({"kind": "spite"}, "Not a valid choice"),
        ({"what": "entry-999"}, "Choose what is withheld"),
    ):
        status, text = send(released, **{"what": key, **fields})
        assert status == 422 and sentence in text, fields
        assert WHY in text or "note" in fields
    assert released.count(Withholding) == 0
    assert send(released, key)[0] == 303
    status, text = lift(released, note=" ")
    assert status == 422 and "Say why, in a sentence" in text and released.count(Lifting) == 0


def test_two_people_at_once(released: Union) -> None:
    """Who comes second is told, and keeps the words."""
    key = released.entry(4)
    with released.context("walter") as context:
        entry = context.session.get_one(Entry, key)
        row = item_row(context.session, released, 4)
        withholding.withhold(context, row, entry, WithheldFor.LEGAL, "Counsel.")
    # the choice stands no longer on the page; what was written does
    status, text = send(released, f"entry-{key}")
    assert status == 422 and "withheld already" in text and WHY in text
    assert lift(released)[0] == 303
    status, text = lift(released, note="And I think so, too.")
    assert status == 422 and "not withheld any more" in text and "And I think so, too." in text
    assert released.count(Lifting, 4) == 1


def test_what_the_corrected_entry_said_can_be_withheld(released: Union) -> None:
    first = released.entry(4)
    assert released.log("dana", 4, words="Fifty.", corrects=str(first)).status_code == 303
    assert released.decide("ray", released.entry(4)).status_code == 303
    assert WORDS in page(released, PUBLIC)
    assert send(released, f"entry-{first}")[0] == 303
    assert WORDS not in page(released, PUBLIC) and "Fifty." in page(released, PUBLIC)


def test_the_note_is_a_text_that_can_be_erased(released: Union) -> None:
    assert send(released, f"entry-{released.entry(4)}")[0] == 303
    with released.session() as session:
        note = session.query(Withholding).one().note
        assert session.get_one(Text, note).words == WHY
