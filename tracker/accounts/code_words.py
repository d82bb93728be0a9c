"""The words of which codes of the hall are made: short, easily spelled, none heard as another."""

from __future__ import annotations

_WORDS = """
acorn almond anchor apple apron arrow autumn badge bamboo banjo barrel basket beaver bishop
blanket bottle branch bridge bucket butter button cabin camel candle canoe canyon carpet carrot
castle cedar cellar cherry chimney circle clover cobra copper coral cotton cricket crystal
curtain dancer desert diamond dolphin donkey dragon drawer eagle easel elbow engine falcon
feather ferry fiddle forest fountain galaxy garden garlic ginger goblet granite guitar hammer
harbor hazel helmet hockey honey island ivory jacket jungle kayak kettle kitchen ladder lantern
lemon lizard lobster magnet maple marble meadow melon mitten monkey mountain mustard napkin
needle nickel nutmeg ocean olive orange orchard otter oyster paddle panther parrot pebble pencil
pepper piano pilot pillow planet pocket pumpkin puzzle rabbit raccoon ribbon river rocket saddle
sailor salmon sandal satin silver spider sponge squirrel summer sunset tablet teapot temple
thunder ticket tiger timber tomato trumpet tulip tunnel turtle umbrella valley velvet violin
waffle walnut willow window winter yogurt zebra
"""

CODE_WORDS = tuple(_WORDS.split())
