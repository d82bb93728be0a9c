"""What was recorded on top of an import, in words: kinds of facts, with how many there are."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.translation import N_, ngettext

# By the name of the table, for one and for several.
KINDS = {
    "appropriation": (N_("%(num)d appropriation"), N_("%(num)d appropriations")),
    "assignment": (N_("%(num)d lead or contributor"), N_("%(num)d leads or contributors")),
    "claim": (N_("%(num)d claim"), N_("%(num)d claims")),
    "clause": (N_("%(num)d clause"), N_("%(num)d clauses")),
    "designation": (N_("%(num)d kind or number put right"), N_("%(num)d numbers put right")),
    "draft": (N_("%(num)d draft of an entry"), N_("%(num)d drafts of entries")),
    "due_date": (N_("%(num)d due date"), N_("%(num)d due dates")),
    "entry": (N_("%(num)d entry"), N_("%(num)d entries")),
    "estimate": (N_("%(num)d estimate"), N_("%(num)d estimates")),
    "evidence": (N_("%(num)d piece of evidence"), N_("%(num)d pieces of evidence")),
    "expense": (N_("%(num)d expense"), N_("%(num)d expenses")),
    "explanation": (N_("%(num)d explanation of costs"), N_("%(num)d explanations of costs")),
    "floor_action": (N_("%(num)d floor action"), N_("%(num)d floor actions")),
    "floor_person": (N_("%(num)d mover"), N_("%(num)d movers")),
    "link": (N_("%(num)d link"), N_("%(num)d links")),
    "opened_evidence": (N_("%(num)d opened piece"), N_("%(num)d opened pieces")),
    "outcome": (N_("%(num)d outcome"), N_("%(num)d outcomes")),
    "recommendation": (N_("%(num)d recommendation"), N_("%(num)d recommendations")),
    "referral_decision": (N_("%(num)d decision"), N_("%(num)d decisions")),
    "release": (N_("%(num)d release"), N_("%(num)d releases")),
    "review": (N_("%(num)d confirmation or return"), N_("%(num)d confirmations or returns")),
    "sent_back": (N_("%(num)d entry sent back"), N_("%(num)d entries sent back")),
    "source_cell": (N_("%(num)d cell of a list"), N_("%(num)d cells of lists")),
    "version": (N_("%(num)d version of the text"), N_("%(num)d versions of the text")),
    "withholding": (N_("%(num)d withholding"), N_("%(num)d withholdings")),
    "lifting": (N_("%(num)d lifting"), N_("%(num)d liftings")),
}


def in_words(facts: Iterable[tuple[str, int]]) -> list[str]:
    return [ngettext(*KINDS[table], num) for table, num in facts]
