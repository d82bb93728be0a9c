"""Whether a cost sentence says that the budget does not cover a cost: a small grammar of English
clauses, with a few set phrases of other languages. What the amount is, is in `costs`.

A sentence is cut into clauses. In each clause there may be
    a negation of coverage     "the plan does not provide for it", "staff are too few", "unbudgeted"
    a comparison               "another $500", "$500 past what the budget can bear", "grow by $500"
    a zero                     "at no additional cost", "cost-neutral"
and a comparison or a zero may itself be negated: "cannot be met at no additional cost".
"""

from __future__ import annotations

import re

from tracker.importing.vocabulary.cost_words import WITHIN, ZERO

# --- words -------------------------------------------------------------------------------------

_NOT = r"(?:not|n't|cannot|can not|never|no longer|hardly|scarcely|unable to|fails? to|nor)"
_AMOUNT = r"(?:us)?[$€£]?\s?\d"
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|some|another|up to|an? (?:estimated|extra|further)"
    r"|at least|the) )?"
)
_MEANS = (  # what a cost may be covered by; "the Budget Committee" covers nothing
    r"(?:budgets?|plans?|staff(?:ing)?|personnel|resources|funds|funding|money|monies|means"
    r"|appropriations?"
    r"|allocations?|capacity|reserves?)(?! (?:committee|office|director|department|members?"
    r"|board)\b)"
)
_ITEM = (
    r"(?:it|this|that|them|these|(?:this|the|that|such an?) (?:\w+ )?"
    r"(?:item|nbi|motion|proposal|work|task|activity|request|project|cost|expense|amount))\b"
)
_COVERS = (  # verbs of which the item itself is the object
    r"(?:cover|provide|allow|accommodate|absorb|bear|stretch|extend|budget|make room|leave room"
    r"|take (?:this |it |that )?on)"
)
_SUFFICES = (  # verbs of which only a budget, or what it pays for, is the subject
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

_UNCOVERED = re.compile(
    rf"\b{_MEANS}\b[^.;:]{{0,120}}?(?:\b|(?<=\w)){_NOT}\b[^.;:]{{0,25}}?\b(?:{_COVERS}"
    rf"|{_SUFFICES})\b"
    rf"|(?:\b|(?<=\w)){_NOT} (?:\w+ )?{_COVERS} (?:for |to |on )?{_ITEM}"
    rf"|(?:\b|(?<=\w)){_NOT} (?:be |been "
    rf"|have been )?{_DONE}\b[^.;:]{{0,40}}?\b{_BY_WHAT}\b[^.;:]{{0,120}}?\b{_MEANS}\b"
    r"|\bimpossible (?:with|within|under)\b"
    rf"|\b{_MEANS}\b[^.;:]{{0,120}}?\b(?:insufficient|inadequate|lacking|too (?:few|little|small"
    rf"|thin|limited|short)"
    r"|not (?:be )?(?:enough|sufficient|adequate|available|able|equal to|in place))\b"
    rf"|\b(?:insufficient|inadequate|too few|too little|not enough|lack(?:s|ing"
    rf"|ed)?(?: of)?)\b[^.;:]{{0,30}}?\b{_MEANS}\b"
    r"|\b(?:staff|people|hands) (?:are|is|at hand are|in place are) too (?:few|thin)"
    r"|\b(?:un|non-?|not (?:yet |been |be )?)(?:budgeted|funded)\b"
    rf"|\b(?:not|n't) (?:currently |now |already |yet )?(?:part of|included in|contained in"
    rf"|provided for in|foreseen in|in) (?:(?:the|our|any)\b[^.;:]{{0,40}}?)?\b{_MEANS}\b"
    rf"|(?:\b|(?<=\w)){_NOT} (?:able to |being )?(?:be |been )?(?:absorbed|accommodated|borne)\b"
    r"|^\W*(?:(?:it|this) )?(?:is )?not (?:currently )?(?:covered|included|provided for)\W*$"
    r"|\b(?:leaves?|has|have|had|makes?|with) no (?:\w+ )?(?:room|provision|allowance|capacity"
    r"|slack|line|allocation)\b"
    r"|\bno (?:provision|allowance|allocation)\b"
    r"|\bno (?:est[aá] )?(?:cubiert|previst|incluid)[oa]|\bno cubre|\bpas (?:pr[eé]vu|couvert"
    r"|inclus)"
    r"|\bnicht (?:\w+ )?(?:gedeckt|vorgesehen|enthalten)|\b(?:inte|ej) (?:t(?:ä|a)ck|budgeter"
    r"|inrym|rym)\w*",
    re.I,
)
_FUNDS = r"(?:funds|funding|money|monies|budget|resources|appropriation)"
_NO_MONEY = re.compile(  # "no funds are available", "the plan does not have the funds": no zero
    rf"\b(?:there (?:is|are|was|were)|(?:budget|plan) (?:has|holds|contains"
    rf"|includes)) no\b[^.;:]{{0,20}}?\b{_FUNDS}\b"
    r"(?! (?:impact|implications?|needed|required|effect))"
    rf"|\bno (?:\w+ )?{_FUNDS}\b[^.;:]{{0,12}}?\b(?:available|budgeted|allocated|set aside"
    rf"|identified|left|provided"
    r"|appropriated|remaining|on hand|in place|exists?)\b"
    rf"|\bno (?:\w+ )?{_FUNDS}(?: line| item)? for (?:it|this|that|the"
    rf"|such)\b(?![^.;:]*\b(?:needed|required|necessary)\b)"
    rf"|(?:\bnot|n't) have (?:any |the |enough |sufficient )?(?:{_FUNDS}|staff)\b(?! (?:impact"
    rf"|implications?))",
    re.I,
)

# --- comparisons -------------------------------------------------------------------------------

_PLAIN = re.compile(  # words that say "additional" wherever they stand
    r"\b(?:additional(?:ly)?|add'?l|addl|addit|extra|added|on top|over and above|supplement\w*"
    r"|incremental"
    r"|in addition|adicional(?:es)?|suppl[eé]mentaires?|zus(?:ä|a)tzlich\w*|ytterligare"
    r"|adicionais|aggiuntiv[oi])\b",
    re.I,
)
_IN_PLACE = re.compile(  # words that say so only beside an amount, money, or a budget
    rf"\b(?:another|further) (?:\w+ )?(?:{_AMOUNT}|(?:sum|amount|cost|costs|expense|money"
    rf"|spending)\b)"
    rf"|\b(?:an?|in|at) further\b|^\W*further cost"
    rf"|\d[\d.,]*(?: ?(?:thousand|million|k\b|dollars|usd))? more\b(?! than)"
    r"|\bmore (?:money|funds|funding|spending|dollars)\b"
    r"|\bnew (?:money|funds|funding|spending|expenditures?|costs?|outlays?|dollars"
    r"|appropriations?|expenses?)\b"
    rf"|\badd(?:s|ing)? (?!up to ){_ABOUT}{_AMOUNT}"
    r"|\bbeyond (?!(?:19|20)\d\d\b(?!\s?[-–/]))"
    rf"|\b(?:above|past|over|more than|outside(?: of)?) (?:what|and beyond|(?:the "
    rf"|our )?(?:\w+[- ]){{0,5}}?{_MEANS})"
    rf"|\bin excess of (?:the|what|our|current|present|existing|approved)\b"
    rf"|\bexceeds? (?:the |our |its |what )?[^.;:\d]{{0,60}}?\bby {_ABOUT}{_AMOUNT}"
    rf"|\b(?:grow|grows|rise|rises|go up|goes up|climb|swell|expand|increase[sd]?|be increased"
    rf"|be raised|raised?|enlarged?"
    rf"|topped up)\b[^.;:\d]{{0,60}}?\bby {_ABOUT}{_AMOUNT}"
    r"|\bout[- ]of[- ]budget\b|\d (?:increase|higher|larger|bigger|greater|short)\b|\b(?:costs?"
    r"|budget) increase\b"
    r"|\b(?:is|are) (?:missing|lacking|not there)\b|\b(?:must|to|would) (?:still )?be (?:found"
    r"|raised)\b"
    rf"|\b(?:increase|rise|growth) of {_ABOUT}{_AMOUNT}"
    rf"|\bincrease in (?:the )?(?:\w+ ){{0,2}}(?:{_MEANS}|costs?|spending)\b"
    rf"|\b(?:shortfall|gap|overrun|short)\b[^.;:\d]{{0,12}}?(?:of|by|:)? {_ABOUT}{_AMOUNT}",
    re.I,
)

# --- coverage ----------------------------------------------------------------------------------

_COVERED = re.compile(
    rf"\b{_MEANS}\b[^.;:]{{0,60}}? (?:will |can |would |already |now |fully )*(?:covers?|absorbs?"
    rf"|provides? for|allows? for"
    r"|accommodates?|suffices?|(?:is|are) (?:enough|sufficient))\b(?! (?:up to|[$€£]?\d))"
    r"|\b(?:can|could|will|would|may) be (?:\w+ly )?(?:absorbed|accommodated)\b",
    re.I,
)
_IN_PART = re.compile(
    r"\b(?:in part|partly|partially|half|some of|most of|not all|(?:only )?(?:a )?(?:part|portion"
    r"|share) of"
    r" (?:it|this|the (?:item|work|cost|nbi|motion|task|project))|only (?:a )?(?:part"
    r"|some))\b",
    re.I,
)

# --- how they stand together -------------------------------------------------------------------

_CLAUSE_ENDS = re.compile(
    r"[.;:](?=\s|$)|\n|,? (?:and|but|so|since|because|as|while|though|although) (?=(?:it|this"
    r"|that|the"
    r"|an?|we|another|can|could|will|would|may|might|is|are|does|do|staff|current|present"
    r"|existing)\b)",
    re.I,
)
_NEGATED = re.compile(  # by the negation that is nearest
    rf"(?P<before>.*)(?:(?:\b|(?<=\w)){_NOT}|\bno|\bwithout|\bfree of|\bnil"
    rf"|\bzero)(?: (?!if\b)[\w'-]+){{0,3}}\s*$",
    re.I | re.S,
)
_DENIED = re.compile(rf"(?:(?:\b|(?<=\w)){_NOT}|\bneither|\bimpossible)\b[^.;:]*$", re.I)


def lies_beyond(words: str, heading: str = "") -> bool:
    """The sentence, or the heading of its column, says that its amount is not in the budget."""
    return is_uncovered(words) or _compares(words) or _compares(heading)


def is_uncovered(words: str) -> bool:
    """Some clause says that the budget does not cover it, or denies that it costs nothing."""
    for clause in _CLAUSE_ENDS.split(words):
        if _UNCOVERED.search(clause) or _NO_MONEY.search(clause):
            return True
    return any(_is_denied(words, match) for match in ZERO.finditer(words))


def is_zero(words: str) -> bool:
    """Some clause says that there is no cost, and nothing denies that."""
    return any(
        not _is_denied(words, match) and not _NO_MONEY.search(_clause_of(words, match))
        for match in ZERO.finditer(words)
    )


def is_covered(words: str) -> bool:
    """Some clause says that the budget covers it, and none says that it does not."""
    says_so = WITHIN.search(words) or _COVERED.search(words)
    return bool(says_so) and not _IN_PART.search(words) and not is_uncovered(words)


def _compares(words: str) -> bool:
    """ "Another $500", "not possible without another $500"; not "no additional cost"."""
    for match in (*_PLAIN.finditer(words), *_IN_PLACE.finditer(words)):
        negated = _NEGATED.match(_before(words, match))
        if not negated or _DENIED.search(negated["before"]):
            return True
    return False


def _is_denied(words: str, zero: re.Match[str]) -> bool:
    """ "Cannot be met at no additional cost", "is not cost-neutral"."""
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
