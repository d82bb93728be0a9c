"""What verdicts, answers about change and rates mean, in a sentence each.

For the page that says how we count, and for the report.
"""

from __future__ import annotations

from tracker.rules.codes import Change, Verdict
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from .amounts import number

VERDICTS: dict[Verdict, str] = {
    Verdict.CARRIED_OUT: N_(
        "Every clause is done, and confirmed on evidence by somebody other than those who did it."
    ),
    Verdict.PARTLY_CARRIED_OUT: N_("Some clauses are done; of the others none is open any more."),
    Verdict.REPORTED_DONE: N_(
        "All that is still open is reported done, and waits to be confirmed."
    ),
    Verdict.NOT_YET: N_("Something is still open; the reason stands beside it."),
    Verdict.WILL_NOT_BE_DONE: N_("So decided; by whom, when and why stands beside it."),
    Verdict.DECLINED: N_(
        "It was only referred, and the body that received it considered it and declined."
    ),
    Verdict.UNFINISHED: N_(
        "There had been a word, its term has ended, and since then it has been quiet."
    ),
    Verdict.NO_WORD: N_(
        "No clause is done or reported done, and nothing was heard for longer than the rule allows."
    ),
    Verdict.DECISION_NOT_KNOWN: N_(
        "The source does not say what the floor decided. It counts in no rate."
    ),
    Verdict.NOT_DECIDED: N_(
        "The floor has it before it, or has postponed it. It counts in no rate."
    ),
    Verdict.NOT_TRACKED: N_(
        "The floor’s decision is on record; what was done about it is not kept. "
        "Nothing is claimed, in either direction."
    ),
    Verdict.NOT_DUE: N_(
        "Defeated, withdrawn, merged into another item, a declaration, "
        "or of a kind that asks for nothing to be carried out."
    ),
}

CHANGES: dict[Change, str] = {
    Change.CHANGE_FOLLOWED: N_(
        "A confirmed outcome says what changed, and what ties it to the item: "
        "contracts, a vote, a count before and after."
    ),
    Change.NONE_FOUND: N_(
        "A confirmed outcome says that a change was looked for, and that none was found."
    ),
    Change.NOTHING_ON_RECORD: N_("Neither is on record. It does not mean that nothing changed."),
}

# What each rate counts, by the name of the rate. Those of one verdict count what the verdict means.
RATES: dict[str, str] = {
    "carried_out": VERDICTS[Verdict.CARRIED_OUT],
    "change_followed": CHANGES[Change.CHANGE_FOLLOWED],
    "no_word": VERDICTS[Verdict.NO_WORD],
    "reported_done": VERDICTS[Verdict.REPORTED_DONE],
    "within_the_year": N_("Carried out by an act at most 365 days after the convention closed."),
    "clauses_carried_out": N_("The separate acts that the items direct, done and confirmed."),
    "decided": N_(
        "The body to which the item was referred has decided, "
        "or has given the report that was asked for."
    ),
}


def rate(name: str) -> str:
    """The same on the page of a convention, in the report and on "how we count"."""
    return _(RATES[name])


def silence_rule(days: int) -> str:
    """What "no word" means under the rule of a body."""
    rule = ngettext(
        "The rule is %(count)s day.", "The rule is %(count)s days.", days, count=number(days)
    )
    return f"{_(VERDICTS[Verdict.NO_WORD])} {rule}"
