"""The words by which cost sentences speak, as patterns; what a sentence means is decided in `costs`."""
from __future__ import annotations

import re

MONEY_NOUN = (r"(?:costs?|money|monies|funds?|funding|expenses?|expenditures?|budget(?:ary)?|financial|fiscal|dollars?|spending|outlay|charge|price|resources|"
               r"appropriations?|impact|implications?)")
ZERO = re.compile(
    rf"^\W*(?:none|nothing|nil|zero) (?:beyond|more|additional|extra|above|over|other than|further)\b|\b(?:no|zero|nil|without(?: any)?|free of(?: any)?|not (?:require|need|involve|entail|incur|carry|have|cost|add)(?: any)?)\b(?:[\s-]+(?!(?:more|less|later|longer|estimate|figure) )\w+){{0,3}}?"
    rf"[\s-]+{MONEY_NOUN}\b|\b(?:requires?|needs?|costs?|adds?) (?:nothing|no more(?! than))\b|\bnothing (?:has to be |needs to be |is |to be )?(?:added|extra|more|additional)|"
    rf"\b(?:additional |added |extra |further |total )?(?:costs?|expense|fiscal (?:note|impact)|amount)\s*(?:is|are|of|:|=|-|–)\s*(?:none|nil|zero|nothing|0)\b(?![.,]?\d)|"
    r"\b(?:cost|budget|revenue)[ -]?neutral\b|\bfree of charge\b|\bat no (?:additional |added |extra |further )?(?:cost|expense)|\bno (?:additional|added|extra|further) (?:staff|means|is|are|will|would|needed|required)\b"
    r"|\bsin (?:ning[uú]n )?(?:costos?|costes?|gastos?)|\bno (?:tiene|requiere|implica) (?:\w+ ){0,2}(?:costos?|costes?|gastos?|fondos)|\b(?:sans|aucune?) (?:\w+ ){0,2}(?:co[uû]ts?|frais|d[eé]penses?)"
    r"|\bkeine (?:\w+ ){0,2}(?:kosten|mittel)|\bkostenneutral|\bing(?:en|a) (?:\w+ ){0,2}(?:kostnad(?:er)?|medel)|\bsem (?:custos?|despesas?)|\bnessun costo|\bgeen (?:\w+ )?kosten", re.I)
WITHIN = re.compile(
    r"\b(?:with(?:in|out exceeding)?|by|under|from|in|into|using|through|covers?|covered by|absorbed (?:by|in(?:to)?)|part of)\b[^.;]{0,80}?\b(?:existing|current|present|available|approved|proposed|"
    r"already (?:budgeted|planned|there|in place)|regular|operating|modified|adopted)\b[^.;]{0,60}?\b(?:budget|resources?|staff|funds?|means|plan)\b|\balready (?:covers?|includes?|budgeted|funded|covered|included)\b|"
    r"\bexisting (?:budget|resources|staff)\b|\bcon (?:los )?recursos (?:existentes|actuales)|\bmit (?:den )?vorhandenen mitteln|\binom (?:befintlig|ordinarie) \w+", re.I)
CANNOT = re.compile(r"\b(?:cannot|can ?not|can't|not (?:be )?(?:possible|feasible|accomplished|achieved|able|enough|sufficient|cover(?:ed)?|leave|allow|done)|beyond|exceeds?|insufficient|does not|do not|"
                     r"won't|will not|unable|more than|outside|no (?:puede|se puede)|nicht (?:möglich|ausreichend))\b", re.I)
NOT_KNOWN = re.compile(
    r"^\W*(?:n\.?/?a\.?|tb[dac]|to be (?:determined|decided|announced|calculated|confirmed)|unknown|not known|not applicable|pending|undetermined|see (?:note|below|above|attached)|varies|variable|\?+|-+|–+|—+|"
    r"por determinar|desconocido|inconnu|à déterminer|unbekannt|okänt)\W*$|\b(?:no|not|nor) (?:\w+ ){0,2}(?:estimates?|figures?|costed|costing|determined|available|calculated|provided|specified|given|known|stated)\b|"
    r"\b(?:cannot|can't) be (?:estimated|determined|calculated|known|costed)|\bundetermin|\bto be determined|\bunknown\b|\bindeterminate|\bcost(?:s)? (?:is|are|was) (?:not|un)", re.I)
NOTHING = re.compile(r"\W*(?:none|nil|zero|nothing|free|n/c|no chg|ninguno|aucune?|keine|inga|gratis)\W*", re.I)
REFERRAL = re.compile(r"\b(?:refer(?:red|s|ral)?|remit(?:ted)?|renvoy|remitid|überwiesen)\b", re.I)
CONDITION = re.compile(
    r"(?P<lead>\b(?:on|under|with|based (?:up)?on|given) (?:the )?assumptions? (?:of|that|:)?|\bassum(?:ing|es|ed)(?: that)?|\b(?:only |and )?if\b|\bprovided(?: that)?\b|\bproviding that\b|\bon (?:the )?condition(?: that)?|"
    r"\bdepending (?:up)?on|\bdepends (?:up)?on|\bcontingent (?:up)?on|\bconditional (?:up)?on|\bsubject to|\bunless\b|\bin case\b|\bbased (?:up)?on\b|\bshould (?=[^.;]*\bbe\b)|\bwhen\b(?= only)|\bsi\b|\bcon la condici[oó]n de que|"
    r"\bsuponiendo(?: que)?|\bà condition que|\ben supposant|\bfalls\b(?= (?:der|die|das|es|er|sie|ein|eine|nicht|kein|keine|wir|man|nur)\b)|\bwenn\b|\bunter der annahme|\bvorausgesetzt|\bom\b|\bförutsatt att|\bunder f(?:ö|o)ruts(?:ä|a)ttning)", re.I)
