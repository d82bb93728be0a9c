"""The auditor reads all that the office and staff read, changes nothing, and finds no dead end."""

from __future__ import annotations

import io
import re
from html import unescape
from urllib.parse import urldefrag

from tests.factories.staffed_union import Union, item_row
from tracker.acts import assignments
from tracker.record.progress import Release, Review
from tracker.rules.codes import Part

LINK = re.compile(r'href="(/[^"]*)"')
FORM = re.compile(r'<form[^>]*method="post"[^>]*>', re.DOTALL)
ACTION = re.compile(r'action="([^"]*)"')
OWN = re.compile(
    r"/(account|sign-out)|/office/union/reports(\?convention=[\w-]+)?$"
    r"|/office/union/reports/jobs/\d+/(stop|again)$"
)
"""What an auditor may send: of the own account, and a report that is asked for."""


def busy(union: Union) -> str:
    """An entry waits for release, a claim to be confirmed, a list for the worker: its page."""
    files = [(io.BytesIO(b"%PDF-1.7 a"), "names.pdf")]
    assert union.log("dana", 4, "done", files=files).status_code == 303
    assert union.decide("ray", union.entry(4)).status_code == 303
    assert union.log("hollis", 3).status_code == 303
    with union.context("walter") as context:
        item = item_row(context.session, union, 1)
        assignments.assign(
            context, item, Part.CONTRIBUTOR, union.units["Center for Safety"], union.people["teo"]
        )
    sent = union.client("walter").post(
        "/office/union/imports", data={"file": (io.BytesIO(b"Number,Title"), "list.csv")}
    )
    return sent.headers["Location"]


def pages_of(union: Union, who: str, *starts: str) -> dict[str, str]:
    """All pages of staff and office that are reached by links, each address once."""
    client, pages, ahead = union.client(who), dict[str, str](), list(starts)
    while ahead:
        path = ahead.pop()
        if path in pages:
            continue
        answer = client.get(path)
        assert answer.status_code in (200, 302), path
        pages[path] = answer.text if answer.mimetype == "text/html" else ""
        for address in LINK.findall(pages[path]):
            found = urldefrag(unescape(address))[0]
            if found.startswith(("/my-work", "/office")) and found not in pages:
                ahead.append(found)
    return pages


def test_every_link_opens_and_nothing_can_be_sent(union: Union) -> None:
    preview = busy(union)
    pages = pages_of(union, "ewan", "/my-work", "/office")
    for path, page in pages.items():
        for form in FORM.findall(page):
            action = ACTION.search(form)
            assert action and OWN.search(action[1]), f"{path}: {form}"
    reached = set(pages)
    for expected in (
        "/my-work/union/release",
        "/my-work/union/confirm",
        f"/my-work/union/confirm/{union.claim(4)}",
        "/my-work/union/load",
        "/my-work/union/2026/nbi-4",
        "/office/union/2026/items/nbi-4",
        "/office/union/reports",
        "/office/union/imports",
        preview,
        "/office/union/leaving",
        "/office/union/2026/fill-in",
    ):
        assert expected in reached, expected


def test_queues_are_lists_with_all_that_waits(union: Union) -> None:
    busy(union)
    assert union.log("dana", 1).status_code == 303
    ewan = union.client("ewan")
    work, releases = ewan.get("/my-work").text, ewan.get("/my-work/union/release").text
    assert "2 entries wait for release" in releases
    assert releases.count('<article class="entry"') == 2
    assert re.search(r"<b>2</b>\s*<a href=\"/my-work/union/release\"", work)
    assert re.search(r"<b>1</b>\s*<a href=\"/my-work/union/confirm\"", work)
    desk = ewan.get("/my-work/union/confirm").text
    assert "One claim waits to be confirmed" in desk
    claim = f"/my-work/union/confirm/{union.claim(4)}"
    assert f'href="{claim}"' in desk
    page = ewan.get(claim).text
    assert "names.pdf" in page and "A confirmer who did not write" in page
    assert "so you may confirm" not in page
    # nothing of it waits for the auditor
    assert "Nothing waits for you" in work
    assert ewan.post(claim, data={"decision": "confirmed"}).status_code == 403
    assert ewan.post("/my-work/union/release", data={}).status_code == 403
    assert union.count(Review) == 0 and union.count(Release) == 1


def test_governance_reads_the_desk_and_confirms_nothing(union: Union) -> None:
    busy(union)
    walter = union.client("walter")
    claim = f"/my-work/union/confirm/{union.claim(4)}"
    assert claim in walter.get("/my-work/union/confirm").text
    page = walter.get(claim)
    assert page.status_code == 200 and "Record decision" not in page.text
    assert walter.post(claim, data={"decision": "confirmed"}).status_code == 403


def test_what_is_filled_in_is_read_as_words(union: Union) -> None:
    page = union.client("ewan").get("/office/union/2026/fill-in").text.partition("<main")[2]
    for words in ("Item number 3", "Adopted", "Center for Safety", "Hollis"):
        assert words in page, words
    assert "<form" not in page and "<select" not in page and "<input" not in page
