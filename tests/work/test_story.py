"""The whole story of staff, by their pages: logged, released, confirmed, reopened, corrected,
withdrawn, sent back; on both engines.
"""

from __future__ import annotations

import io
import re
from decimal import Decimal

from tests.factories.files import photo
from tests.factories.staffed_union import ITEM, Union, hidden_field, item_row
from tracker.acts import money
from tracker.record.drafts import Draft, Upload
from tracker.record.money import Expense, Explanation
from tracker.record.progress import Entry, OpenedEvidence, Release, Review, SentBack


def test_from_the_phone_of_the_lead_to_the_confirmed_item(union: Union) -> None:
    dana = union.client("dana")
    work = dana.get("/my-work")
    assert work.status_code == 200 and "Item number 1" in work.text
    # two clicks to the form
    assert (
        f'href="{ITEM.format(1)}"' in work.text and "Log progress" in dana.get(ITEM.format(1)).text
    )
    form = dana.get(ITEM.format(1) + "/log")
    assert "What did it cost?" in form.text and "$1,000.00" in form.text
    fields = union.form(
        1,
        "done",
        seen=hidden_field(form.text, "seen"),
        money="amount",
        amount="1,250.50",
        paid_on=union.today.isoformat(),
        paid_for="Printing",
        files=[(io.BytesIO(photo()), "list.jpg"), (io.BytesIO(b"%PDF-1.7 list"), "list.pdf")],
        files_open="y",
        links__0__url="https://example.org/list",
        links__0__title="The list",
    )
    answer = dana.post(ITEM.format(1) + "/log", data=fields)
    assert answer.status_code == 303, answer.text
    page = dana.get(answer.headers["Location"])
    assert (
        "The entry is submitted" in page.text
        and f'id="entry-{union.entry(1)}"' in page.text
        and "list.jpg" in page.text
    )
    assert union.count(Expense, 1) == 1 and union.count(Upload) == 0

    public = union.client(None).get("/union/2026/nbi-1").text
    assert "Forty schools" not in public and "list.pdf" not in public
    ray = union.client("ray")
    assert "For you to release" in ray.get("/my-work").text
    shown = ray.get("/my-work/union/release").text
    assert (
        "Forty schools were asked." in shown
        and "will show as “reported done”" in shown
        and "$1,250.50" in shown
    )
    entry = union.entry(1)
    opens = re.findall(r'name="entries-0-opens"\s+value="(\d+)" checked', shown)
    assert len(opens) == 3
    released = union.decide(
        "ray",
        entry,
        entries__0__seen=hidden_field(shown, "entries-0-seen"),
        entries__0__opens=opens,
    )
    assert (
        released.status_code == 303
        and union.count(Release, 1) == 1
        and union.count(OpenedEvidence, 1) == 3
    )
    public = union.client(None).get("/union/2026/nbi-1").text
    assert "Forty schools" in public and "Reported done" in public and "ACME" not in public

    marisol = union.client("marisol")
    assert marisol.get("/my-work/confirm").headers["Location"] == "/my-work/union/confirm"
    queue = marisol.get("/my-work/union/confirm").text
    assert "One claim waits for you" in queue
    claim_page = marisol.get(f"/my-work/union/confirm/{union.claim(1)}").text
    assert (
        "so you may confirm" in claim_page
        and "checksum agrees" in claim_page
        and "$1,250.50 spent" in claim_page
    )
    # neither choice is preset
    assert 'value="confirmed"' in claim_page and 'checked type="radio"' not in claim_page
    empty = marisol.post(
        f"/my-work/union/confirm/{union.claim(1)}", data={"seen": hidden_field(claim_page, "seen")}
    )
    assert empty.status_code == 422 and "Choose one of the two" in empty.text
    done = marisol.post(
        f"/my-work/union/confirm/{union.claim(1)}",
        data={"seen": hidden_field(claim_page, "seen"), "decision": "confirmed"},
    )
    assert done.status_code == 303 and done.headers["Location"] == "/my-work/union/confirm"
    assert "Carried out" in union.client(None).get("/union/2026/nbi-1").text

    page = union.client("walter").get(ITEM.format(1)).text
    reopened = union.client("walter").post(
        f"{ITEM.format(1)}/claims/{union.claim(1)}/reopen",
        data={"seen": hidden_field(page, "seen"), "reason": " "},
    )
    assert reopened.status_code == 422 and "Give the reason" in reopened.text
    reopened = union.client("walter").post(
        f"{ITEM.format(1)}/claims/{union.claim(1)}/reopen",
        data={"seen": hidden_field(page, "seen"), "reason": "Two are missing."},
    )
    assert reopened.status_code == 303 and union.count(Review, 1) == 2
    assert (
        "Reopened on" in dana.get("/my-work").text
        and "Two are missing." in dana.get(ITEM.format(1) + "/log").text
    )
    public = union.client(None).get("/union/2026/nbi-1").text
    assert "Reopened for better evidence" in public and "Two are missing" not in public


