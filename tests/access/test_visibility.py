"""Who reads a convention that is hidden, for members or public.

Each role, nobody, and whoever typed the code of the hall; on pages, in lists, in Find, as a file
and as a link.
"""

from __future__ import annotations

import io
import re

import pytest

from tests.factories.staffed_union import StaffClient, Union, hidden_field
from tracker.acts import assignments, bodies, conventions, floor, items
from tracker.acts.conventions import Dates
from tracker.acts.items import NewVersion
from tracker.acts.publications import set_publication
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.rules.codes import Floor, Kind, Part, Visibility
from tracker.rules.refusals import Refused

NAME, WORDS, TITLE = "Hiddenford 2027", "Zebrafinch", "The census of birds"
MARKS = (NAME, TITLE)
OWN, ITEM, DOOR = "/union/2027/", "/union/2027/nbi-77", "/union/2027/code"
GOING_PUBLIC = "/office/union/2027/going-public"
ELSEWHERE = (
    "/",
    "/union/",
    "/union/?as_of=2026-11-20",
    "/union/errata",
    "/union/code",
    "/union/2026/",
    "/union/2026/?q=thing",
    "/union/2026/nbi-3",
    "/union/2026/nbi-4",
    "/union/2026/nbi-4?as_of=2026-11-20",
    "/union/find",
    f"/union/find?q={WORDS}",
    "/union/find?q=Zebrafimch",
    f"/union/find?q={WORDS}+number",
    "/union/find?q=nbi+77",
    "/union/find?q=Item+number",
    "/union/find?q=thing&as_of=2026-11-20",
)
"""What stands beside the convention, and may tell of it."""


def add_convention(union: Union, visibility: Visibility) -> None:
    """With an item that takes on the duty of item 4, and one whose duty item 3 takes on."""
    with union.context("walter") as at:
        convention = conventions.record(at, "2027", NAME, Dates(year=2027), visibility=visibility)
        text = NewVersion(words=f"Count each {WORDS}.", title=TITLE)
        item = items.register(at, convention, Kind.NEW_BUSINESS_ITEM, "77", text)
        floor.record_floor_action(at, item, Floor.ADOPTED, union.today)
        before = items.register(
            at, convention, Kind.NEW_BUSINESS_ITEM, "78", NewVersion(words=WORDS, title=TITLE)
        )
        floor.record_floor_action(at, before, Floor.ADOPTED, union.today)
        assignments.assign(
            at, item, Part.LEAD, union.units["Center for Research"], union.people["dana"]
        )
        items.link(at, at.session.get_one(Item, union.items[4]), item)
        items.link(at, before, at.session.get_one(Item, union.items[3]))
        union.items[77], union.clauses[77] = item.id, [at.facts(item).clauses[0].id]


def settle(union: Union, visibility: Visibility, *, by_edition: bool = False) -> None:
    with union.context("walter") as at:
        found = at.session.get_one(Item, union.items[77])
        convention = at.session.get_one(Convention, found.convention_id)
        set_publication(at, convention, visibility, by_edition=by_edition)


def make_code(union: Union) -> str:
    governance = union.client("walter")
    seen = hidden_field(governance.get(GOING_PUBLIC).text, "code-seen")
    page = governance.post(f"{GOING_PUBLIC}/members-code", data={"code-seen": seen})
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    code = re.search(r'once__code"[^>]*>([a-z ]+)<', page.text)
    assert code and code[1] not in governance.get(GOING_PUBLIC).text  # shown this once
    return code[1]


def text_of(client: StaffClient, path: str) -> str:
    """Without the token of forms."""
    return re.sub(r'(name="csrf_token"\s+value=")[^"]*', r"\1", client.get(path).text)


def test_a_hidden_convention_changes_nothing_for_whoever_may_not_read_it(union: Union) -> None:
    nobody, reader = union.client(None), union.client("joy")
    addresses = (*ELSEWHERE, OWN, ITEM, f"{ITEM}/", f"{OWN}?as_of=2026-11-20")
    before = {(who, path): text_of(who, path) for who in (nobody, reader) for path in addresses}
    add_convention(union, Visibility.HIDDEN)
    for (who, path), text in before.items():
        assert text_of(who, path) == text, path
    assert nobody.post(DOOR, data={"code": "any"}).status_code == 404


def test_one_for_members_is_named_to_nobody_else(union: Union) -> None:
    nobody = union.client(None)
    before = {path: text_of(nobody, path) for path in ELSEWHERE}
    add_convention(union, Visibility.MEMBERS)
    for path, text in before.items():
        assert text_of(nobody, path) == text, path
    for path in (OWN, ITEM, f"{OWN}nbi-5"):
        door = nobody.get(path)
        assert door.status_code == 404 and "Code of the hall" in door.text, path
        assert not any(mark in door.text for mark in MARKS), path
        assert f'name="next" value="{path}"' in door.text and "/sign-in?next=" in door.text


