"""The words by which cost sentences speak, as patterns.

What a sentence means is decided in `values.costs`.
"""

from __future__ import annotations

import re

from .word_file import compiled

MONEY_NOUN = (
    r"(?:costs?|money|monies|funds?|funding|expenses?|expenditures?|budget(?:ary)?|financial"
    r"|fiscal|dollars?|spending|outlay|charge|price|resources|appropriations?|impact"
    r"|implications?)"
)
ZERO = compiled(
    r"^\W*(?:none|nothing|nil|zero) (?:beyond|more|additional|extra|above|over|other than"
    r"|further)\b",
    r"\b(?:no|zero|nil|without(?: any)?|free of(?: any)?|not (?:require|need|involve|entail"
    r"|incur|carry|have|cost|add)(?: any)?)\b(?:[\s-]+(?!(?:more|less|later|longer|estimate"
    rf"|figure) )\w+){{0,3}}?[\s-]+{MONEY_NOUN}\b",
    r"\b(?:requires?|needs?|costs?|adds?) (?:nothing|no more(?! than))\b",
    r"\bnothing (?:has to be |needs to be |is |to be )?(?:added|extra|more|additional)",
    r"\b(?:additional |added |extra |further |total )?(?:costs?|expense|fiscal (?:note|impact)"
    r"|amount)\s*(?:is|are|of|:|=|-|–)\s*(?:none|nil|zero|nothing|0)\b(?![.,]?\d)",
    r"\b(?:cost|budget|revenue)[ -]?neutral\b",
    r"\bfree of charge\b",
    r"\bat no (?:additional |added |extra |further )?(?:cost|expense)",
    r"\bno (?:additional|added|extra|further) (?:staff|means|is|are|will|would|needed|required)\b",
    r"\bsin (?:ning[uú]n )?(?:costos?|costes?|gastos?)",
    r"\bno (?:tiene|requiere|implica) (?:\w+ ){0,2}(?:costos?|costes?|gastos?|fondos)",
    r"\b(?:sans|aucune?) (?:\w+ ){0,2}(?:co[uû]ts?|frais|d[eé]penses?)",
    r"\bkeine (?:\w+ ){0,2}(?:kosten|mittel)",
    r"\bkostenneutral",
    r"\bing(?:en|a) (?:\w+ ){0,2}(?:kostnad(?:er)?|medel)",
    r"\bsem (?:custos?|despesas?)",
    r"\bnessun costo",
    r"\bgeen (?:\w+ )?kosten",
)
WITHIN = compiled(
    r"\b(?:with(?:in|out exceeding)?|by|under|from|in|into|using|through|covers?|covered by"
    r"|absorbed (?:by|in(?:to)?)|part of)\b[^.;]{0,80}?\b(?:existing|current|present|available"
    r"|approved|proposed|already (?:budgeted|planned|there|in place)|regular|operating|modified"
    r"|adopted)\b[^.;]{0,60}?\b(?:budget|resources?|staff|funds?|means|plan)\b",
    r"\balready (?:covers?|includes?|budgeted|funded|covered|included)\b",
    r"\bexisting (?:budget|resources|staff)\b",
    r"\bcon (?:los )?recursos (?:existentes|actuales)",
    r"\bmit (?:den )?vorhandenen mitteln",
    r"\binom (?:befintlig|ordinarie) \w+",
)
CANNOT = re.compile(
    r"\b(?:cannot|can ?not|can't|not (?:be )?(?:possible|feasible|accomplished|achieved|able"
    r"|enough|sufficient|cover(?:ed)?|leave|allow|done)|beyond|exceeds?|insufficient|does not"
    r"|do not|won't|will not|unable|more than|outside|no (?:puede|se puede)|nicht (?:möglich"
    r"|ausreichend))\b",
    re.I,
)
NOT_KNOWN = compiled(
    r"^\W*(?:n\.?/?a\.?|tb[dac]|to be (?:determined|decided|announced|calculated|confirmed)"
    r"|unknown|not known|not applicable|pending|undetermined|see (?:note|below|above|attached)"
    r"|varies|variable|\?+|-+|–+|—+|por determinar|desconocido|inconnu|à déterminer|unbekannt"
    r"|okänt)\W*$",
    r"\b(?:no|not|nor) (?:\w+ ){0,2}(?:estimates?|figures?|costed|costing|determined|available"
    r"|calculated|provided|specified|given|known|stated)\b",
    r"\b(?:cannot|can't) be (?:estimated|determined|calculated|known|costed)",
    r"\bundetermin",
    r"\bto be determined",
    r"\bunknown\b",
    r"\bindeterminate",
    r"\bcost(?:s)? (?:is|are|was) (?:not|un)",
)
NOTHING = re.compile(
    r"\W*(?:none|nil|zero|nothing|free|n/c|no chg|ninguno|aucune?|keine|inga|gratis)\W*", re.I
)
REFERRAL = re.compile(r"\b(?:refer(?:red|s|ral)?|remit(?:ted)?|renvoy|remitid|überwiesen)\b", re.I)
CONDITION = re.compile(
    r"(?P<lead>\b(?:on|under|with|based (?:up)?on|given) (?:the )?assumptions? (?:of|that|:)?"
    r"|\bassum(?:ing|es|ed)(?: that)?|\b(?:only |and )?if\b|\bprovided(?: that)?\b"
    r"|\bproviding that\b|\bon (?:the )?condition(?: that)?|\bdepending (?:up)?on"
    r"|\bdepends (?:up)?on|\bcontingent (?:up)?on|\bconditional (?:up)?on|\bsubject to|\bunless\b"
    r"|\bin case\b|\bbased (?:up)?on\b|\bshould (?=[^.;]*\bbe\b)|\bwhen\b(?= only)|\bsi\b"
    r"|\bcon la condici[oó]n de que|\bsuponiendo(?: que)?|\bà condition que|\ben supposant"
    r"|\bfalls\b(?= (?:der|die|das|es|er|sie|ein|eine|nicht|kein|keine|wir|man|nur)\b)|\bwenn\b"
    r"|\bunter der annahme|\bvorausgesetzt|\bom\b|\bförutsatt att|\bunder f(?:ö|o)ruts(?:ä"
    r"|a)ttning)",
    re.I,
)
BUDGET = re.compile(
    r"\b(?:(?:modified|proposed|published|approved|adopted|strategic|operating|annual|current"
    r"|present|fiscal year|fy)\s+)*(?:(?:19|20)\d\d\s?[-–/]\s?(?:\d{4}|\d\d)\s+|(?:19|20)\d\d\s+"
    r"|fy ?\d\d(?:\d\d)?\s+)?(?:(?:modified|proposed|published"
    r"|approved)\s+)*(?:strategic plan(?: and budget)?|plan and budget|contingency fund"
    r"|reserve fund|(?:operating |annual |general )?budget)(?:\s+(?:for|of)\s+(?:19"
    r"|20)\d\d(?:\s?[-–/]\s?\d{2,4})?)?",
    re.I,
)
_SPANS = (
    r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|quarters?|hours?|hrs?|annum|meetings?"
    r"|sessions?)"
)
# after an amount: it is one for each of something, or comes again
PER = re.compile(
    r"\s*[(,]?\s*(?:/\s*(?!(?:19|20)\d\d)\w|per (?!the\b|our\b|this\b)\w|p\.? ?a\b|(?:a|an|each"
    rf"|every|cada|al|om|pro|par|im) (?:{_SPANS}|delegate|member|person|state|affiliate|copy"
    r"|student|item|participant|attendee|head|año|mes|an|mois|jahr|monat|året|år|månad)\b"
    r"|(?:annual|year|month|week|quarter|recurr|ongoing|anual|mensual|årlig"
    r"|jährlich)\w*\b(?! total)|each\b|ea\b|apiece|[x×*@] ?\d)",
    re.I,
)
# before one: "annual cost of", "3 x", "12 months at"
PER_BEFORE = compiled(
    r"\b(?:annual(?:ly)?|yearly|monthly|weekly|quarterly|recurring|ongoing) (?!meeting"
    r"|conference|convention|assembly)(?:\w+ ){0,2}(?:of |is |: ?)?\s*(?:us)?[$€£]?\s*$",
    r"\d ?[x×*@]\s*[$€£]?\s*$",
    rf"\d {_SPANS} (?:at|of)\s*[$€£]?\s*$",
)
NOT_LESS = re.compile(
    r"(?:\bnot|n't|\bcannot|\bnever|\bno)\b[^.;:]{0,60}\b(?:less|under|below"
    r"|cheaper)(?: than)?\s*(?:us)?[$€£]?\s*$",
    re.I,
)
AT_LEAST = re.compile(
    r"\b(?:at least|more than|over|minimum(?: of)?|starting at|upwards? of|in excess of|exceeds?"
    r"|al menos|mindestens|minst|au moins)\s*(?:us)?[$€£]?\s*$",
    re.I,
)
AND_MORE = re.compile(
    r"\s*(?:\([^()\d]*\)\s*)?(?:(?:or|and) (?:more|above|over)\b|\+|plus\s+(?!or minus)[^\W\d])",
    re.I,
)
PART_OF = re.compile(
    r"(?:%|\b(?:percent|per cent|half|third|quarter|share|part)) of (?:the "
    r"|an? )?\s*(?:us)?[$€£]?\s*$",
    re.I,
)
UP_TO = re.compile(
    r"\b(?:(?<!add )(?<!adds )(?<!adding )(?<!comes )(?<!come )(?<!amounts )up to|(?:not"
    r"|never) (?:to )?exceed(?:ing)?|(?:no|not) more than|less than|not over|at most"
    r"|maximum(?: of)?|capped at|hasta|jusqu'à|bis zu|högst|max\.?)\s*(?:us)?[$€£]?\s*$",
    re.I,
)
RANGE = re.compile(
    r"^\s*(?:dollars?)?\s*(?:[-–—]|to|or|and|through|a|bis|till|à|y|und|och)\s*(?:us)?[$€£]?\s*$",
    re.I,
)
PLAIN = re.compile(
    r"\b(?:costs?|addl|add'l|additional|amount|approx(?:imately)?|about|around|est(?:imated?|\.)?"
    r"|total|circa|ca|roughly|some|only|budget|of|is|the|a|an|will|be|would|extra|this|nbi|item"
    r"|in|new|business|for|at|required|needed|necessary|amount|sum|expected|projected|anticipated"
    r"|price|fiscal|note|impact|usd|costo|coste|kosten|kostnad|coût|cout|further|more|spend"
    r"|spending|expense|estimate)\b",
    re.I,
)
CONDITION_ENDS = re.compile(
    r",\s+(?!and if|or if)(?=[^,]*(?:\d|\bcosts?\b|\badditional\b|\bthis\b|\bthe\b|\ban?\b|\bno\b"
    r"|\bit\b))|[.;:](?:\s|$)|\n|\)"
)
TOTAL_BEFORE = re.compile(r"\btotal(?:s|ing|ling)?\b[^.;\d]{0,30}$", re.I)
TOTAL_AFTER = re.compile(r"\s*(?:in )?total\b", re.I)
