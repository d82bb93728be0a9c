"""A list comes in by a page: read by the worker, looked at, corrected, confirmed, written; what two
people do at once is never lost.
"""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories.import_office import table
from tests.factories.staffed_union import NOW, PEOPLE, Union, hidden_field
from tests.factories.workbooks import workbook
from tests.statements import counting
from tracker.acts import import_previews, items
from tracker.acts.items import NewVersion
from tracker.extensions import db
from tracker.files import store
from tracker.formatting import import_words
from tracker.importing.codes import Field
from tracker.importing.reviewing import choices
from tracker.jobs.table import Job
from tracker.record.conventions import ListImport
from tracker.record.import_previews import (
    ImportPreview,
    ImportPreviewRow,
    KeptMapping,
    OwnWord,
    PreviewState,
)
from tracker.record.items import Item
from tracker.record.progress import Entry
from tracker.worker import make_worker

PAGE = "/office/union/imports"
LIST = table(
    ["NBI #", "Subject", "Disposition", "Dept", "Complete?", "Update"],
    ["1", "Item number 1", "Adopted", "Center for Research", "", "Forty schools were asked."],
    ["20", "Guide to air quality", "Adopted", "Center for Safety", "Y", ""],
    ["21", "Atlas of heating", "Sent on", "", "", ""],
    ["20", "Another title", "Adopted", "", "", ""],
)


def send(union: Union, content: str | bytes = LIST, name: str = "list.csv") -> str:
    """The address of the preview."""
    data = content.encode() if isinstance(content, str) else content
    sent = union.client("walter").post(PAGE, data={"file": (io.BytesIO(data), name)})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["Location"])


def work(union: Union) -> None:
    """The worker does what was asked for."""
    with union.session() as session:
        job_ids = list(session.scalars(sa.select(Job.id).where(Job.state == "queued")))
    with union.app.app_context():
        for job_id in job_ids:
            make_worker(union.app).perform(job_id)


def ready(union: Union, content: str | bytes = LIST, name: str = "list.csv") -> str:
    path = send(union, content, name)
    work(union)
    return path


