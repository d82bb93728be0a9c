"""The words by which lists say what the floor did and what was done about it, in the languages of likely lists; how a cell is read is in `statuses`.

Patterns are written for case-folded text, and tried from the top: the first that fits a place in a cell takes it.
"""
from __future__ import annotations

import re

from tracker.importing.codes import Followed
from tracker.rules.codes import Floor

from .date_words import ISO_INSIDE
from .date_words import SPELT as SPELT_DAY
from .vote_words import LABELLED

# a motion about the item that did not carry: nothing happened
_MOTION_LOST = (r"motions? to (?:refer|table|postpone|amend|reconsider|divide|suspend|substitute|close)\b[^.;\n]*?"
                r"(?:failed|was defeated|defeated|lost|rejected|did not (?:pass|carry))")
_YES = (r"(?:adopted|approved|passed|carried(?! out)|accepted|agreed(?: to)?|enacted|aprobad[oa]s?|adoptad[oa]s?|aceptad[oa]s?|adopt[eé]e?s?|approuv[eé]e?s?|accept[eé]e?s?|"
        r"angenommen|beschlossen|verabschiedet|bif(?:a|ä)ll(?:en|et|s|na)?|bif(?:ö|o)lls|anta(?:gen|get|gits)|godk(?:ä|a)n(?:d|t|ts)|aprovad[oa]s?|approvat[oaie]|"
        r"adottat[oaie]|aangenomen|goedgekeurd|vedta(?:ge|t)t|hyv(?:ä|a)ksytty|przyj(?:ę|e)t[ya]|принят[оаы]?|可決)")
_AMENDED = (r"\(?(?:(?:as|with|w/|in|con|tel(?:le)?s? qu['’]?|según|segun|mit|med|com|met|i) ?)?(?:amended|with (?:(?!no\b)\w+ ){1,2}amendments?|amendments?|enmendad[oa]s?|enmiendas?|amend[eé]e?s?|"
            r"avec amendements?|telle?s? qu'(?:elle a [eé]t[eé] )?amend[eé]e?s?|(?:ge|ab)(?:ä|a)nderter? fassung|(?:ä|a)nderungen|(?:ä|a)ndring(?:ar)?|emendas?|emendamenti|wijzigingen)")
_MODIFIED = r"\(?(?:(?:as|with|w/|con|avec|com|mit) ?)?(?:modified|modifications?|modificad[oa]s?|modificaciones|modifi[eé]e?s?)"