@pytest.mark.slow
def test_who_reads_what(union: Union) -> None:
    add_convention(union, Visibility.MEMBERS)
    file = (io.BytesIO(b"%PDF-1.7 counted"), "counted.pdf")
    form = union.form(77, "done", files=[file])
    logged = union.client("dana").post("/my-work/union/2027/nbi-77/log", data=form)
    assert logged.status_code == 303
    [key] = union.files(77)
    entry = union.entry(77)
    released = union.decide("ray", entry, entries__0__opens=[str(key)])
    with_code = union.client(None)
    assert with_code.post(DOOR, data={"code": make_code(union)}).status_code == 303
    readers = {who: union.client(who) for who in (None, "joy", "dana", "marisol", "ewan", "imani")}
    readers["code"] = with_code
    staff = {"dana", "marisol", "ewan", "imani"}
    assert released.status_code == 303
    for visibility, reading in (
        (Visibility.MEMBERS, {"joy", "code"} | staff),
        (Visibility.HIDDEN, staff),
        (Visibility.PUBLIC, set(readers)),
    ):
        settle(union, visibility)
        for who, client in readers.items():
            may_read = who in reading
            for path in (OWN, ITEM, f"/files/{key}"):
                assert client.get(path).status_code == (200 if may_read else 404), (who, path)
            for path in ("/union/", f"/union/find?q={WORDS}"):
                assert any(mark in client.get(path).text for mark in MARKS) is may_read, (who, path)
            line = {Visibility.HIDDEN: "<b>Hidden.</b>", Visibility.MEMBERS: "<b>For members.</b>"}
            if may_read:
                for path in (OWN, ITEM):
                    says = [words for words in line.values() if words in client.get(path).text]
                    assert says == [line[one] for one in line if one is visibility], (who, path)


@pytest.mark.slow
def test_each_page_of_a_hidden_convention_says_so(union: Union) -> None:
    add_convention(union, Visibility.HIDDEN)
    named = {"<body>": "union", "<convention_slug>": "2027", "<spelling>": "nbi-77"}
    pages = []
    for rule in union.app.url_map.iter_rules():
        path = str(rule)
        for name, value in named.items():
            path = path.replace(name, value)
        if "<convention_slug>" in str(rule) and "<" not in path and "GET" in (rule.methods or ()):
            shown = union.client("walter").get(path, follow_redirects=True)
            if shown.status_code == 200 and shown.mimetype == "text/html":
                assert "<b>Hidden.</b>" in shown.text, path
                pages.append(path)
    assert len(pages) > 5


def test_a_closed_body_overrides_its_conventions(union: Union) -> None:
    add_convention(union, Visibility.MEMBERS)
    code = make_code(union)
    holder = union.client(None)
    assert holder.post(DOOR, data={"code": code}).status_code == 303
    with union.context() as at:
        bodies.set_setting(at, "pages", "closed")
    assert holder.get(OWN).status_code == 404 and "Code of the hall" not in holder.get(OWN).text
    assert union.client("joy").get(OWN).status_code == 200
    settle(union, Visibility.HIDDEN)
    assert union.client("joy").get(OWN).status_code == 404
    assert union.client("dana").get(OWN).status_code == 200


# --- the code of the hall ---


def test_a_code_opens_until_another_is_made(union: Union) -> None:
    add_convention(union, Visibility.MEMBERS)
    first, nobody = make_code(union), union.client(None)
    sent = {"code": f"  {first.title().replace(' ', '-')} ", "next": ITEM}
    opened = nobody.post(DOOR, data=sent)
    assert opened.status_code == 303 and opened.headers["Location"] == ITEM
    page = nobody.get(ITEM)
    assert TITLE in page.text and "You opened it with the code of the hall" in page.text
    assert "ETag" not in page.headers and page.headers["X-Robots-Tag"] == "noindex"
    assert union.client(None).get(ITEM).status_code == 404  # it is kept for nobody else
    second = make_code(union)
    assert nobody.get(ITEM).status_code == 404
    wrong = nobody.post(DOOR, data=sent)
    assert wrong.status_code == 422 and "This is not the code of today" in wrong.text
    assert f'name="next" value="{ITEM}"' in wrong.text and first not in wrong.text
    assert (
        nobody.post(DOOR, data={"code": second, "next": "//evil.example"}).headers["Location"]
        == OWN
    )


def test_the_page_of_the_body_leads_to_the_convention_whose_code_it_is(union: Union) -> None:
    page, nobody = "/union/code", union.client(None)
    assert f'href="{page}"' in nobody.get("/union/").text
    before = text_of(nobody, page)
    add_convention(union, Visibility.MEMBERS)
    assert text_of(nobody, page) == before  # nothing of which there are
    wrong = nobody.post(page, data={"code": "any"})
    assert wrong.status_code == 422 and "This is not the code of today" in wrong.text
    code = make_code(union)
    opened = nobody.post(page, data={"code": code})
    assert opened.status_code == 303 and opened.headers["Location"] == OWN
    assert NAME in nobody.get(OWN).text
    settle(union, Visibility.HIDDEN)
    assert union.client(None).post(page, data={"code": code}).status_code == 422