def test_a_confirmer_reopens_what_is_confirmed(union: Union) -> None:
    """It is no longer on the desk then, so its internal part is closed to her; the rest, and the
    form, are not.
    """
    assert union.log("dana", 4, "done", links__0__url="https://example.org/a").status_code == 303
    assert union.decide("ray", union.entry(4)).status_code == 303
    marisol, claim = union.client("marisol"), union.claim(4)
    assert (
        marisol.post(f"/my-work/union/confirm/{claim}", data={"decision": "confirmed"}).status_code
        == 303
    )
    assert (
        union.log("dana", 4, "no_change", words="For our own eyes.", reader="internal").status_code
        == 303
    )
    page = marisol.get(ITEM.format(4)).text
    links = {
        who: f'href="{ITEM.format(4)}"' in union.client(who).get("/union/2026/nbi-4").text
        for who in (None, "hollis", "joy", "marisol", "dana", "ewan")
    }
    # who may come in, and nobody else
    assert {who for who, there in links.items() if there} == {
        "marisol",
        "dana",
        "ewan",
    }
    assert (
        "Reopen it" in page
        and "For our own eyes" not in page
        and "For our own eyes" in union.client("ray").get(ITEM.format(4)).text
    )
    address, fields = (
        f"{ITEM.format(4)}/claims/{claim}/reopen",
        {"seen": hidden_field(page, "seen"), "reason": "Two are missing."},
    )
    assert marisol.post(address, data={**fields, "reason": " "}).status_code == 422
    done = marisol.post(address, data=fields, follow_redirects=True)
    assert done.status_code == 200 and "It is reopened" in done.text and union.count(Review, 4) == 2
    late = marisol.post(address, data=fields)
    assert late.status_code == 422 and "Two are missing." in late.text


def test_sent_back_by_the_manager_and_answered(union: Union) -> None:
    assert union.log("dana", 4).status_code == 303
    entry = union.entry(4)
    lacking = union.decide("ray", entry, "return")
    assert lacking.status_code == 422 and "Say why it goes back" in lacking.text
    assert (
        union.decide("ray", entry, "return", entries__0__reason="Which schools?").status_code == 303
        and union.count(SentBack) == 1
    )
    work = union.client("dana").get("/my-work").text
    assert "Your entry came back" in work and "Which schools?" in work
    again = union.client("dana").get(f"{ITEM.format(4)}/log?again={entry}").text
    assert "Forty schools were asked." in again and "Which schools?" in again
    assert (
        union.log(
            "dana", 4, words="Forty schools of the north.", again=hidden_field(again, "again")
        ).status_code
        == 303
    )
    assert "Your entry came back" not in union.client("dana").get("/my-work").text