SAID_OF_THE_FLOOR: tuple[tuple[Floor | None, str], ...] = (
    (None, _MOTION_LOST),
    (None, r"(?:is |are |was )?(?:recommend\w*|recomiend\w*|recommand\w*|empf(?:o|i)hl\w*|tillstyrk\w*|förordar)[^.;\n]*"),
    (None, r"(?:to be|should be|would be|will be|if|when|until|unless|before|proposed to be|for|moved?|urged?) (?:adopted|adoption|passed|approved|approval|defeated)"),
    (None, r"(?:accepted|adopted|approved|received) (?:as|for) information|received and filed|noted|filed"),
    (Floor.REFERRED, r"motions? to refer\b[^.;\n]*?(?:adopted|passed|carried|approved)"),
    (Floor.LAID_ON_THE_TABLE, r"motions? to table\b[^.;\n]*?(?:adopted|passed|carried|approved)"),
    (Floor.DEFEATED, r"(?:motions?|vote) (?:to adopt |to approve |for adoption )?(?:was )?(?:failed|fails|lost|defeated)"),
    (Floor.DEEMED_TO_HAVE_FAILED, r"deemed (?:to (?:have |be )?)?(?:failed|lost|defeated)"),
    (Floor.OBJECTION_SUSTAINED, r"objections?(?: to(?: the)? consideration)?(?: of[^.;]*?)?(?: was| were)? (?:sustained|upheld)|objeción (?:sostenida|admitida)"),
    (Floor.POSTPONED_INDEFINITELY, r"(?:postponed|tabled|deferred) indefinitely|indefinitely postponed?|indefinite postponement|(?:pospuest|aplazad)[oa] indefinidamente|"
                                   r"(?:report|ajourn)[eé]e? (?:ind[eé]finiment|sine die)|auf unbestimmte zeit (?:vertagt|verschoben)|p(?:å|a) obest(?:ä|a)md tid"),
    (Floor.RULED_OUT_OF_ORDER, r"(?:ruled |declared |found )?(?:out of order|not in order)|inadmissible|fuera de orden|inadmisible|improcedente|irrecevable|unzul(?:ä|a)ssig"),
    (Floor.NOT_REACHED, r"not (?:reached|debated|considered|heard|taken up|acted up ?on|dealt with)|time expired before[^.;]*|no (?:se )?(?:trat[oó]|alcanzad[oa]|debatid[oa]|considerad[oa])|"
                        r"non (?:trait|d[eé]batt|examin)[eéu]e?s?|nicht (?:behandelt|befasst|erreicht)|nichtbefassung|(?:ej|inte) (?:behandlad|upptagen)"),
    (Floor.DEFEATED, r"(?:not|never|nicht|non?|n'a pas [eé]t[eé]|não|niet|ej|inte|icke|ikke|ei) (?:been |was |be |fue |wurde )?" + _YES
                     + r"|did not (?:pass|carry)|fail(?:ed|s)? (?:to (?:pass|carry|be adopted)|of adoption)"),
    (Floor.SUBSTITUTE_ADOPTED, r"(?:a |the )?substitute(?: motion| item| amendment| text| resolution)?(?: \w{1,6})?(?: was)? (?:adopted|passed|carried|approved)|"
                               r"(?:adopted|passed|approved) (?:as|by|with|in) (?:a )?substitut(?:ed?|ion)|sustitut[oa] (?:aprobad|adoptad)[oa]"),
    (Floor.ADOPTED_AS_AMENDED, _YES + r",? " + _AMENDED + r"|adopt (?:as|with) amend\w+|amended(?:,| and|,? then|, and) " + _YES + r"|mit (?:ä|a)nderungen angenommen|in (?:ge|ab)(?:ä|a)nderter fassung (?:angenommen|beschlossen|verabschiedet)|ge(?:ä|a)ndert angenommen|"
                               r"med (?:ä|a)ndring(?:ar)? (?:antagen|bifallen)|" + _YES + r" in (?:ge|ab)(?:ä|a)nderter fassung"),
    (Floor.ADOPTED_AS_MODIFIED, _YES + r",? " + _MODIFIED + r"|adopt (?:as|with) modif\w+|modified(?:,| and|,? then|, and) " + _YES),
    (Floor.AWAITING_DEBATE, r"(?:awaiting|pending|waiting for|up for) (?:floor )?(?:debate|vote|floor action|consideration)|not yet (?:debated|considered|voted(?: on)?|decided|taken up|heard)|"
                            r"pendiente de (?:debate|votaci[oó]n)|en attente de (?:d[eé]bat|vote)|noch nicht behandelt|v(?:ä|a)ntar p(?:å|a) (?:debatt|beslut)"),
    (Floor.RECONSIDERED, r"reconsidered|reconsiderad[oa]"),
    (Floor.RESCINDED, r"rescinded|repealed|revoked|annulled|rescindid[oa]|revocad[oa]|anulad[oa]|annul[eé]e?|abrog[eé]e?|aufgehoben|upph(?:ä|a)vd"),
    (Floor.WITHDRAWN, r"withdrawn by [^.;,()\n]*?(?:delegations?|caucus|locals?|affiliates?|chapters?|branch)|withdrawn|withdrew|withdrawal by[^.;]*|retracted|retirad[oa]s?|retir[eé]e?s?|zur(?:ü|u)ckgezogen|(?:å|a)ter(?:kallad|tagen)|tillbakadragen|ritirat[oa]|"
                      r"ingetrokken|trukket (?:tilbage|tilbake)|отозван[оа]?|撤回"),
    (Floor.LAID_ON_THE_TABLE, r"(?:laid|lay|left|remains) (?:up)?on the table|tabled|sobre la mesa|bordlagd"),
    (Floor.POSTPONED_TO_A_TIME, r"(?:postponed|deferred|held over)(?: (?:to|until|till)[^.;\n]*)?|aplazad[oa]|pospuest[oa]|report[eé]e?s?|ajourn[eé]e?s?|vertagt|verschoben|uppskjuten"),
    (Floor.DEFEATED, r"defeated|failed|fails|fell|falls|lost|rejected|voted down|negatived|disapproved|turned down|denied|declined|rechazad[oa]s?|derrotad[oa]s?|denegad[oa]s?|desestimad[oa]s?|rejet[eé]e?s?|"
                     r"refus[eé]e?s?|abgelehnt|verworfen|avsl(?:agen|aget|ag|ogs)|f(?:ö|o)rkasta[dt]|rejeitad[oa]s?|reprovad[oa]s?|respint[oaie]|bocciat[oa]|verworpen|afgewezen|"
                     r"forkastet|nedstemt|hyl(?:ä|a)tty|odrzucon[ya]|отклонен[оаы]?|отклонён|否決"),
    (Floor.ADOPTED, _YES),
)

