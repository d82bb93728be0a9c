"""Words with a meaning of their own in a query, by language; folded, as all words are compared.

Stop words say nothing of what is looked for. Words for delegations and for units say what sort of
name stands beside them: "Oregon delegation". A language without a list here has none of the first,
and the English ones of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_STOP_WORDS = {
    "en": """
        a an and are as at be been but by can did do does for from had has have her his how i if in
        into is it its me my no nor not of on or our shall she so such than that the their them then
        there these they this those to was we were what when where which who will with would you
        your
    """,
    "es": """
        a al como con de del desde donde e el ella en entre es esta este fue ha han hay la las le
        les lo los mas mi no nos o para pero por que se sea ser si sin sobre son su sus un una uno
        y ya
    """,
    "fr": """
        a au aux avec ce ces cette d dans de des du elle en est et il ils je l la le les leur leurs
        lui mais n ne nous on ou par pas pour qu que qui s sa se ses son sont sur un une vous y
    """,
    "de": """
        als am an auch auf aus bei das dass dem den der des die ein eine einem einen einer eines er
        es fur hat ich ihr im in ist mit nach nicht oder sich sie sind so um und uns von war was
        wenn wie wir wird zu zum zur
    """,
}
_DELEGATION_WORDS = {
    "en": "delegation delegations state states caucus affiliate",
    "es": "delegacion delegaciones estado estados",
    "fr": "delegation delegations etat etats",
    "de": "delegation delegationen staat land",
}
_UNIT_WORDS = {
    "en": "department departments dept unit center office",
    "es": "departamento departamentos unidad centro oficina",
    "fr": "departement departements unite centre bureau",
    "de": "abteilung abteilungen referat zentrum",
}


@cache
def stop_words(language: str) -> frozenset[str]:
    return frozenset(_STOP_WORDS.get(language, "").split())


@cache
def delegation_words(language: str) -> frozenset[str]:
    return _of_language(_DELEGATION_WORDS, language)


@cache
def unit_words(language: str) -> frozenset[str]:
    return _of_language(_UNIT_WORDS, language)


def _of_language(lists: Mapping[str, str], language: str) -> frozenset[str]:
    return frozenset(lists.get(language, lists["en"]).split())
