"""The patterns by which running text is read: ligatures, entities, endings.

The reading is in `values.texts`.
"""

from __future__ import annotations

import re

from .word_file import compiled

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00e2]"
    "[\u0080-\u00bf\u20ac\u2122\u0153\u0152\u0161\u0160\u017e\u017d"
    "\u0178\u0192\u02c6\u02dc\u2013-\u203a\u2030]"
)
# what programs write into an empty cell
LEFT_EMPTY = compiled(
    r"nan",
    r"nat",
    r"\(?null\)?",
    r"<na>",
    r"#(?:n/?a|ref!|value!|div/0!|name\?|num!|null!)",
)
SAYS_NOTHING = re.compile(
    r"[\s.?_*/–—-]*(?:n\.?/?a\.?|not applicable|tb[acd]|none|null|nan|unassigned|not assigned"
    r"|unknown|not known|nobody|vacant|to be (?:determined|decided|assigned|named|announced)"
    r"|ninguno|aucune?|keine[rs]?|inget|ingen)?[\s.?_*/–—-]*",
    re.I,
)
ENTITY = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|amp|lt|gt|quot|apos|nbsp|[lr]squo|[lr]dquo|[mn]dash|hellip"
    r"|bull|eacute|ntilde|[aeiou](?:acute|grave|uml|circ));",
    re.I,
)
# a stop, a bracket, a quotation mark, a number, or an address on the web
ENDS_LIKE_A_SENTENCE = re.compile(
    r"[.!?…:;)\]\"'”’»*]\s*$|\d\s*$|(?:https?://|www\.)\S+$|\S+\.(?:org|com|edu|gov|net)\S*$"
)
# the last word is an article, a preposition, or an auxiliary verb
ENDS_IN_MID_SENTENCE = re.compile(
    r"\b(?:a|an|the|and|or|of|to|in|on|at|by|for|with|from|that|which|is|are|was|be|will|shall|as"
    r"|its|their|his|her|this|these|de|la|el|los|las|y|en|que|un|una|der|die|das|und|och|att|för"
    r"|et|le|les|des)$",
    re.I,
)
# a status, and the stop or the line's end after it
STATUS_FIRST = re.compile(
    r"^\W*(?P<status>consolidated (?:with|into) (?:nbi|new business items?|item)?\s*#?\s*[\w-]+"
    r"|withdrawn(?: by (?:the )?maker)?|defeated|referred to (?:the )?[^.\n]{0,60}?(?:committee"
    r"|board|council|commission|president|directors)|adopted(?: as (?:amended|modified))?"
    r"|ruled out of order|postponed indefinitely)\s*(?:[.:;\n–—-]+\s*|$)",
    re.I,
)