TO_WHOM = r"(?:back )?(?:to|a la|al?|aux?|à la|à l['’]|à|an(?: den| die| das)?|till|ao?|naar|til) "
REFERS = (r"(?P<refers>refer(?:red|s)?|ref\.?(?= to )|remitted|committed|recommitted|remitid[oa]s?|referid[oa]s?|turnad[oa]s?|enviad[oa]s?|renvoy[eé]e?s?|r[eé]f[eé]r[eé]e?s?|(?:ü|u)berwiesen|verwiesen|"
          r"(?:å|a)terremi(?:ss|tterad|tterat)|remitterad|h(?:ä|a)nskjuten|encaminhad[oa]s?|rinviat[oa]|doorverwezen|henvist)")
MERGES = (r"(?:consolidated|merged|combined|bundled|incorporated|folded|rolled|subsumed|considered together|consolidad[oa]s?|fusionad[oa]s?|fusionn[eé]e?s?|regroup[eé]e?s?|zusammengelegt|"
          r"zusammengef(?:ü|u)hrt|sammanslagen)(?: together)? (?:with|w/|into|in|under|to|con|en|avec|dans|mit|med|och)")

SAID_OF_WHAT_FOLLOWED: tuple[tuple[Followed, str], ...] = (
    (Followed.WORD, r"no further (?:action|work|steps?)(?: (?:is |was )?(?:required|needed|necessary|planned))?|no change|unchanged|no update|sin cambios|keine (?:ä|a)nderung|"
                    r"ing(?:a|en) (?:ytterligare|vidare) (?:å|a)tg(?:ä|a)rd(?:er)?|closed(?: out)?|cerrad[oa]|clos(?:e|ed)?"),
    (Followed.WILL_NOT_BE_DONE, r"(?:will|shall) not be (?:done|implemented|carried out|pursued|completed)|cancell?ed|abandoned|dropped|no longer pursued|not (?:being )?pursued|cancelad[oa]|"
                                r"abandonn[eé]e?|no se (?:realizar[aá]|har[aá])|wird nicht (?:umgesetzt|verfolgt)|genomf(?:ö|o)rs (?:inte|ej)"),
    (Followed.NOTHING, r"(?:not|never|not yet|nicht|no|non|ej|inte|noch nicht) (?:yet |been |fully |be |is )?(?:started|begun|begonnen|complete|completed|done|implemented|carried out|finished|"
                       r"fulfilled|executed|iniciad[oa]|completad[oa]|cumplid[oa]|erledigt|umgesetzt|p(?:å|a)b(?:ö|o)rjad|klar|genomf(?:ö|o)rd|commenc[eé]e?|r[eé]alis[eé]e?)|incomplete|"
                       r"to do|todo|to be (?:done|started|completed|implemented)|no action(?: taken)?(?: yet)?|outstanding|not yet"),
    (Followed.PROGRESS, r"(?:partial(?:ly)?|partly|nearly|almost|mostly|half|substantially|parcial(?:mente)?|partiel(?:lement)?|teilweise|delvis) ?(?:complete|completed|done|implemented|carried out|"
                        r"finished|completad[oa]|cumplid[oa]|r[eé]alis[eé]e?|erledigt|umgesetzt|klar|genomf(?:ö|o)rd)?|(?:completed?|done)[: -]*(?:[1-9]?\d) ?%|(?:[1-9]?\d) ?%(?: (?:complete|completed|done))?|in[ -]?progress|"
                        r"under ?way|on-?going|in (?:process|work|development|hand)|being \w+|continuing|continues|work(?:ing| continues)|payment (?:is )?pending|"
                        r"(?:awaiting|pending) (?:payment|approval|review|response|reply|report|funding|board|committee|completion|implementation)[^.;\n]*|implementation pending|"
                        r"en (?:curso|proceso|marcha|tr[aá]mite)|en cours|in (?:arbeit|bearbeitung|umsetzung)|laufend|p(?:å|a)g(?:å|a)(?:r|ende)|em andamento|in corso|lopend|igangværende|"
                        r"p(?:å|a)g(?:å|a)r"),
    (Followed.BLOCKED, r"blocked|on hold|stalled|delayed|suspended|paused|bloquead[oa]|en pausa|suspendu[es]?|blockiert|pausiert|pausad|vilande"),
    (Followed.STARTED, r"started|begun|initiated|launched|commenced|iniciad[oa]|commenc[eé]e?|begonnen|p(?:å|a)b(?:ö|o)rja[dt]"),
    (Followed.DONE, r"(?:fully |100 ?% |successfully )?(?:completed?|done|implemented|fulfilled|finished|carried out|accomplished|achieved|executed|completad[oa]s?|cumplid[oa]s?|implementad[oa]s?|"
                    r"realizad[oa]s?|ejecutad[oa]s?|terminad[oa]s?|termin[eé]e?s?|r[eé]alis[eé]e?s?|achev[eé]e?s?|accompli[es]?|mise? en (?:œ|oe)uvre|erledigt|abgeschlossen|umgesetzt|klar|"
                    r"genomf(?:ö|o)r[dt]|slutf(?:ö|o)r[dt]|avslutad|f(?:ä|a)rdig|verkst(?:ä|a)ll[dt]|conclu(?:í|i)d[oa]|completat[oa]|conclus[oa]|attuat[oa]|afgerond|voltooid|uitgevoerd|"
                    r"fullført|gennemført|gjennomført|udført|utført)|100 ?%"),
)