def fields_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of the form, without a button."""
    form = re.findall(r"<form[^>]*novalidate.*?</form>", page, re.DOTALL)[-1]
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "checkbox" and "checked" not in tag:
            continue
        fields.setdefault(attributes["name"], []).append(attributes.get("value", "y"))
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(
            r'<option[^>]*selected[^>]*value="([^"]*)"|value="([^"]*)"[^>]*selected', options
        )
        fields[name] = [next(filter(None, chosen.groups()), "") if chosen else ""]
    return fields


def press(union: Union, path: str, do: str, who: str = "walter", **more: object) -> TestResponse:
    client = union.client(who)
    fields: dict[str, object] = {**fields_of(client.get(path).text), **more, "do": do}
    return client.post(path, data=fields)


def stored(union: Union, path: str) -> ImportPreview:
    with union.session() as session:
        preview = session.get_one(ImportPreview, int(path.split("?")[0].rpartition("/")[2]))
        session.expunge(preview)
        return preview


def numbers(union: Union) -> set[str]:
    with union.session() as session:
        return set(session.scalars(sa.select(Item.number)))


def test_who_may_come_in_and_is_led_there(union: Union) -> None:
    path = ready(union)
    for who in PEOPLE:
        client, governs = union.client(who), who == "walter"
        for address in (PAGE, path, f"{path}/rejected.csv"):
            expected = 200 if who in ("walter", "ewan") else 403
            assert client.get(address).status_code == expected, who
        if not governs:
            for address in (PAGE, path, f"{path}/drop"):
                assert client.post(address, data={}).status_code == 403, who
    for who in ("walter", "ewan"):
        assert f'href="{PAGE}"' in union.client(who).get("/office").text
        assert f'href="{path}"' in union.client(who).get(PAGE).text
    assert "Bring a list in" not in union.client("ewan").get(PAGE).text
    assert union.client("walter").get(f"{PAGE}/999999").status_code == 404


def test_the_auditor_reads_what_would_come_in(union: Union) -> None:
    ewan, path = union.client("ewan"), send(union)
    assert "The list is being read" in ewan.get(path).text
    work(union)
    page = ewan.get(path).text.partition("<main")[2]
    for words in ("Guide to air quality", "Forty schools were asked.", "rejected.csv"):
        assert words in page, words
    assert "4 rows read" in page and "<form" not in page and "<input" not in page
    assert press(union, path, "import").status_code == 303
    work(union)
    assert "It is imported" in ewan.get(path).text


def test_looked_at_and_imported(union: Union) -> None:
    path = send(union)
    waiting = union.client("walter").get(path).text
    assert "The list is being read" in waiting and '<meta http-equiv="refresh"' in waiting
    work(union)
    page = union.client("walter").get(path).text
    assert "Nothing is written yet" in page and "http-equiv" not in page
    assert "4 rows read" in page and "Number 20 stands in row 3 too" in page
    assert "Guide to air quality" in page and "Forty schools were asked." in page
    assert "1 claim" in page and "Testville 2026" in page
    assert union.count(Entry) == 0 and union.count(ListImport) == 0
    assert press(union, path, "import").status_code == 303
    assert "being written" in union.client("walter").get(path).text
    work(union)
    done = union.client("walter").get(path).text
    assert "It is imported" in done and "2 new and 1 changed rows" in done
    assert 'href="/my-work/union/release?list=1"' in done
    assert union.count(Entry) == 2 and union.count(ImportPreviewRow) == 0
    line = union.client("ewan").get(PAGE).text
    assert "list.csv" in line and "Walter" in line
    with union.session() as session:
        [imported] = session.scalars(sa.select(ListImport))
        assert (imported.rows, imported.new_rows, imported.changed_rows) == (4, 2, 1)
        settings = union.app.config["SETTINGS"]
        assert not store.path_of(settings.uploads, imported.sha256).exists()
    assert "2 entries" in done
    # the same list again brings nothing
    again = union.client("walter").get(ready(union)).text
    assert "There is nothing to import" in again


def test_rejected_rows_come_back_as_a_file_that_comes_in_again(union: Union) -> None:
    path = ready(union)
    answer = union.client("walter").get(f"{path}/rejected.csv")
    assert (
        answer.mimetype == "text/csv"
        and "list-left-out.csv" in answer.headers["Content-Disposition"]
    )
    assert "Another title" in answer.text and "stands in row 3 too" in answer.text
    assert press(union, path, "import").status_code == 303
    work(union)
    corrected = answer.text.replace("\r\n20,", "\r\n22,")
    page = union.client("walter").get(ready(union, corrected)).text
    assert "1 row read" in page and "Another title" in page
    assert union.client("walter").get(f"{path}/rejected.csv").text == answer.text


def test_a_correction_is_read_again_and_kept_for_the_next_file(union: Union) -> None:
    path = ready(union)
    column = {"column-3": "source", "status-0": "referred"}
    assert press(union, path, "again", **column).status_code == 303
    assert "being read" in union.client("walter").get(path).text
    work(union)
    page = union.client("walter").get(path).text
    assert re.search(r'<option value="source"\s+selected', page)
    assert "Center for Safety" not in stored(union, path).summary.partition('"units"')[2]  # type: ignore[union-attr]
    assert "Referred" in page
    press(union, path, "import")
    work(union)
    with union.session() as session:
        [kept] = session.scalars(sa.select(KeptMapping))
        assert kept.mapping and "source" in kept.mapping
    # other rows, the columns in another order
    other = table(
        ["Subject", "NBI #", "Update", "Dept", "Complete?", "Disposition"],
        ["Ventilation", "30", "", "Center for Safety", "", "Sent on"],
    )
    said = choices.from_json(stored(union, ready(union, other)).choices)
    assert dict(said.columns) == {"Dept": "source"} and said.knows_shape
    assert dict(said.statuses) == {"Sent on": "referred"}


def test_what_is_said_of_words_holds_for_lists_of_any_shape(union: Union) -> None:
    path = ready(union)
    press(union, path, "again", **{"column-3": "source", "status-0": "referred"})
    work(union)
    with union.session() as session:
        assert session.scalar(sa.select(OwnWord.id)) is None  # not before it is imported
    press(union, path, "import")
    work(union)
    words = union.client("ewan").get(f"{PAGE}/words").text
    assert "Sent on" in words and "in list.csv" in words and "Walter" in words
    further = ready(union, table(["NBI #", "Dept", "Status"], ["30", "CFR", "sent on"]), "b.csv")
    page = union.client("walter").get(further).text
    assert "2 words of your lists were used" in page and "in 1 cell" in page
    assert "by itself the tracker reads it as: Unit that has the lead" in page
    press(union, further, "import")
    work(union)
    assert "last in b.csv" in union.client("walter").get(f"{PAGE}/words").text


def test_words_said_by_hand_are_changed_and_removed(union: Union) -> None:
    office, words = union.client("walter"), f"{PAGE}/words"
    assert f'href="{words}"' in office.get(PAGE).text
    adding = {"words": "Sent on", "means": "status:referred"}
    for wrong, sentence in (
        ({**adding, "words": " "}, "Write the words as your lists have them."),
        ({**adding, "means": ""}, "Choose what it means."),
        ({**adding, "means": "status:nothing-known"}, "Not a valid choice"),
        ({**adding, "words": "x" * 301}, "longer than 300"),
    ):
        refused = office.post(words, data=wrong)
        assert refused.status_code == 422 and sentence in refused.text
        assert not wrong["words"].strip() or f'value="{wrong["words"]}"' in refused.text
    assert office.post(words, data=adding).status_code == 303
    twice = office.post(words, data={**adding, "words": "SENT  on"})
    assert twice.status_code == 422 and "It is in the list already" in twice.text
    first = re.search(rf'href="({words}/\d+)"', office.get(words).text)
    assert first
    page = office.get(first[1]).text
    assert "It means: Referred" in page and "heading:lead" not in page
    seen = hidden_field(page, "seen")
    change = {"seen": seen, "means": "status:defeated", "do": "save"}
    assert office.post(first[1], data=change).status_code == 303
    # somebody who had the page open meanwhile
    for late in ({**change, "means": "status:adopted"}, {**change, "do": "remove"}):
        refused = office.post(first[1], data=late)
        assert refused.status_code == 409 and "Nothing was changed." in refused.text
        assert "It means: Defeated" in refused.text
    seen = hidden_field(office.get(first[1]).text, "seen")
    assert office.post(first[1], data={"seen": seen, "do": "remove"}).status_code == 303
    assert "No word yet" in office.get(words).text
    assert office.get(first[1]).status_code == 404


def test_a_word_that_is_changed_goes_before_what_was_kept_of_a_shape(union: Union) -> None:
    path = ready(union)
    press(union, path, "again", **{"status-0": "referred"})
    work(union)
    press(union, path, "import")
    work(union)
    office, words = union.client("walter"), f"{PAGE}/words"
    first = re.search(rf'href="({words}/\d+)"', office.get(words).text)
    assert first
    seen = hidden_field(office.get(first[1]).text, "seen")
    office.post(first[1], data={"seen": seen, "means": "status:withdrawn", "do": "save"})
    again = LIST.replace("21,Atlas", "31,Atlas")
    assert "Withdrawn" in office.get(ready(union, again)).text


def test_who_may_say_what_words_mean(union: Union) -> None:
    for who in PEOPLE:
        client = union.client(who)
        reads, governs = who in ("walter", "ewan"), who == "walter"
        assert client.get(f"{PAGE}/words").status_code == (200 if reads else 403), who
        if not governs:
            for address in (f"{PAGE}/words", f"{PAGE}/words/1"):
                assert client.post(address, data={}).status_code == 403, who
    assert "Add a word" not in union.client("ewan").get(f"{PAGE}/words").text


def test_what_to_do_is_said_for_the_page_and_leads_to_its_field(union: Union) -> None:
    """Nothing speaks of options of the command, or of its mapping file."""
    content = table(
        ["No.", "Subject", "Disposition", "Voted", "Dept", "Update", "Meeting date"],
        ["1", "Air", "Sent on", "3/4", "Centre for Research", "A word.", "5/6/26"],
        ["2", "Air", "Adopted", "10, 20, 30", "Center for Safety", "A word.", "6/5/26"],
        ["2", "Heat", "Adopted", "", "", "", ""],
    )
    path = ready(union, content)
    page = union.client("walter").get(path).text
    for words in ("mapping file", " --", "votes_order", "[statuses]"):
        assert words not in page, words
    ids = set(re.findall(r' id="([^"]+)"', page))
    led_to = set(re.findall(r'href="#([^"]+)"', page)) - {"main"}
    assert led_to <= ids and {"h-words", "kind"} <= led_to, led_to - ids
    # where one cell has it, what stands in its place is asked for beside it
    assert re.search(r"Number 2 stands in row.*?<input[^>]*name=.cell-", page, re.DOTALL)
    answer = union.client("walter").get(f"{path}/rejected.csv").text
    assert "Number 2 stands in row" in answer and "mapping" not in answer


def test_a_cell_is_corrected_on_the_page(union: Union) -> None:
    """The number that stands twice; both rows come in."""
    path = ready(union)
    page = union.client("walter").get(path).text
    name = re.search(r'name="(cell-\d+)"\s+value="20"', page)
    assert name
    press(union, path, "again", **{name[1]: "20A"})
    work(union)
    page = union.client("walter").get(path).text
    assert "Another title" in page and f"{path}/rejected.csv" not in page
    press(union, path, "import")
    work(union)
    assert len({"20", "20A", "20a"} & numbers(union)) == 2


def test_the_file_is_taken_over_what_a_hand_has_set(union: Union) -> None:
    headings = ["NBI #", "Subject", "Due"]
    first = ready(union, table(headings, ["60", "Air", "2027-01-31"]))
    press(union, first, "import")
    work(union)
    with union.context() as context:
        item = context.session.scalars(sa.select(Item).where(Item.number == "60")).one()
        items.set_due_date(context, item, date(2027, 3, 31), reason="They asked for time.")
    path = ready(union, table(headings, ["60", "Air", "2027-02-28"]))
    page = union.client("walter").get(path).text
    assert "Values of yours are kept in 1 row" in page and "There is nothing to import" in page
    press(union, path, "again", file_wins="2|due")
    work(union)
    page = union.client("walter").get(path).text
    assert "1 changed" in page and "Keep ours in all of them" in page
    press(union, path, "keep-ours")
    work(union)
    assert "Values of yours are kept" in union.client("walter").get(path).text


def test_rows_without_a_tick_stay_out(union: Union) -> None:
    path = ready(union)
    taken = [key for key in fields_of(union.client("walter").get(path).text)["take"] if key != "3"]
    assert press(union, path, "import", take=taken).status_code == 303
    work(union)
    assert stored(union, path).state is PreviewState.IMPORTED
    assert "21" in numbers(union) and "20" not in numbers(union)


def test_what_changed_meanwhile_is_shown_and_asked_again(union: Union) -> None:
    """Somebody gives item 1 another title between the look and the writing."""
    path = ready(union, table(["NBI #", "Subject"], ["1", "Item number 1"], ["50", "New"]))
    press(union, path, "import")
    with union.context() as context:
        item = context.session.get_one(Item, union.items[1])
        items.add_version(context, item, NewVersion(words="Do it.", title="By hand"))
    work(union)
    assert stored(union, path).state is PreviewState.READY and "50" not in numbers(union)
    page = union.client("walter").get(path).text
    assert "1 row would now write something else" in page and "By hand" in page
    press(union, path, "import")
    work(union)
    assert "50" in numbers(union)


def test_what_stands_in_its_place_by_now_is_asked_about(union: Union) -> None:
    """Somebody sets a due date where the list was to bring the first."""
    path = ready(union, table(["NBI #", "Subject", "Due"], ["1", "Item number 1", "2027-05-06"]))
    press(union, path, "import")
    with union.context() as context:
        item = context.session.get_one(Item, union.items[1])
        items.set_due_date(context, item, date(2027, 3, 4))
    work(union)
    assert stored(union, path).state is PreviewState.READY
    assert "1 row would now write something else" in union.client("walter").get(path).text


def test_two_lists_confirmed_at_once(union: Union) -> None:
    """Both bring item 21: the second is shown anew, and is written when it is confirmed again."""
    first = ready(union, table(["NBI #", "Subject", "Status"], ["21", "Atlas", "Adopted"]), "a.csv")
    second = ready(
        union, table(["NBI #", "Subject", "Status"], ["21", "Atlases", "Adopted"]), "b.csv"
    )
    for path in (first, second):
        assert press(union, path, "import").status_code == 303
    work(union)
    assert stored(union, first).state is PreviewState.IMPORTED
    assert stored(union, second).state is PreviewState.READY
    page = union.client("walter").get(second).text
    assert "the record has changed since you looked" in page and "Changed since you looked" in page
    assert "Atlases" in page
    press(union, second, "import")
    work(union)
    assert stored(union, second).state is PreviewState.IMPORTED


def test_two_people_on_one_list(union: Union) -> None:
    """Who comes second is refused, and keeps what was said."""
    path = ready(union)
    opened = fields_of(union.client("walter").get(path).text)
    assert press(union, path, "page-1").status_code == 303
    late = union.client("walter").post(path, data={**opened, "do": "import", "column-3": "source"})
    assert late.status_code == 409 and "What you said is still in the form" in late.text
    assert re.search(r'<option value="source"\s+selected', late.text)
    assert stored(union, path).state is PreviewState.READY
    # confirmed twice: once
    fields = {**fields_of(union.client("walter").get(path).text), "do": "import"}
    assert union.client("walter").post(path, data=fields).status_code == 303
    # while it is written the page has no form: what was said stands in words
    again = union.client("walter").post(path, data={**fields, "column-3": "source"})
    assert again.status_code == 409 and "Dept is: Kept as published, for staff" in again.text
    work(union)
    work(union)
    assert union.count(ListImport) == 1


def test_thrown_away_with_its_file_but_not_while_it_is_written(union: Union) -> None:
    path, other = ready(union), ready(union)
    uploads, sha256 = union.app.config["SETTINGS"].uploads, stored(union, path).sha256
    office = union.client("walter")
    assert office.post(f"{path}/drop").headers["Location"] == PAGE
    assert store.path_of(uploads, sha256).exists()  # the other list has the same
    assert office.post(f"{other}/drop").status_code == 303
    assert not store.path_of(uploads, sha256).exists()
    assert office.get(path).status_code == 404
    third = ready(union)
    press(union, third, "import")
    assert office.post(f"{third}/drop").headers["Location"] == third
    work(union)
    assert stored(union, third).state is PreviewState.IMPORTED


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.7 nothing", "list.csv", "is no table that can be read"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "list.xls", "is a web page"),
        (b"\x00\x00 \r\n", "empty.csv", "is empty"),
        (b"PK\x03\x04 half a workbook", "list.xlsx", "save it"),
        (b"some words\nwithout headings\n", "notes.txt", "no row has headings"),
    ],
)
def test_a_bad_file_gets_a_clear_page(
    union: Union, content: bytes, name: str, sentence: str
) -> None:
    page = union.client("walter").get(ready(union, content, name)).text
    assert "The list could not be read" in page and sentence in page
    assert "Throw this preview away" in page


def test_no_file_and_too_large_a_file(union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.office.imports.forms.LARGEST_FILE", 10)
    office = union.client("walter")
    for content, name, sentence in (
        (b"", "", "Choose the file."),
        (b"", "list.csv", "The file is empty"),
        (b"x" * 11, "list.csv", "is larger than"),
    ):
        sent = office.post(PAGE, data={"file": (io.BytesIO(content), name)})
        assert sent.status_code == 422 and sentence in sent.text, sentence
    assert union.count(ImportPreview) == 0


def test_a_form_that_cannot_be_read_comes_back(union: Union) -> None:
    path = ready(union)
    sent = press(union, path, "again", updates_on="soon")
    assert sent.status_code == 422 and "soon" in sent.text
    assert stored(union, path).state is PreviewState.READY


def test_a_convention_that_a_list_brings_starts_hidden(union: Union) -> None:
    path = ready(union)
    press(union, path, "again", new_convention="2027", create="y")
    work(union)
    assert "hidden: only the office and staff read it" in union.client("walter").get(path).text
    assert press(union, path, "import").status_code == 303
    work(union)
    item = "/union/2027/nbi-20"
    assert "<b>Hidden.</b>" in union.client("walter").get(item).text
    for who in (None, "joy"):
        assert union.client(who).get(item).status_code == 404


def test_one_sheet_of_several(union: Union) -> None:
    book = workbook(
        ("First", [["NBI #", "Title"], ["40", "Of the first"]]),
        (
            "Second",
            [["Motion no.", "Subject", "Lead"], ["41", "Of the second", "Center for Safety"]],
        ),
    )
    path = ready(union, book, "book.xlsx")
    assert "Of the second" in union.client("walter").get(path).text
    press(union, path, "again", sheet="First")
    work(union)
    page = union.client("walter").get(path).text
    assert "Of the first" in page and "Of the second" not in page


def test_a_role_that_ended_meanwhile_writes_nothing(union: Union) -> None:
    from tracker.acts import people
    from tracker.record.people import Person
    from tracker.rules.codes import Role

    path = ready(union)
    press(union, path, "import")
    with union.context() as context:
        walter = context.session.get_one(Person, union.people["walter"])
        people.end_role(context, walter, Role.GOVERNANCE)
    work(union)
    preview = stored(union, path)
    assert preview.state is PreviewState.UNREADABLE and "may not do that" in (preview.trouble or "")
    assert union.count(ListImport) == 0


def test_old_previews_are_forgotten(union: Union) -> None:
    path = ready(union)
    with union.session() as session:
        import_previews.sweep(session, NOW + timedelta(days=29))
        assert session.scalar(sa.select(sa.func.count()).select_from(ImportPreview)) == 1
        import_previews.sweep(session, NOW + timedelta(days=31))
        assert session.scalar(sa.select(sa.func.count()).select_from(ImportPreview)) == 0
    assert path


def test_the_page_of_a_long_list_costs_the_same_statements(union: Union, app: Flask) -> None:
    counted = []
    for rows in (3, 250):
        content = table(
            ["NBI #", "Title", "Status"],
            *([str(1000 + number), f"Title {number}", "Adopted"] for number in range(rows)),
        )
        path, office = ready(union, content), union.client("walter")
        with app.app_context():
            engine = db.engine
        with counting(engine) as statements:
            page = office.get(path).text
        counted.append(len(statements))
        assert hidden_field(page, "version")
    assert counted[0] == counted[1]
    assert "Page 1 of 3" in page
    # ticks of one page are kept on the next
    taken = fields_of(page)["take"][1:]
    turned = press(union, path, "page-2", take=taken)
    assert turned.headers["Location"].endswith("?page=2")
    second = union.client("walter").get(turned.headers["Location"]).text
    assert "Page 2 of 3" in second
    press(union, turned.headers["Location"], "import")
    work(union)
    assert "1000" not in numbers(union) and "1001" in numbers(union) and "1249" in numbers(union)


def test_each_field_has_a_label() -> None:
    known = {*import_words.FIELDS, *import_words.OF_AN_EXPORT}
    assert {field.value for field in Field} == known
