"""What meetings of a body are called, as patterns of single words; what a name means is decided in `meetings`."""
from __future__ import annotations

import re

NOUN = re.compile(  # casefolded, so that "ß" is "ss"
    r"meetings?|assembl(?:y|ies)|conventions?|congress(?:es)?|conferences?|synods?|convocations?|sessions?"
    r"|asambleas?|congresos?|convenci[oó]n(?:es)?|reuni[oó]n(?:es)?|assembl[eé]es?|congr[eè]s|r[eé]unions?|conf[eé]rences?"
    r"|\w*(?:versammlung|tagung|konferenz|kongress|kongressen|st(?:ä|a)mman?|m(?:ö|ø|o)te|m(?:ø|o)de|vergadering|congres)"
    r"|assemblea|congresso|assembleia|convenção")
REGULAR = re.compile(
    r"annual|yearly|regular|ordinary|stated|biennial|triennial|quadrennial|anual|annuel(?:le)?|ordentliche[rns]?"
    r"|ordina(?:rie|ria|rio|ire)|årlig[at]?|(?:jahres|års|år)(?:haupt)?(?:versammlung|m(?:ö|ø)te|m(?:ø|o)de|st(?:ä|a)mma)\w*")
SPECIAL = re.compile(
    r"special|extraordinary|emergency|called|extra|extraordinari[aoe]|extraordinaire|extraordinária|straordinari[ao]"
    r"|au(?:ss|ß)erordentliche[rns]?|ekstraordin(?:æ|ä|a)rt?|buitengewone|especial|sonder\w+"
    r"|extra(?:st(?:ä|a)mma|m(?:ö|ø)te|kongress)\w*")
NOT_A_MEETING = re.compile(r"\bspecial (?:education|needs|interest|olympics|committee|order|rules?|thanks|fund|project)", re.I)
ABBREVIATED = {  # "EGM2", "AGM", "RA": whole words
    "agm": "annual general meeting", "aga": "annual general assembly", "agc": "annual general conference",
    "sgm": "special general meeting", "egm": "extraordinary general meeting", "eogm": "extraordinary general meeting",
    "xgm": "extraordinary general meeting", "esm": "extraordinary special meeting", "sga": "special general assembly",
    "ega": "extraordinary general assembly", "ra": "representative assembly", "jhv": "jahreshauptversammlung",
    "mv": "mitgliederversammlung", "ao": "ausserordentliche", "conf": "conference", "conv": "convention", "mtg": "meeting",
    "spec": "special", "extraord": "extraordinary", "sdm": "special delegate meeting", "adm": "annual delegate meeting",
    "arm": "annual representative meeting", "srm": "special representative meeting",
}
QUALIFIER = frozenset(  # words of a name that tell no meeting from another
    """general delegate delegates representative representatives member members membership business the of in on at
    to from for a an and held de del la el le des les der die das im am vom och den av i till nr no number""".split())
SITTING = frozenset(  # parts of one meeting
    """day morning afternoon evening plenary sitting am pm monday tuesday wednesday thursday friday saturday sunday
    mon tue tues wed thu thur thurs fri sat sun""".split())
ORDINALS = {word: number for number, word in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)}
ROMAN = {word: number for number, word in enumerate("i ii iii iv v vi vii viii ix x".split(), 1)}
JOINED = re.compile(  # two words, or a hyphen, that are one word
    r"\b(extra)[- ](ordinary)|\b(semi|bi|mid|half)[- ]?(annual|yearly|year)|\b(au(?:ß|ss)er)[- ](ordentliche\w*)", re.I)
ANNUAL_AND_SPECIAL = re.compile(r"\b(annual(?: general)?|agm)(?: and | ?& ?| ?/ ?)special\b", re.I)  # one meeting, the yearly one
_DAY = r"(?:[^\W\d_]{3,}\.?[\s_-]*)?(?:\d{1,2}(?:st|nd|rd|th)?[\s,./_-]+)*(?:[^\W\d_]{3,}\.?[\s_-]*)?"
AS_OF = re.compile(  # the day of a print-out or of a report, and no meeting's
    rf"\b(?:as of|as at|printed|exported|last (?:changed|saved)|stand|per)[\s:_-]*(?:on |vom )?{_DAY}(?:19|20)\d\d(?:[-_./]\d{{1,2}}){{0,2}}"
    r"|\b(?:status|updated?|export|draft|version|rev(?:ised)?|report(?:ed)?)[\s:_-]*(?:on |of )?"
    r"(?:(?:19|20)\d\d[-_./]\d{1,2}[-_./]\d{1,2}|\d{1,2}[/._-]\d{1,2}[/._-](?:19|20)\d\d"
    r"|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s_-]*(?:\d{1,2},? )?(?:19|20)\d\d)", re.I)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NUMERIC_DAY = re.compile(r"(?<!\d)\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?!\d)|(?<!\d)\d{1,2}-\d{1,2}-\d{4}(?!\d)")
SLUG = re.compile(r"(?:19|20)\d\d-(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