ABBREVIATED: dict[str, Floor] = {  # only where it is the whole cell
    "a": Floor.ADOPTED, "ad": Floor.ADOPTED, "adpt": Floor.ADOPTED, "adopt": Floor.ADOPTED, "pass": Floor.ADOPTED, "carry": Floor.ADOPTED,
    "a/a": Floor.ADOPTED_AS_AMENDED, "aaa": Floor.ADOPTED_AS_AMENDED, "a/am": Floor.ADOPTED_AS_AMENDED, "as amended": Floor.ADOPTED_AS_AMENDED,
    "a/m": Floor.ADOPTED_AS_MODIFIED, "aam": Floor.ADOPTED_AS_MODIFIED, "as modified": Floor.ADOPTED_AS_MODIFIED, "sub": Floor.SUBSTITUTE_ADOPTED,
    "a/s": Floor.SUBSTITUTE_ADOPTED, "r": Floor.REFERRED, "ref": Floor.REFERRED, "ref'd": Floor.REFERRED, "w": Floor.WITHDRAWN, "w/d": Floor.WITHDRAWN,
    "wd": Floor.WITHDRAWN, "d": Floor.DEFEATED, "def": Floor.DEFEATED, "f": Floor.DEFEATED, "fail": Floor.DEFEATED, "reject": Floor.DEFEATED,
    "tbl": Floor.LAID_ON_THE_TABLE, "p/i": Floor.POSTPONED_INDEFINITELY, "ooo": Floor.RULED_OUT_OF_ORDER, "o/o": Floor.RULED_OUT_OF_ORDER,
    "n/r": Floor.NOT_REACHED, "cons": Floor.CONSOLIDATED, "dtf": Floor.DEEMED_TO_HAVE_FAILED, "pending": Floor.AWAITING_DEBATE, "open": Floor.AWAITING_DEBATE,
    "pendiente": Floor.AWAITING_DEBATE, "en attente": Floor.AWAITING_DEBATE,
}
SAYS_NOTHING = frozenset(("", "?", "??", "-", "--", "–", "—", "n/a", "na", "none", "unknown", "not known", "not recorded", "no record", "tbd", "tba", "null", "nan",
                          "desconocido", "inconnu", "unbekannt", "okänt", "unclear", ".", "...", "…"))