BUDGET = re.compile(
    r"\b(?:(?:modified|proposed|published|approved|adopted|strategic|operating|annual|current|present|fiscal year|fy)\s+)*(?:(?:19|20)\d\d\s?[-–/]\s?(?:\d{4}|\d\d)\s+|(?:19|20)\d\d\s+|fy ?\d\d(?:\d\d)?\s+)?"
    r"(?:(?:modified|proposed|published|approved)\s+)*(?:strategic plan(?: and budget)?|plan and budget|contingency fund|reserve fund|(?:operating |annual |general )?budget)"
    r"(?:\s+(?:for|of)\s+(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?)?", re.I)
_SPANS = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|quarters?|hours?|hrs?|annum|meetings?|sessions?)"
PER = re.compile(  # after an amount: it is one for each of something, or comes again
    rf"\s*[(,]?\s*(?:/\s*(?!(?:19|20)\d\d)\w|per (?!the\b|our\b|this\b)\w|p\.? ?a\b|(?:a|an|each|every|cada|al|om|pro|par|im) (?:{_SPANS}|delegate|member|person|state|affiliate|copy|student|"
    rf"item|participant|attendee|head|año|mes|an|mois|jahr|monat|året|år|månad)\b|(?:annual|year|month|week|quarter|recurr|ongoing|anual|mensual|årlig|jährlich)\w*\b(?! total)|each\b|ea\b|apiece|"
    r"[x×*@] ?\d)", re.I)
PER_BEFORE = re.compile(  # before one: "annual cost of", "3 x", "12 months at"
    rf"\b(?:annual(?:ly)?|yearly|monthly|weekly|quarterly|recurring|ongoing) (?!meeting|conference|convention|assembly)(?:\w+ ){{0,2}}(?:of |is |: ?)?\s*(?:us)?[$€£]?\s*$|"
    rf"\d ?[x×*@]\s*[$€£]?\s*$|\d {_SPANS} (?:at|of)\s*[$€£]?\s*$", re.I)
NOT_LESS = re.compile(r"(?:\bnot|n't|\bcannot|\bnever|\bno)\b[^.;:]{0,60}\b(?:less|under|below|cheaper)(?: than)?\s*(?:us)?[$€£]?\s*$", re.I)
AT_LEAST = re.compile(r"\b(?:at least|more than|over|minimum(?: of)?|starting at|upwards? of|in excess of|exceeds?|al menos|mindestens|minst|au moins)\s*(?:us)?[$€£]?\s*$", re.I)
AND_MORE = re.compile(r"\s*(?:\([^()\d]*\)\s*)?(?:(?:or|and) (?:more|above|over)\b|\+|plus\s+(?!or minus)[^\W\d])", re.I)
PART_OF = re.compile(r"(?:%|\b(?:percent|per cent|half|third|quarter|share|part)) of (?:the |an? )?\s*(?:us)?[$€£]?\s*$", re.I)
UP_TO = re.compile(r"\b(?:(?<!add )(?<!adds )(?<!adding )(?<!comes )(?<!come )(?<!amounts )up to|(?:not|never) (?:to )?exceed(?:ing)?|(?:no|not) more than|less than|not over|at most|maximum(?: of)?|capped at|hasta|jusqu'à|bis zu|högst|max\.?)\s*(?:us)?[$€£]?\s*$", re.I)
RANGE = re.compile(r"^\s*(?:dollars?)?\s*(?:[-–—]|to|or|and|through|a|bis|till|à|y|und|och)\s*(?:us)?[$€£]?\s*$", re.I)
PLAIN = re.compile(r"\b(?:costs?|addl|add'l|additional|amount|approx(?:imately)?|about|around|est(?:imated?|\.)?|total|circa|ca|roughly|some|only|budget|of|is|the|a|an|will|be|would|extra|this|nbi|item|in|new|"
                    r"business|for|at|required|needed|necessary|amount|sum|expected|projected|anticipated|price|fiscal|note|impact|usd|costo|coste|kosten|kostnad|coût|cout|further|more|spend|spending|expense|estimate)\b", re.I)
CONDITION_ENDS = re.compile(r",\s+(?!and if|or if)(?=[^,]*(?:\d|\bcosts?\b|\badditional\b|\bthis\b|\bthe\b|\ban?\b|\bno\b|\bit\b))|[.;:](?:\s|$)|\n|\)")
TOTAL_BEFORE = re.compile(r"\btotal(?:s|ing|ling)?\b[^.;\d]{0,30}$", re.I)
TOTAL_AFTER = re.compile(r"\s*(?:in )?total\b", re.I)
