"""The patterns by which running text and people are read: ligatures, entities, endings, states, groups; the reading is in `texts`."""
from __future__ import annotations

import re

LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
MOJIBAKE = re.compile("[\u00c2\u00c3\u00e2][\u0080-\u00bf\u20ac\u2122\u0153\u0152\u0161\u0160\u017e\u017d\u0178\u0192\u02c6\u02dc\u2013-\u203a\u2030]")
LEFT_EMPTY = re.compile(r"nan|nat|\(?null\)?|<na>|#(?:n/?a|ref!|value!|div/0!|name\?|num!|null!)", re.I)  # what programs write into an empty cell
SAYS_NOTHING = re.compile(r"[\s.?_*/–—-]*(?:n\.?/?a\.?|not applicable|tb[acd]|none|null|nan|unassigned|not assigned|unknown|not known|nobody|vacant|to be (?:determined|decided|assigned|named|announced)|"
                          r"ninguno|aucune?|keine[rs]?|inget|ingen)?[\s.?_*/–—-]*", re.I)
ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|amp|lt|gt|quot|apos|nbsp|[lr]squo|[lr]dquo|[mn]dash|hellip|bull|eacute|ntilde|[aeiou](?:acute|grave|uml|circ));", re.I)
ENDS_WELL = re.compile(r"[.!?…:;)\]\"'”’»*]\s*$|\d\s*$|(?:https?://|www\.)\S+$|\S+\.(?:org|com|edu|gov|net)\S*$")
HANGING = re.compile(r"\b(?:a|an|the|and|or|of|to|in|on|at|by|for|with|from|that|which|is|are|was|be|will|shall|as|its|their|his|her|this|these|de|la|el|los|las|y|en|que|un|una|der|die|das|und|och|att|för|et|le|les|des)$", re.I)
STATUS_FIRST = re.compile(
    r"^\W*(?P<status>consolidated (?:with|into) (?:nbi|new business items?|item)?\s*#?\s*[\w-]+|withdrawn(?: by (?:the )?maker)?|defeated|referred to (?:the )?[^.\n]{0,60}?(?:committee|board|council|commission|president|directors)|adopted(?: as (?:amended|modified))?|"
    r"ruled out of order|postponed indefinitely)\s*(?:[.:;\n–—-]+\s*|$)", re.I)
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine",
    "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}
NAMES = {name.casefold(): name for name in STATES.values()}
GROUP = re.compile(
    r"\b(?:delegates?|delegation|caucus|council|committee|commission|board|assembly|association|affiliates?|local|union|department|members?|branch|section|chapter|majority|vote|retired|students?|district|region|forum|network|group|society|college|university|school|cent(?:er|re)|office|conference|federation|secci[oó]n|regi[oó]n|rama|distrito|federaci[oó]n|sindicato|fédération|région|syndicat|bezirk|ortsverein|verband|kreis|gruppe|förening|distrikt|förbund|"
    r"delegaci[oó]n|consejo|comit[eé]|junta|asamblea|conseil|ausschuss|vorstand|styrelse[n]?|klubb|(?:lokal|riks|stads)?avdelning(?:en)?|lokalförening(?:en)?)\b", re.I)
LABEL = re.compile(r"(?P<label>submitted by|contact person|contact|maker|mover|moved by|movers|seconded by|seconder|second|sponsor(?:ed by)?|proposed by|presented by)\s*:\s*", re.I)
BETWEEN_NAMES = frozenset(("de", "la", "von", "van", "der", "da", "dos", "del", "di", "al", "bin"))
