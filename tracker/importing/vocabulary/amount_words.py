"""Numbers in words, from `numbers.toml`, and how amounts are written.

What they are worth is in `values.amounts`.
"""

from __future__ import annotations

import re

from .word_file import WordFile

_FILE = WordFile("numbers.toml")

# the zeros that a word beside a number adds: "3 million"
SCALE = {word: int(zeros) for zeros, words in _FILE.section("zeros").items() for word in words}
WORDS = {word: value for value, word in enumerate(_FILE.words("below_twenty"))}
WORDS |= {word: 10 * value for value, word in enumerate(_FILE.words("tens"), 2)}

SIGN = r"(?:us\$|ca\$|a\$|nz\$|[$€£¥]|usd|eur|gbp|cad|aud|nzd|sek|nok|dkk|chf|mxn|brl|r\$)"
UNIT = (
    r"(?:us dollars?|dollars?|d[oó]lares|euros?|pounds?|kronor|kroner|kr\.?|pesos"
    r"|usd|eur|gbp|cad|aud|nzd|sek|nok|dkk|chf|mxn|[$€£])"
)
DIGITS = r"\d{1,3}(?:[,.'\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SCALES = "|".join(sorted(SCALE, key=len, reverse=True))
MONEY = re.compile(
    rf"(?P<minus>[-−–](?=\s?{SIGN})|\((?=\s?{SIGN}?\s?[\d.,' ]+\s?\)))?"
    rf"\s?(?P<sign>{SIGN})?\s?(?P<minus2>(?<![\w)])[-−](?=\d))?"
    rf"(?<![\w.,/-])(?P<digits>{DIGITS})"
    rf"(?:[\s-]?(?P<scale>{_SCALES})\b\.?)?(?:,?[-–—]{{1,2}}(?=\s|$))?"
    rf"(?:\s?(?:of )?(?P<unit>{UNIT})(?![\w]))?(?P<percent>\s?(?:%|percent|per cent))?",
    re.I,
)
YEAR = re.compile(r"(?:19|20)\d\d")
SPELT = re.compile(
    rf"\b((?:(?:{'|'.join(WORDS)}|hundred|thousand|million|and)[\s-]+)+)(?=(?:dollars?|euros?"
    r"|pounds?)\b)",
    re.I,
)
_DOLLARS = frozenset(
    (
        "USD",
        "CAD",
        "AUD",
        "NZD",
        "MXN",
        "ARS",
        "CLP",
        "COP",
        "SGD",
        "HKD",
        "BBD",
        "JMD",
        "TTD",
        "BZD",
        "BSD",
        "XCD",
        "LRD",
        "NAD",
        "FJD",
    )
)
_CROWNS = frozenset(("SEK", "NOK", "DKK", "ISK", "CZK"))
_CODES = "USD|EUR|GBP|CAD|AUD|NZD|SEK|NOK|DKK|CHF|MXN|BRL|JPY|PLN"
# what a sign or a word beside an amount can mean; nothing: the code that is written
CURRENCIES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(rf"\b({_CODES})\b(?=\s?[\d-])|(?<=\d)\s?\b({_CODES})\b"), frozenset()),
    (re.compile(r"(?i)us\s?\$"), frozenset(("USD",))),
    (re.compile(r"(?i)r\$(?=\s?\d)"), frozenset(("BRL",))),
    (re.compile(r"(?i)\bca?\$(?=\s?\d)"), frozenset(("CAD",))),
    (re.compile(r"(?i)\bau?\$(?=\s?\d)"), frozenset(("AUD",))),
    (re.compile(r"(?i)\bnz\$(?=\s?\d)"), frozenset(("NZD",))),
    (re.compile(r"\$(?=\s?[\d-])|(?<=\d)\s?\$|(?i:\d\s(?:dollars?|d[oó]lares|pesos)\b)"), _DOLLARS),
    (re.compile(r"€|(?i:\d\s?euros?\b)"), frozenset(("EUR",))),
    (re.compile(r"£|(?i:\d\s?pounds?\b)"), frozenset(("GBP", "EGP", "GIP"))),
    (re.compile(r"¥"), frozenset(("JPY", "CNY"))),
    (re.compile(r"(?i)\d\s?(?:kr\b|kronor|kroner)"), _CROWNS),
)
