"""What people mistype, and what attacks: the form comes back filled in, says what to do, and
nothing is half recorded.
"""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories.files import archive, bomb, picture
from tests.factories.staffed_union import ITEM, Union, hidden_field
from tracker.files import picture_limits
from tracker.record.drafts import Upload
from tracker.record.money import Expense
from tracker.record.progress import Entry, Evidence


def test_everything_wrong_at_once_comes_back_filled_in(union: Union) -> None:
    answer = union.log(
        "dana",
        1,
        "done",
        words="  ",
        on="31.02.2026",
        money="amount",
        amount="a lot",
        paid_on="",
        next_word_by="2099-01-01",
        links__0__url="javascript:alert(1)",
        links__0__title="A page",
    )
    assert answer.status_code == 422 and union.count(Entry) == 0
    for text in (
        "Say in a sentence what happened",
        "This is no date",
        "This is no amount",
        "A link begins with https://",
        "Choose a day within the next 180 days",
        "Nothing has been lost",
    ):
        assert text in answer.text, text
    assert (
        'value="a lot"' in answer.text
        and 'value="A page"' in answer.text
        and 'value="javascript:alert(1)"' in answer.text
    )


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"claimed": ""}, "Say what became of it"),
        ({"claimed": "nonsense"}, "Say what became of it"),
        ({"claimed": "blocked"}, "Say what blocks it"),
        ({"claimed": "done"}, "needs evidence"),
        ({"claimed": "done", "links__0__url": "https://example.org"}, "Say what it cost"),
        (
            {"money": "amount", "amount": "1,234,567,890,123.00", "paid_on": "2026-01-01"},
            "twelve figures",
        ),
        ({"money": "amount", "amount": "1.005", "paid_on": "2026-01-01"}, "two decimals"),
        ({"links__0__title": "A page"}, "The link itself is missing"),
        ({"words": "x" * 20_001}, "cannot be longer"),
        ({"on": "0001-01-01"}, "cannot be right"),
        ({"reader": "everybody"}, "Not a valid choice"),
    ],
)
def test_one_mistyped_field_records_nothing(
    union: Union, fields: dict[str, Any], text: str
) -> None:
    answer = union.log("dana", 1, **fields)
    assert answer.status_code == 422 and text in answer.text and union.count(Entry) == 0, (
        answer.text
    )


def test_a_day_after_today_and_no_clause_of_the_item(union: Union) -> None:
    assert (
        "lies after today"
        in union.log("dana", 4, on=(union.today + timedelta(days=1)).isoformat()).text
    )
    foreign = union.log("dana", 4, clauses__0__clause=str(union.clauses[3][0]))
    assert (
        foreign.status_code == 422 and "no such clause" in foreign.text and union.count(Entry) == 0
    )
    twice = union.log(
        "dana",
        4,
        clauses__1__clause=str(union.clauses[4][0]),
        clauses__1__claimed="done",
        links__0__url="https://example.org/a",
    )
    assert twice.status_code == 303


def test_dates_and_amounts_as_people_write_them(union: Union) -> None:
    answer = union.log(
        "dana",
        1,
        on=f"{union.today.day} {union.today:%B} {union.today.year}",
        money="amount",
        amount="$1,250",
        paid_on=union.today.isoformat(),
    )
    assert answer.status_code == 303
    assert (
        union.log(
            "dana", 1, money="amount", amount="-250.50", paid_on=union.today.isoformat()
        ).status_code
        == 303
    )
    with union.session() as session:
        assert [
            str(amount)
            for amount in session.scalars(sa.select(Expense.amount).order_by(Expense.id))
        ] == ["1250.00", "-250.50"]


def test_markup_and_formulas_are_words(union: Union) -> None:
    words = (
        '<script>alert(1)</script> **bold** =HYPERLINK("https://evil.example") '
        "[x](javascript:alert(1)) \u202egnp.exe"
    )
    assert (
        union.log(
            "dana",
            4,
            words=words,
            links__0__url="https://example.org/?a=<b>&c='\"",
            links__0__title="<img src=x onerror=alert(1)>",
        ).status_code
        == 303
    )
    for page in (
        union.client("ray").get("/my-work/union/release"),
        union.client("dana").get(ITEM.format(4)),
    ):
        assert (
            "<script>alert" not in page.text
            and "<strong>bold</strong>" in page.text
            and "<img src=x" not in page.text
            and "javascript:" not in page.text.replace("[x](javascript:alert(1))", "")
        )