YES = frozenset(("y", "yes", "x", "✓", "✔", "☑", "true", "1", "si", "sí", "oui", "ja", "j", "sim", "sì", "t", "wahr", "vrai", "verdadero"))
NO = frozenset(("n", "no", "false", "0", "non", "nein", "nej", "não", "nee", "f", "☐", "✗", "falsch", "faux", "falso"))
ANSWER = re.compile(r"(?P<answer>yes|no|y|n|ja|nej|s[ií]|oui|non)(?:\s*[,;:.(–—-]\s*|\s+(?=\d))(?P<rest>.+)", re.I | re.S)  # "Yes - 3/1/2018"
BESIDE = frozenset("""and then the was were has been motion motions item items by voice vote votes voting assembly delegates delegate floor unanimous unanimously acclamation ra body
    new business nbi no number on in at of a an it is as with y et und och e de in en del el la le les due to this that maker mover makers movers sponsor sponsors author authors
    submitter proposer proponent majority two thirds third standing roll call amendment amendments resolution resolutions first second session plenary day monday tuesday
    wednesday thursday friday saturday sunday later subsequently finally final ultimately also plus status action decision result outcome disposition vote count division
    result item was order main question previous convention congress conference synod annual general special meeting agm egm ga membership members member body full whole
    article bylaw bylaws constitutional yes for want lack quorum without after following debate discussion discussed debated considered moved seconded read objection dissent
    opposition ballot secret show hands hand card cards rising electronic recount simple required needed necessary overwhelmingly narrowly large strong friendly minor
    editorial technical slight written submitted presented proposed printed published stands consent agenda calendar block en bloc from other side date dated reading
    kongress kongressen stämman stämma årsmöte årsmötet motionen motionens yrkandet till av på med enhälligt enhällig votering pleno asamblea por al unanimidad mayoría nem con seconder à
    congreso moción propuesta asunto l'assemblée congrès unanimité l'unanimité par einstimmig mehrheitlich von der die das dem den versammlung antrag kongreß antrags""".split())
OTHER_BODIES = frozenset("""board boards committee committees council councils executive exec state legislature senate governor governors government county city ministry minister
    province provincial federal trustees directors officers president presidents cabinet court department dept staff management treasurer bishop bishops nec eb ec bod
    superintendent administration agency parliament congressman municipality foundation grant grants budget budgets funds fund funding vendor bank styrelse styrelsen
    förbundsstyrelsen regering regeringen junta comité consejo gobierno estado ministerio vorstand regierung conseil gouvernement""".split())  # none of these is the floor
AND = frozenset(("and", "&", "then", "but", "y", "e", "et", "und", "och", "og"))  # between two acts of one body
LATER = frozenset((Floor.RESCINDED, Floor.RECONSIDERED, Floor.LAID_ON_THE_TABLE, Floor.POSTPONED_TO_A_TIME))  # each on a day of its own

NOBODY = re.compile(r"(?:the |an? |el |la )?(?:\w+ )?(?:appropriate|relevant|proper|suitable|respective|correspondiente|competente|comp[eé]tente?|zust(?:ä|a)ndigen?)\b.*|"
                     r"(?:the |an? |el |la |le )?(?:interim )?(?:committee|committees|body|comit[eé]|comisi[oó]n|commission|ausschuss|utskott(?:et)?)(?: correspondiente| comp[eé]tente?)?", re.I)
REFERRED = re.compile(r"(?<![^\W_])" + REFERS + rf"(?![^\W_])(?: {TO_WHOM}(?P<whom>[^;\n]+)| for (?:a )?(?P<purpose>report|decision|action|study|review))?")
MERGED = re.compile(r"(?<![^\W_])" + MERGES + r" (?P<target>(?:[^\W\d_][\w.]* ?){0,4}#?(?:\b[a-z]\b|\d[\w-]*)(?: ?\((?:19|20)\d\d\))?)?")
FLOOR = [(action, re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])")) for action, pattern in SAID_OF_THE_FLOOR]
FOLLOWED = [(code, re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])")) for code, pattern in SAID_OF_WHAT_FOLLOWED]
WHOM_ENDS = re.compile(r"\s*(?:[;(\n]| for (?:a |its |their |further )?(?P<purpose>decision|action|disposition|report|study|review|consideration|information|possible action|follow|(?!(?:training|learning|teaching|organi[sz]ing|bargaining|nursing)\b)[a-zà-ÿ]{3,}ing\b)|"
                        r"(?<=[a-zà-ÿ]{6})\. | by (?:consent|voice|unanimous|vote|acclamation|the chair)|,? (?:and|then|but) (?:was |then |later )?(?:adopted|defeated|withdrawn|approved|amended|tabled|returned|completed?|implemented)| on \w+ \d| by \d|"
                        r",? (?:which|who)\b| with (?:the )?(?:recommend|instruction)| to (?:report|decide|study|consider)\b|[-–—] | \d{1,2}[/.-]\d).*", re.S)
