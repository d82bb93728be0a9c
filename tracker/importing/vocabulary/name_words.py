"""The words by which delegations and persons are told apart, from `names.toml`.

How a cell is read is in `values.sponsors`.
"""

from __future__ import annotations

import re

from .word_file import WordFile, any_word

_FILE = WordFile("names.toml")
_HEADINGS = _FILE.section("headings")

# words of names
GIVEN = frozenset(_FILE.words("given_names"))
ALSO_SURNAMES = frozenset(_FILE.words("also_surnames"))
PLACE_FIRST = frozenset(_FILE.words("place_first"))
PLACE_LAST = frozenset(_FILE.words("place_last"))
BETWEEN_NAMES = frozenset(_FILE.words("between_names"))
SMALL = BETWEEN_NAMES | frozenset(_FILE.words("small"))
STATES = _FILE.pairs("states")
NAMES_OF_STATES = {name.casefold(): name for name in STATES.values()}
ORGANISATION = re.compile(rf"\b{any_word(_FILE.words('organisations'))}\b", re.I)
GROUP = re.compile(rf"\b{any_word(_FILE.words('groups'))}\b", re.I)

# words of a heading
NAMES_PERSONS = frozenset(_HEADINGS["persons"])
MOVERS = frozenset(_HEADINGS["movers"])
NAMES_DELEGATIONS = frozenset(_HEADINGS["delegations"])

# what stands before a name
TITLE = re.compile(
    r"(?:(?:mr|mrs|ms|mx|dr|prof|rev|revd|hon|sr|sra|srta)\.?|miss|herr|fru|brother|canon|pastor"
    r"|rabbi|delegate|president|secretary|treasurer|chair|chairman|chairwoman)\s+(?=[^\W\d_])",
    re.I,
)
INITIAL = re.compile(r"[A-ZÀ-Þ]\.?|(?:[A-ZÀ-Þ]\.){2,3}")
ROLE = re.compile(
    r"^(?P<label>submitted by|proposed by|presented by|sponsored by|moved by|seconded by"
    r"|on behalf of)\s+(?=[^\W_:])",
    re.I,
)
LABEL = re.compile(
    r"(?P<label>submitted by|contact person|contact|maker|mover|moved by|movers|seconded by"
    r"|seconder|second|sponsor(?:ed by)?|proposed by|presented by)\s*:\s*",
    re.I,
)