def test_two_make_a_code_at_once(union: Union) -> None:
    """The second would close what the first has just read out."""
    add_convention(union, Visibility.MEMBERS)
    governance = union.client("walter")
    seen = hidden_field(governance.get(GOING_PUBLIC).text, "code-seen")
    code = make_code(union)
    refused = governance.post(f"{GOING_PUBLIC}/members-code", data={"code-seen": seen})
    assert refused.status_code == 409 and "once__code" not in refused.text
    assert union.client(None).post(DOOR, data={"code": code}).status_code == 303


def test_wrong_codes_are_counted_by_network(union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    from limits import parse

    from tracker.accounts import attempts

    add_convention(union, Visibility.MEMBERS)
    code, nobody = make_code(union), union.client(None)
    monkeypatch.setitem(union.app.config, "RATELIMIT_ENABLED", True)
    monkeypatch.setattr(attempts, "PER_CODE_AND_NETWORK", parse("2 per 15 minutes"))
    here = {"REMOTE_ADDR": "203.0.113.7"}

    def sent(typed: str, network: dict[str, str] = here) -> int:
        return nobody.post(DOOR, data={"code": typed}, environ_base=network).status_code

    assert [sent("no"), sent(code)] == [422, 303]  # the right one takes nothing from the others
    nobody = union.client(None)
    assert [sent("no"), sent("no"), sent(code)] == [422, 422, 429]
    assert sent(code, {"REMOTE_ADDR": "203.0.113.8"}) == 303


# --- settling it ---


def test_it_holds_at_once_and_two_do_not_overwrite_each_other(union: Union) -> None:
    add_convention(union, Visibility.PUBLIC)
    governance, nobody = union.client("walter"), union.client(None)
    kept = nobody.get(OWN)
    assert kept.status_code == 200 and kept.headers["ETag"]
    seen = hidden_field(governance.get(GOING_PUBLIC).text, "who-reads-seen")

    def choose(visibility: str, reads: str = "live") -> dict[str, str]:
        names = ("visibility", "reads", "seen")
        return {
            f"who-reads-{name}": value
            for name, value in zip(names, (visibility, reads, seen), strict=True)
        }

    address = f"{GOING_PUBLIC}/who-reads"
    assert governance.post(address, data=choose("hidden")).status_code == 303
    gone = nobody.get(OWN, headers={"If-None-Match": kept.headers["ETag"]})
    assert gone.status_code == 404 and NAME not in gone.text
    late = governance.post(address, data=choose("members", "edition"))
    assert late.status_code == 409 and "changed" in late.text
    chosen = re.findall(r'<input checked[^>]*value="(\w+)"', late.text)
    assert chosen == ["members", "edition"]
    assert nobody.get(OWN).text == gone.text  # hidden still
    assert governance.post(address, data={}).status_code == 422
    assert governance.post(address, data=choose("everybody")).status_code == 422


def test_nobody_else_settles_it(union: Union) -> None:
    add_convention(union, Visibility.HIDDEN)
    for who, status in (("ewan", 200), ("dana", 403), ("joy", 403), ("imani", 403), (None, 302)):
        client = union.client(who)
        assert client.get(GOING_PUBLIC).status_code == status, who
        for form in ("who-reads", "members-code"):
            sent = client.post(f"{GOING_PUBLIC}/{form}", data={})
            assert sent.status_code == (302 if who is None else 403), who
    assert "Save; it holds at once" not in union.client("ewan").get(GOING_PUBLIC).text


# --- links ---


def test_a_link_waits_until_as_many_may_read_where_it_leads(union: Union) -> None:
    add_convention(union, Visibility.HIDDEN)
    office, public = "/office/union/2026/items/nbi-4", "/union/2026/nbi-4"
    governance, nobody = union.client("walter"), union.client(None)
    assert "This link waits" in governance.get(office).text
    assert "arried over" not in governance.get(public).text  # nor does it count for the office
    with union.context("walter") as at:
        new, old = (at.session.get_one(Item, union.items[number]) for number in (77, 4))
        with pytest.raises(Refused, match="leads_back"):
            items.link(at, new, old)
        at.session.rollback()
    settle(union, Visibility.PUBLIC)
    assert "This link waits" not in governance.get(office).text
    shown = nobody.get(public).text
    assert "arried over" in shown and f'href="{ITEM}"' in shown
    settle(union, Visibility.MEMBERS)
    assert "arried over" not in nobody.get(public).text
