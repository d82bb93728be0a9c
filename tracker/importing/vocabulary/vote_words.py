"""Tallies as lists write them, as patterns.

Which number is which is decided in `rows.floor_votes`.
"""

from __future__ import annotations

import re

from .word_file import compiled

TALLY = re.compile(
    r"(?P<for>\d[\d,.]*)\s*(?:votes?\s*)?(?:for|in favou?r|yes|ayes?|yeas?)?\s*(?:to|-|–|/|,|;|:"
    r"|and|\s)\s*(?P<against>\d[\d,.]*)\s*(?:votes?\s*)?(?:against|opposed|no|nays?"
    r"|noes)?(?:\s*(?:to|-|–|/|,|;|:|and|\s)\s*(?P<abstained>\d[\d,.]*)\s*(?:abst\w*)?)?",
    re.I,
)
LABELLED = compiled(
    r"(?P<n>\d[\d,.]*)\s*(?P<what>for|in favou?r|yes|ayes?|yeas?|against|opposed|no\b|nays?|noes"
    r"|abst\w*)",
    r"(?P<what2>for|in favou?r|yes|ayes?|yeas?|against|opposed|no|nays?|noes"
    r"|abst\w*)\s*[:=]?\s*(?P<n2>\d[\d,.]*)",
)
# "Carried 38-2-1": two or three numbers with one mark between them; no amount, no range of years,
# no number of an item
INSIDE = re.compile(
    r"(?<![\d/.,$€£#-])(?<!nbi )(?<!no )(?<!no\. )(?<!item )(?<!motion )(?<!resolution )"
    r"(?P<one>\d{1,3}(?:,\d{3})+|\d{1,6})(?P<mark>\s?[-–/]\s?|\s?[,;] | to )"
    r"(?P<two>\d{1,3}(?:,\d{3})+|\d{1,6})"
    r"(?:(?:(?P=mark)|\s?[,;] )(?P<three>\d{1,3}(?:,\d{3})+|\d{1,6}))?"
    r"(?![\d/%]|[.,-]\d| ?%| (?:majority|percent))",
    re.I,
)
VOICE = re.compile(
    r"\b(?:voice|acclamation|unanimous\w*|viva voce|voix|aclamación|akklamation)\b", re.I
)
