"""Whether a cost sentence says that the budget does not cover a cost: a small grammar of English
clauses, with a few set phrases of other languages. What the amount is, is in `costs`.

A sentence is cut into clauses. In each clause there may be
    a negation of coverage     "the plan does not provide for it", "staff are too few", "unbudgeted"
    a comparison               "another $500", "$500 past what the budget can bear", "grow by $500"
    a zero                     "at no additional cost", "cost-neutral"
and a comparison or a zero may itself be negated: "cannot be met at no additional cost".

Each pattern is a list of alternatives; above an alternative stands a phrase that it fits.
"""

from __future__ import annotations

import re

from tracker.importing.vocabulary.cost_words import WITHIN, ZERO
from tracker.importing.vocabulary.word_file import compiled


def _up_to(characters: int) -> str:
    """Matches at most so many characters, as few as will do, of the same clause."""
    return rf"[^.;:]{{0,{characters}}}?"


# --- words -------------------------------------------------------------------------------------

# "not", and "n't", which begins inside a word
_NOT = (
    r"(?:\b|(?<=\w))"
    r"(?:not|n't|cannot|can not|never|no longer|hardly|scarcely|unable to|fails? to|nor)"
)
_AMOUNT = r"(?:us)?[$€£]?\s?\d"
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|some|another|up to|an? (?:estimated|extra|further)"
    r"|at least|the) )?"
)
# what a cost may be covered by; "the Budget Committee" covers nothing
_MEANS = (
    r"(?:budgets?|plans?|staff(?:ing)?|personnel|resources|funds|funding|money|monies|means"
    r"|appropriations?|allocations?|capacity|reserves?)"
    r"(?! (?:committee|office|director|department|members?|board)\b)"
)
_FUNDS = r"(?:funds|funding|money|monies|budget|resources|appropriation)"
_ITEM = (
    r"(?:it|this|that|them|these|(?:this|the|that|such an?) (?:\w+ )?"
    r"(?:item|nbi|motion|proposal|work|task|activity|request|project|cost|expense|amount))\b"
)
# verbs of which the item itself is the object
_COVERS = (
    r"(?:cover|provide|allow|accommodate|absorb|bear|stretch|extend|budget|make room|leave room"
    r"|take (?:this |it |that )?on)"
)
# verbs of which only a budget, or what it pays for, is the subject
_SUFFICES = (
    r"(?:include|permit|meet|support|carry|fund|pay|suffice|sustain|handle|finance|afford|contain"
    r"|anticipate|foresee|contemplate|envisage|reach|do|have|hold)"
)
_DONE = (
    r"(?:done|met|accomplished|achieved|absorbed|covered|handled|carried out|undertaken|implemented"
    r"|completed|managed|funded|paid(?: for)?|accommodated|fitted|fit|found|carried|borne|supported"
    r"|provided|realized|performed|executed|possible|feasible|practicable|achievable|doable)"
)
_BY_WHAT = r"(?:with|within|without|by|under|from|out of|in|into|on|using|through|at)"

# --- negations of coverage ---------------------------------------------------------------------

