"""What kinds of items are called in the languages of likely lists, and how numbers look, as patterns; reading them is in `kinds`."""
from __future__ import annotations

import re

from tracker.rules.codes import Kind

KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.CONSTITUTIONAL_AMENDMENT, r"constitution\w* amend\w*|amend\w* (?:to|of) (?:the )?constitution|\bca\b|amd[- ]?ca|enmiendas? (?:a la )?constituci\w*|verfassungs(?:ä|a)nderung"),
    (Kind.BYLAW_AMENDMENT, r"by-?\s?laws? (?:amend|change)\w*|amend\w* (?:to|of) (?:the )?by-?\s?laws?|\bba\b|\bbl\b|enmiendas? (?:a los )?estatutos?|satzungs(?:ä|a)nderung\w*|stadge(?:ä|a)ndring\w*|modification des statuts|^by-?\s?laws?$"),
    (Kind.STANDING_RULE_AMENDMENT, r"(?:standing )?rules? (?:amend|change)\w*|amend\w* (?:to|of) (?:the )?(?:standing )?rules?|\bsra?\b|standing rules?"),
    (Kind.RESOLUTION_AMENDMENT, r"resolutions? amend\w*|amend\w* (?:to|of) (?:the )?resolutions?|\brea\b|enmiendas? (?:a la )?resoluci\w*"),
    (Kind.LEGISLATIVE_AMENDMENT, r"legislat\w* (?:program )?amend\w*|amend\w* (?:to|of) (?:the )?legislat\w*|\bleg\b|legislative (?:program|item)s?"),
    (Kind.NEW_BUSINESS_ITEM, r"new business(?: items?)?|\bnbis?\b|nuevos? asuntos?|asuntos? nuevos?|(?:nouvelles? )?affaires? nouvelles?|business items?"),
    (Kind.COMMITTEE_RECOMMENDATION, r"(?:committee|board|council) recommend\w*|\brecs?\b|recommendations?(?: of (?:the )?(?:committee|board))?|recomendaci[oó]n\w*|empfehlung\w*"),
    (Kind.POLICY_STATEMENT, r"policy statements?|\bpol\b|position statements?|declaraci[oó]n de (?:pol[ií]tica|principios)|grundsatz\w*"),
    (Kind.RESOLUTION, r"resolutions?|\bres\b|resoluci[oó]n(?:es)?|resolution(?:en)?|r[eé]solutions?|resolutie\w*"),
    (Kind.ARTICLE, r"articles?|\bart\b|art[ií]culos?"),
    (Kind.MOTION, r"motions?|\bmot\b|moci[oó]n(?:es)?|antr(?:a|ä)ge?|motioner?|moç(?:ão|ões)|mozion[ei]|moties?|forslag|proposals?|propuestas?|f(?:ö|o)rslag|proposition(?:er|s)?"),
)
PATTERNS = [(kind, re.compile(pattern, re.I)) for kind, pattern in KINDS]
BARE = re.compile(r"(?:[#№]|no\.?|nr\.?|n[°º]|item|number)?\s*(?:\d{1,5}(?:[\s.-]?[a-z]{1,2})?|[a-z]{1,2}(?:[-.]?\d{1,4})?)(?:\s?\([a-z0-9]{1,2}\))?", re.I)
CODE = re.compile(r"(?P<year>(?:19|20)\d\d)[-_ /]?(?P<rest>[a-z]{2,}[-_ ]?.*)", re.I)
ABBREVIATED = re.compile(r"(sra?|ca|ba|bla?|leg|rec|res|rea|mot|art|pol)(?=[\W_\d])", re.I)  # letters that may mean something else in another body
JOINED = re.compile(r"\s*(?:[,;&+/\n–]|\b(?:and|or|to|through|y|och|und|et|till|bis)\b(?=\s)|(?<=\d)\s+(?=\d))\s*(?:(?:and|or|&)\s+)?", re.I)
NUMBER_OF_ONE = re.compile(r"[#№]?\s?(?:[a-z]{1,3}[-. ]?)?\d{1,4}[a-z]?|[a-z]", re.I)
