"""What kinds of items are called, from `kinds.toml`, and how numbers look.

Reading them is in `values.kinds`.
"""

from __future__ import annotations

import re

from tracker.rules.codes import Kind

from .word_file import WordFile, compiled

# the kinds in the order in which they are tried
PATTERNS = [
    (Kind(code), compiled(*words))
    for code, words in WordFile("kinds.toml").section("kinds").items()
]

# a number without the name of a kind: "No. 12", "12 b", "A-12 (3)"
BARE = re.compile(
    r"(?:[#№]|no\.?|nr\.?|n[°º]|item|number)?\s*(?:\d{1,5}(?:[\s.-]?[a-z]{1,2})?"
    r"|[a-z]{1,2}(?:[-.]?\d{1,4})?)(?:\s?\([a-z0-9]{1,2}\))?",
    re.I,
)
# a number that begins with its year: "2019-NBI-4"
CODE = re.compile(r"(?P<year>(?:19|20)\d\d)[-_ /]?(?P<rest>[a-z]{2,}[-_ ]?.*)", re.I)
# letters that may mean something else in another body
ABBREVIATED = re.compile(r"(sra?|ca|ba|bla?|leg|rec|res|rea|mot|art|pol)(?=[\W_\d])", re.I)
# what stands between two numbers of one cell
JOINED = re.compile(
    r"\s*(?:[,;&+/\n–]|\b(?:and|or|to|through|y|och|und|et|till|bis)\b(?=\s)"
    r"|(?<=\d)\s+(?=\d))\s*(?:(?:and|or|&)\s+)?",
    re.I,
)
NUMBER_OF_ONE = re.compile(r"[#№]?\s?(?:[a-z]{1,3}[-. ]?)?\d{1,4}[a-z]?|[a-z]", re.I)