_UNCOVERED = compiled(
    # "the budget does not provide for it"
    rf"\b{_MEANS}\b{_up_to(120)}{_NOT}\b{_up_to(25)}\b(?:{_COVERS}|{_SUFFICES})\b",
    # "does not allow for this item"
    rf"{_NOT} (?:\w+ )?{_COVERS} (?:for |to |on )?{_ITEM}",
    # "cannot be done within the present budget"
    rf"{_NOT} (?:be |been |have been )?{_DONE}\b{_up_to(40)}\b{_BY_WHAT}\b{_up_to(120)}"
    rf"\b{_MEANS}\b",
    # "impossible within ..."
    r"\bimpossible (?:with|within|under)\b",
    # "the staff is insufficient", "the funds are not available"
    rf"\b{_MEANS}\b{_up_to(120)}\b(?:insufficient|inadequate|lacking"
    r"|too (?:few|little|small|thin|limited|short)"
    r"|not (?:be )?(?:enough|sufficient|adequate|available|able|equal to|in place))\b",
    # "we lack the staff"
    r"\b(?:insufficient|inadequate|too few|too little|not enough|lack(?:s|ing|ed)?(?: of)?)\b"
    rf"{_up_to(30)}\b{_MEANS}\b",
    # "staff are too few"
    r"\b(?:staff|people|hands) (?:are|is|at hand are|in place are) too (?:few|thin)",
    # "unbudgeted", "not yet funded"
    r"\b(?:un|non-?|not (?:yet |been |be )?)(?:budgeted|funded)\b",
    # "is not currently part of the budget"
    r"\b(?:not|n't) (?:currently |now |already |yet )?"
    r"(?:part of|included in|contained in|provided for in|foreseen in|in) "
    rf"(?:(?:the|our|any)\b{_up_to(40)})?\b{_MEANS}\b",
    # "cannot be absorbed"
    rf"{_NOT} (?:able to |being )?(?:be |been )?(?:absorbed|accommodated|borne)\b",
    # "it is not covered", and no more
    r"^\W*(?:(?:it|this) )?(?:is )?not (?:currently )?(?:covered|included|provided for)\W*$",
    # "leaves no room"
    r"\b(?:leaves?|has|have|had|makes?|with) no (?:\w+ )?"
    r"(?:room|provision|allowance|capacity|slack|line|allocation)\b",
    # "no provision"
    r"\bno (?:provision|allowance|allocation)\b",
    # Spanish
    r"\bno (?:est[aá] )?(?:cubiert|previst|incluid)[oa]",
    r"\bno cubre",
    # French
    r"\bpas (?:pr[eé]vu|couvert|inclus)",
    # German
    r"\bnicht (?:\w+ )?(?:gedeckt|vorgesehen|enthalten)",
    # Swedish
    r"\b(?:inte|ej) (?:t(?:ä|a)ck|budgeter|inrym|rym)\w*",
)
# there is no money: that is no zero
_NO_MONEY = compiled(
    # "there are no funds", "the plan has no money"; not "there is no budget impact"
    r"\b(?:there (?:is|are|was|were)|(?:budget|plan) (?:has|holds|contains|includes)) no\b"
    rf"{_up_to(20)}\b{_FUNDS}\b(?! (?:impact|implications?|needed|required|effect))",
    # "no funds are available"
    rf"\bno (?:\w+ )?{_FUNDS}\b{_up_to(12)}"
    r"\b(?:available|budgeted|allocated|set aside|identified|left|provided|appropriated"
    r"|remaining|on hand|in place|exists?)\b",
    # "no budget line for this"; not "no money for this is needed"
    rf"\bno (?:\w+ )?{_FUNDS}(?: line| item)? for (?:it|this|that|the|such)\b"
    r"(?![^.;:]*\b(?:needed|required|necessary)\b)",
    # "the plan does not have the funds"
    rf"(?:\bnot|n't) have (?:any |the |enough |sufficient )?(?:{_FUNDS}|staff)\b"
    r"(?! (?:impact|implications?))",
)

# --- comparisons -------------------------------------------------------------------------------

# words that say "additional" wherever they stand
_ADDITIONAL = re.compile(
    r"\b(?:additional(?:ly)?|add'?l|addl|addit|extra|added|on top|over and above|supplement\w*"
    r"|incremental|in addition"
    r"|adicional(?:es)?|suppl[eé]mentaires?|zus(?:ä|a)tzlich\w*|ytterligare|adicionais"
    r"|aggiuntiv[oi])\b",
    re.IGNORECASE,
)
# words that say so only beside an amount, money, or a budget
_ADDITIONAL_BESIDE_MONEY = compiled(
    # "another $500", "further spending"
    rf"\b(?:another|further) (?:\w+ )?"
    rf"(?:{_AMOUNT}|(?:sum|amount|cost|costs|expense|money|spending)\b)",
    # "a further ..."
    r"\b(?:an?|in|at) further\b",
    r"^\W*further cost",
    # "500 dollars more"; not "500 more than"
    r"\d[\d.,]*(?: ?(?:thousand|million|k\b|dollars|usd))? more\b(?! than)",
    # "more funds"
    r"\bmore (?:money|funds|funding|spending|dollars)\b",
    # "new spending"
    r"\bnew (?:money|funds|funding|spending|expenditures?|costs?|outlays?|dollars"
    r"|appropriations?|expenses?)\b",
    # "would add about $500"; not "add up to $500"
    rf"\badd(?:s|ing)? (?!up to ){_ABOUT}{_AMOUNT}",
    # "beyond the budget"; not "beyond 2020", a year, unless it is that of a budget: "2020-2022"
    r"\bbeyond (?!(?:19|20)\d\d\b(?!\s?[-–/]))",
    # "$500 past what the budget can bear", "over our approved budget"
    r"\b(?:above|past|over|more than|outside(?: of)?) "
    rf"(?:what|and beyond|(?:the |our )?(?:\w+[- ]){{0,5}}?{_MEANS})",
    # "in excess of the current budget"
    r"\bin excess of (?:the|what|our|current|present|existing|approved)\b",
    # "exceeds the approved budget by $500"
    rf"\bexceeds? (?:the |our |its |what )?[^.;:\d]{{0,60}}?\bby {_ABOUT}{_AMOUNT}",
    # "the budget would have to grow by $500"
    r"\b(?:grow|grows|rise|rises|go up|goes up|climb|swell|expand|increase[sd]?|be increased"
    rf"|be raised|raised?|enlarged?|topped up)\b[^.;:\d]{{0,60}}?\bby {_ABOUT}{_AMOUNT}",
    # "out-of-budget"
    r"\bout[- ]of[- ]budget\b",
    # "$500 higher"
    r"\d (?:increase|higher|larger|bigger|greater|short)\b",
    # "a budget increase"
    r"\b(?:costs?|budget) increase\b",
    # "$500 is missing"
    r"\b(?:is|are) (?:missing|lacking|not there)\b",
    # "$500 must still be found"
    r"\b(?:must|to|would) (?:still )?be (?:found|raised)\b",
    # "an increase of $500"
    rf"\b(?:increase|rise|growth) of {_ABOUT}{_AMOUNT}",
    # "an increase in the operating budget"
    rf"\bincrease in (?:the )?(?:\w+ ){{0,2}}(?:{_MEANS}|costs?|spending)\b",
    # "a shortfall of $500"
    rf"\b(?:shortfall|gap|overrun|short)\b[^.;:\d]{{0,12}}?(?:of|by|:)? {_ABOUT}{_AMOUNT}",
)

