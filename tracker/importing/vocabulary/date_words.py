"""How days are written in several countries, as patterns.

Which day is meant is decided in `values.dates`.
"""

from __future__ import annotations

import re
from datetime import date

from .word_file import WordFile

LANGUAGES = ("en", "es", "fr", "de", "sv", "pt", "it", "nl", "da", "nb", "fi", "pl", "ca")
# the number of a month by its names; read from Babel they would cost 14 MB
MONTHS = {
    name: int(number) for number, names in WordFile("months.toml").content.items() for name in names
}
EXCEL_BEGINS = date(1899, 12, 30)
ISO = re.compile(
    r"(?P<y>(?:18|19"
    r"|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?:[T "
    r"]\d{1,2}[:.]\d\d(?:(?!(?:19|20)\d\d-\d).)*)?"
)
ISO_INSIDE = re.compile(r"(?<!\d)(?P<y>(?:18|19|20)\d\d)-\d{1,2}-\d{1,2}(?!\d)")
COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
NUMERIC = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?:(?P=sep)(?P<y>\d{4}"
    r"|\d{2}))?\.?(?:[T ,]+\d{1,2}[:.]\d\d.*)?"
)
MONTH_AND_TWO = re.compile(r"[^\W\d_]{3,9}\.?-\d\d")  # "Jul-18": July of 2018, or a day in July
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
WEEKDAY = re.compile(
    r"^(?:[^\W\d_]+day|mon|tues?|wed|thur?s?|fri|sat|sun|[^\W\d_]+tag|[^\W\d_]+dag),?\s+(?=\d"
    r"|[^\W\d_]{3,}\.? \d)",
    re.I,
)
SPELT = re.compile(
    r"(?:den |le |el |il |am |on |the )?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s-]*(?:de "
    r"|of )?(?P<m1>[^\W\d_]{3,})\.?|(?P<m2>[^\W\d_]{3,})\.?[\s-]*(?P<d2>\d{1,2})(?:st|nd|rd"
    r"|th)?)(?:,?[\s/-]*(?:de |del |of )?(?P<y>\d{4}|'?\d{2}))?(?:[T ,]+\d{1,2}[:.]\d\d.*)?",
    re.I,
)
SAYS_NOTHING = re.compile(r"\W*(?:n/?a|tbd|unknown|none|not known|null|nan)?\W*", re.I)
ONE_OF_SEVERAL = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:19|20)\d\d")