def test_returned_by_the_confirmer(union: Union) -> None:
    assert union.log("dana", 4, "done", links__0__url="https://example.org/a").status_code == 303
    assert union.decide("ray", union.entry(4)).status_code == 303
    marisol = union.client("marisol")
    lacking = marisol.post(
        f"/my-work/union/confirm/{union.claim(4)}", data={"decision": "returned"}
    )
    assert lacking.status_code == 422 and "Say what the evidence does not show yet" in lacking.text
    assert (
        marisol.post(
            f"/my-work/union/confirm/{union.claim(4)}",
            data={"decision": "returned", "reason": "The page is empty."},
        ).status_code
        == 303
    )
    work = union.client("dana").get("/my-work").text
    assert (
        "Returned to you by the confirmer" in work
        and "The page is empty." in work
        and "counts as" in work
    )
    public = union.client(None).get("/union/2026/nbi-4").text
    assert "Sent back once for better evidence" in public and "The page is empty" not in public


def test_corrected_and_withdrawn(union: Union) -> None:
    assert union.log("dana", 4).status_code == 303
    entry = union.entry(4)
    page = union.client("dana").get(ITEM.format(4)).text
    assert "Withdraw it" in page and f"corrects={entry}" not in page
    assert (
        union.client("dana").post(f"{ITEM.format(4)}/entries/{entry}/withdraw").status_code == 303
    )
    again = union.client("dana").post(f"{ITEM.format(4)}/entries/{entry}/withdraw")
    assert again.status_code == 422 and "Load the page again" in again.text
    assert union.log("dana", 4).status_code == 303
    first = union.entry(4)
    assert union.decide("ray", first).status_code == 303
    form = union.client("dana").get(f"{ITEM.format(4)}/log?corrects={first}").text
    assert (
        "Forty schools were asked." in form
        and "You correct the entry of" in form
        and hidden_field(form, "corrects") == str(first)
    )
    assert (
        union.log("dana", 4, words="Forty-one schools were asked.", corrects=str(first)).status_code
        == 303
    )
    second = union.entry(4)
    assert (
        "In the place of the entry of"
        in union.client("ray").get(f"/my-work/union/release?entry={second}").text
    )
    assert union.decide("ray", second).status_code == 303
    public = union.client(None).get("/union/2026/nbi-4").text
    assert "Forty-one schools" in public and "counts as never said" in public


def test_nobody_chooses_a_file_twice(union: Union) -> None:
    """What was sent back, or is corrected, brings its evidence along."""
    assert (
        union.log(
            "dana",
            4,
            "done",
            files=[(io.BytesIO(b"%PDF-1.7 guide"), "guide.pdf")],
            files_open="y",
            links__0__url="https://example.org/a",
        ).status_code
        == 303
    )
    first = union.entry(4)
    assert (
        union.decide("ray", first, "return", entries__0__reason="Which guide?").status_code == 303
    )
    form = union.client("dana").get(f"{ITEM.format(4)}/log?again={first}").text
    along = re.findall(r'name="along"\s+value="(\d+)" checked', form)
    assert len(along) == 2 and "guide.pdf" in form and hidden_field(form, "again") == str(first)
    without = union.log("dana", 4, "done", again=str(first))
    assert (
        without.status_code == 422
        and "needs evidence" in without.text
        and "guide.pdf" in without.text
    )
    assert union.log("dana", 4, "done", again=str(first), along=along).status_code == 303
    shown = union.client("ray").get("/my-work/union/release").text
    # members may open both, as before
    assert shown.count("checked") - shown.count('value="" checked') == 2
    opened = re.findall(r'name="entries-0-opens"\s+value="(\d+)"', shown)
    assert union.decide("ray", union.entry(4), entries__0__opens=opened).status_code == 303
    assert "guide.pdf" in union.client(None).get("/union/2026/nbi-4").text
    foreign = union.log("dana", 1, "done", again=str(first), along=along, money="not_known_yet")
    assert foreign.status_code == 422 and "needs evidence" in foreign.text  # of another item