# --- coverage ----------------------------------------------------------------------------------

_COVERED = compiled(
    # "the budget already provides for it"; not "covers up to $500"
    rf"\b{_MEANS}\b{_up_to(60)} (?:will |can |would |already |now |fully )*"
    r"(?:covers?|absorbs?|provides? for|allows? for|accommodates?|suffices?"
    r"|(?:is|are) (?:enough|sufficient))\b(?! (?:up to|[$€£]?\d))",
    # "can be easily absorbed"
    r"\b(?:can|could|will|would|may) be (?:\w+ly )?(?:absorbed|accommodated)\b",
)
_IN_PART = re.compile(
    r"\b(?:in part|partly|partially|half|some of|most of|not all"
    r"|(?:only )?(?:a )?(?:part|portion|share) of"
    r" (?:it|this|the (?:item|work|cost|nbi|motion|task|project))"
    r"|only (?:a )?(?:part|some))\b",
    re.IGNORECASE,
)

# --- how they stand together -------------------------------------------------------------------

_CLAUSE_ENDS = compiled(
    # a stop, or the end of a line
    r"[.;:](?=\s|$)",
    r"\n",
    # "and", "but", "since" before what begins a new clause
    r",? (?:and|but|so|since|because|as|while|though|although) "
    r"(?=(?:it|this|that|the|an?|we|another|can|could|will|would|may|might|is|are|does|do|staff"
    r"|current|present|existing)\b)",
)
# The words before a match end in a negation, with at most three words between the two; `before`
# is what stands before that negation.
_NEGATED = re.compile(
    rf"(?P<before>.*)(?:{_NOT}|\bno|\bwithout|\bfree of|\bnil|\bzero)"
    r"(?: (?!if\b)[\w'-]+){0,3}\s*$",
    re.IGNORECASE | re.DOTALL,
)
# a negation that reaches to the end of these words
_DENIED = re.compile(rf"(?:{_NOT}|\bneither|\bimpossible)\b[^.;:]*$", re.IGNORECASE)


def lies_beyond(words: str, heading: str = "") -> bool:
    """The sentence, or the heading of its column, says that its amount is not in the budget."""
    return is_uncovered(words) or _says_additional(words) or _says_additional(heading)


def is_uncovered(words: str) -> bool:
    """Some clause says that the budget does not cover it, or denies that it costs nothing."""
    for clause in _CLAUSE_ENDS.split(words):
        if _UNCOVERED.search(clause) or _NO_MONEY.search(clause):
            return True
    return any(_is_denied(words, zero) for zero in ZERO.finditer(words))


def is_zero(words: str) -> bool:
    """Some clause says that there is no cost, and nothing denies that."""
    for zero in ZERO.finditer(words):
        if not _is_denied(words, zero) and not _NO_MONEY.search(_clause_of(words, zero)):
            return True
    return False


def is_covered(words: str) -> bool:
    """Some clause says that the budget covers it, and none says that it does not."""
    if not WITHIN.search(words) and not _COVERED.search(words):
        return False
    return not _IN_PART.search(words) and not is_uncovered(words)


def _says_additional(words: str) -> bool:
    """Some clause has a comparison that is not negated, or whose negation is itself denied.

    "Another $500" and "not possible without another $500"; not "no additional cost".
    """
    for match in (*_ADDITIONAL.finditer(words), *_ADDITIONAL_BESIDE_MONEY.finditer(words)):
        negated = _NEGATED.match(_before(words, match))
        if not negated or _DENIED.search(negated["before"]):
            return True
    return False


def _is_denied(words: str, zero: re.Match[str]) -> bool:
    """The zero is negated: "cannot be met at no additional cost", "is not cost-neutral"."""
    return bool(_DENIED.search(_before(words, zero)))


def _before(words: str, match: re.Match[str]) -> str:
    """What stands in the same clause before a match."""
    ends = [end.end() for end in _CLAUSE_ENDS.finditer(words) if end.end() <= match.start()]
    start = ends[-1] if ends else 0
    return words[start : match.start()]


def _clause_of(words: str, match: re.Match[str]) -> str:
    """The whole clause of a match."""
    ends = [end.start() for end in _CLAUSE_ENDS.finditer(words) if end.start() >= match.end()]
    end = ends[0] if ends else len(words)
    return _before(words, match) + words[match.start() : end]