GLUED = re.compile(r"(?<![^\W\d_])([A-Z])(?=(?:ADOPTED|DEFEATED|WITHDRAWN|REFERRED|AWAITING|CONSOLIDATED|DEEMED|Adopted|Defeated|Withdrawn|Referred|Consolidated|Awaiting))")
TOUCHING = re.compile(r"(?<=[)\]\d])(?=[^\W\d_]{4})|(?<=[a-z])(?=(?:Adopted|Defeated|Withdrawn|Referred|Consolidated|Awaiting|Deemed)\b)")
SEPARATOR = re.compile(r"[;\n:]|\.(?=\s|$)|\s[-–—]+(?=\s|$)|[–—]|(?P<weak>[,()\[\]/]|(?<=[\s\0])(?:and|&|then|but|y|et|und|och|og)(?=[\s\0]))")
ABBREVIATION_FIRST = re.compile(r"\s*([A-Z][A-Z/']*)\s*(?:[;\n:]|\s[-–—]+\s|[–—])")  # "A/M - in progress"
NUMBER_ALONE = re.compile(r"[#№]?\d{1,4}[a-z]?")
BY = re.compile(r"\b(?:by|per|at|por|par|von|durch|av)\b")
HOW_DONE = re.compile(r"[\s,]*(?:in|on|by|via|through|at|per|under|as|since|using|online|och|den|el|am|im|i|på|genom|por|en|mediante|par)\b(?! (?:part|half)\b)")
DAYS_INSIDE = (ISO_INSIDE, SPELT_DAY, re.compile(r"(?<![\w/.$€£-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/-]|\.\d)"),
               re.compile(r"(?<![\w/.$€£-])\d{1,2}/\d{1,2}(?![\d/-])"))
_PLACES = r"(?:nbi|items?|nos?|nr|numbers?|motions?|resolutions?|articles?|amendments?|res|lines?|sections?|clauses?|paragraphs?|paras?|pages?|pp?|sessions?|days?|parts?|att-sats(?:en|er)?|punkt)"
ASIDE_FIRST = tuple(map(re.compile, (  # before a number in them is taken for progress
    r"\d{1,3}(?:[.,]\d+)? ?(?:%|percent|per cent) (?:majority|in favou?r|of (?:the )?votes?|votes?|yes|for|approval)\b", r"\d+[.,]\d+ ?(?:%|percent)",
    r"(?<![\w/.$€£-])\d[\d,]*\s*(?:to|-|–|:)\s*\d[\d,]*(?:\s*(?:to|-|–|:)\s*\d[\d,]*)?(?![\w/.%-])", LABELLED.pattern, r"two[- ]thirds|three[- ](?:fourths|quarters)|\b[23]/[34]\b",
    r"house of (?:delegates|deputies|bishops)|(?:division of )?the (?:whole )?house\b(?= divid)|division of the house|\bsee [^.;\n)]*")))
ASIDE = tuple(map(re.compile, (
    r"^\s*[#№]?\d{1,4}[a-z]?\s*\(?(?:19|20)\d\d\)?(?!\d)",
    rf"(?<![^\W_]){_PLACES}\.? ?[#№]?\d+[a-z]?(?: ?(?:-|–|,|and|to|&) ?\d+[a-z]?)*(?![^\W_])", r"[#№] ?\d+[a-z]?\b", r"\(?\b(?:19|20)\d\d\b\)?",
    r"\b\d{1,2}[:.]\d\d(?: ?[ap]\.?m\b\.?)?", r"\b\d{1,2} ?[ap]\.?m\b\.?")))