def test_a_draft_is_no_fact_and_survives(union: Union) -> None:
    dana = union.client("dana")
    fields = union.form(
        1,
        "blocked",
        clauses__0__blocked_by="The insurer",
        files=[(io.BytesIO(photo()), "list.jpg")],
        draft="1",
    )
    del fields["submit"], fields["words"]
    assert (
        dana.post(ITEM.format(1) + "/log", data={**fields, "words": "Half a sent"}).status_code
        == 303
    )
    assert union.count(Entry) == 0 and union.count(Draft) == 1 and union.count(Upload) == 1
    assert (
        "Your draft of" in dana.get("/my-work").text
        and "Half a sent" not in union.client("ray").get(ITEM.format(1) + "/log").text
    )
    form = dana.get(ITEM.format(1) + "/log").text
    assert (
        "This is your draft" in form
        and "Half a sent" in form
        and "The insurer" in form
        and "list.jpg" in form
    )
    upload = hidden_field(form, "kept-0-upload")
    answer = dana.post(
        ITEM.format(1) + "/log",
        data={
            **union.form(1, "blocked"),
            "clauses-0-blocked_by": "The insurer",
            "kept-0-upload": upload,
        },
    )
    assert (
        answer.status_code == 303
        and union.count(Draft) == 0
        and union.count(Upload) == 0
        and len(union.files(1)) == 1
    )
    assert (
        dana.post(ITEM.format(1) + "/log", data={**union.form(1), "draft": "1"}).status_code == 303
    )
    assert dana.post(ITEM.format(1) + "/draft/drop").status_code == 303 and union.count(Draft) == 0


def test_a_difference_beyond_the_limit_is_explained(union: Union) -> None:
    page = f"{ITEM.format(1)}/explain"
    dana = union.client("dana")
    assert "Explain the difference" not in dana.get(ITEM.format(1)).text  # nothing is spent yet
    with union.context("walter") as at:
        money.spend(
            at,
            item_row(at.session, union, 1),
            money.NewExpense(amount=Decimal("1250.00"), on=at.today),
        )
    spent = union.entry(1)
    assert (
        "1,250.00" not in union.client(None).get("/union/2026/nbi-1").text
        and "is in no total" in dana.get(ITEM.format(1)).text
    )
    assert union.decide("ray", spent).status_code == 303
    form, public = dana.get(ITEM.format(1)).text, union.client(None).get("/union/2026/nbi-1").text
    assert "Explain the difference" in form and "so an explanation is asked of its lead" in public
    assert union.client("hollis").post(page, data={"words": "Not ours."}).status_code == 403
    empty = dana.post(page, data={"words": " ", "seen": hidden_field(form, "seen")})
    assert (
        empty.status_code == 422
        and "Explain it in a sentence" in empty.text
        and '<details class="add" open>' in empty.text
    )
    assert (
        dana.post(
            page, data={"words": "Paper was *dearer*.", "seen": hidden_field(form, "seen")}
        ).status_code
        == 303
    )
    quicker = union.client("ray").post(
        page, data={"words": "Printing was dearer.", "seen": hidden_field(form, "seen")}
    )
    assert (
        quicker.status_code == 409
        and "Printing was dearer.</textarea>" in quicker.text
        and union.count(Explanation, 1) == 1
    )
    public = union.client(None).get("/union/2026/nbi-1").text
    assert (
        "Paper was" not in public
        and "is asked of its lead" in public
        and "an explanation waits" in dana.get(ITEM.format(1)).text
    )
    assert union.decide("ray", union.entry(1)).status_code == 303
    public = union.client(None).get("/union/2026/nbi-1").text
    assert "an explanation is on record" in public and "is asked of its lead" not in public
    assert (
        public.count("Paper was <em>dearer</em>.") == 2
        and "Explained by Center for Research on" in public
        and "The difference was explained" in public
    )
    with union.context("walter") as at:
        money.explain(at, item_row(at.session, union, 1), "Two rolls more.")
    assert (
        "Explain it anew" in dana.get(ITEM.format(1)).text
        and union.decide("ray", union.entry(1)).status_code == 303
    )
    public = union.client(None).get("/union/2026/nbi-1").text
    # the newest counts; both stay
    assert (
        "recorded by the office" in public
        and public.count("Two rolls more.") == 2
        and public.count("Paper was") == 1
    )