@pytest.mark.parametrize(
    ("content", "name", "text"),
    [
        (b"<html><script>alert(1)</script></html>", "photo.png", "is a web page"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "logo.svg",
            "is a web page",
        ),
        (b"MZ\x90\0", "invoice.pdf", "is a program"),
        (b"", "empty.pdf", "is empty"),
        (b"%PDF-" + b"0" * (26 * 2**20), "long.pdf", "is larger than"),
        (bomb(), "sky.png", "more than 50 million pixels"),
        (picture()[:50], "half.png", "cannot be read as one"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_attack_or_are_broken(
    union: Union, content: bytes, name: str, text: str
) -> None:
    answer = union.log("dana", 4, "done", files=[(io.BytesIO(content), name)])
    assert answer.status_code == 422 and name in answer.text and text in answer.text
    assert union.count(Entry) == 0 and union.count(Upload) == 0


def test_files_that_lie_are_stored_as_what_they_are(union: Union) -> None:
    files = [
        (io.BytesIO(picture("GIF")), "photo.png"),
        (io.BytesIO(archive("a.txt")), "report.pdf"),
        (io.BytesIO(picture() + archive("x")), "../../both.zip"),
    ]
    assert union.log("dana", 4, files=files).status_code == 303
    with union.session() as session:
        media_types = (
            session.execute(sa.select(Evidence.media_type).order_by(Evidence.id)).scalars().all()
        )
    assert media_types == ["image/gif", "application/zip", "image/png"]
    dana = union.client("dana")
    for key, kind, place in zip(
        union.files(4), media_types, ("attachment", "attachment", "inline"), strict=True
    ):
        sent = dana.get(f"/files/{key}")
        assert (
            sent.mimetype == kind
            and sent.headers["Content-Disposition"].startswith(place)
            and ".." not in sent.headers["Content-Disposition"]
        )
        assert sent.headers["X-Content-Type-Options"] == "nosniff" and sent.headers[
            "Content-Security-Policy"
        ].startswith("sandbox; default-src 'none'")


def test_files_of_a_form_that_comes_back_are_chosen_once(union: Union) -> None:
    answer = union.log(
        "dana",
        4,
        "done",
        words="",
        files=[(io.BytesIO(b"%PDF-1.7 guide"), "guide.pdf")],
        files_open="y",
    )
    assert (
        answer.status_code == 422
        and "guide.pdf" in answer.text
        and "needs evidence" not in answer.text
    )
    upload = hidden_field(answer.text, "kept-0-upload")
    again = union.log("dana", 4, "done", kept__0__upload=upload, kept__0__opens="y")
    assert again.status_code == 303 and len(union.files(4)) == 1 and union.count(Upload) == 0
    others = union.log("ray", 4, kept__0__upload=upload)
    # a number of somebody else's file is left out
    assert others.status_code == 303 and len(union.files(4)) == 1


def test_a_file_is_taken_off_again(union: Union) -> None:
    added = union.client("dana").post(
        ITEM.format(4) + "/log",
        data={
            **union.form(4),
            "add": "files",
            "files": [(io.BytesIO(b"%PDF-1.7 guide"), "guide.pdf")],
        },
    )
    assert added.status_code == 200 and "guide.pdf" in added.text
    upload = hidden_field(added.text, "kept-0-upload")
    off = union.client("dana").post(
        ITEM.format(4) + "/log", data={**union.form(4), "kept-0-upload": upload, "drop": upload}
    )
    assert off.status_code == 200 and "guide.pdf" not in off.text and "Forty schools" in off.text


def test_a_photo_without_a_copy_stays_inside(union: Union) -> None:
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 60
    answer = union.log("dana", 4, files=[(io.BytesIO(heic), "photo.heic")], files_open="y")
    assert (
        answer.status_code == 422
        and "Place and camera cannot be taken out of photo.heic" in answer.text
    )
    assert (
        union.log("dana", 4, kept__0__upload=hidden_field(answer.text, "kept-0-upload")).status_code
        == 303
    )
    page = union.client("ray").get("/my-work/union/release").text
    assert "disabled" in page
    forced = union.decide("ray", union.entry(4), entries__0__opens=[str(union.files(4)[0])])
    assert forced.status_code == 422 and "Place and camera" in forced.text


def test_a_picture_with_too_many_pixels_is_told_at_upload_and_at_release(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = picture("TIFF", (400, 300))
    assert (
        union.log("dana", 4, files=[(io.BytesIO(content), "scan.tif")], files_open="y").status_code
        == 303
    )
    monkeypatch.setattr(picture_limits, "MOST_MEMORY", 100_000)
    answer = union.log("dana", 1, files=[(io.BytesIO(content), "again.tif")])
    assert answer.status_code == 422 and "again.tif has more than 0 million pixels" in answer.text
    refused = union.decide("ray", union.entry(4), entries__0__opens=[str(union.files(4)[0])])
    assert (
        refused.status_code == 422
        and "scan.tif has more than 0 million pixels" in refused.text
        and "let staff alone read it" in refused.text
    )
    assert union.decide("ray", union.entry(4)).status_code == 303  # not opened


@pytest.mark.parametrize(
    "fields",
    [
        {"links__0__url": "http://[bad"},
        {"links__0__url": "https://"},
        {"money": "amount", "amount": "9" * 5000},
        {"words": "[" * 200_000, "preview": "1"},
        {"clauses__0__clause": "9" * 18},
        {"corrects": "9" * 18},
        {"kept__0__upload": "9" * 40},
    ],
)
def test_what_cannot_be_read_comes_back_in_the_form(union: Union, fields: dict[str, Any]) -> None:
    answer = union.log(
        "dana",
        1,
        "progress",
        **{"words": "Forty of the north.", "paid_on": union.today.isoformat(), **fields},
    )
    assert answer.status_code == 422 or (
        fields.keys() == {"kept__0__upload"} and answer.status_code == 303
    ), answer.status_code
    assert answer.status_code == 303 or fields.get("words", "Forty of the north.") in answer.text


def test_keys_that_no_database_holds_lead_nowhere(union: Union) -> None:
    long = "9" * 30
    assert union.client(None).get(f"/files/{long}").status_code == 404
    assert union.client("marisol").get(f"/my-work/union/confirm/{long}").status_code == 404
    assert (
        union.client("walter")
        .post(f"{ITEM.format(1)}/claims/{long}/reopen", data={"reason": "x"})
        .status_code
        == 404
    )
    nowhere = union.client("walter").post(
        f"{ITEM.format(1)}/claims/999999/reopen", data={"reason": "Two are missing."}
    )
    assert nowhere.status_code == 422 and "not on record" in nowhere.text


def test_a_preview_and_another_link_record_nothing(union: Union) -> None:
    dana = union.client("dana")
    preview = dana.post(
        ITEM.format(4) + "/log", data={**union.form(4, words="It is **done**."), "preview": "1"}
    )
    assert (
        preview.status_code == 200
        and "So members will read it" in preview.text
        and "<strong>done</strong>" in preview.text
        and union.count(Entry) == 0
    )
    more = dana.post(
        ITEM.format(4) + "/log",
        data={**union.form(4, links__0__url="https://example.org"), "add": "link"},
    )
    assert (
        more.status_code == 200
        and 'name="links-1-url"' in more.text
        and "Forty schools" in more.text
    )


def test_addresses_that_lead_nowhere(union: Union) -> None:
    dana = union.client("dana")
    for address in (
        "/my-work/union/2026/nbi-99/log",
        "/my-work/union/1999/nbi-1/log",
        "/my-work/nobody/2026/nbi-1/log",
        "/files/999999",
        "/my-work?page=9999999999",
    ):
        assert dana.get(address).status_code in (404, 200 if "page" in address else 404), address
    assert union.client("marisol").get("/my-work/union/confirm/999999").status_code == 404
    assert union.client("dana").get(ITEM.format(3) + "/log").status_code == 403  # not of her unit
    assert union.client("dana").get(ITEM.format(3)).status_code == 403
