"""What columns are called, in the languages of likely lists; how a column is understood is in `columns`."""
from __future__ import annotations

import re

from tracker.importing.codes import Field

ONLY_ALONE = frozenset(  # these say nothing beside other words
    """what who for from re day yes no request name action result content paid second local state count account art typ st done item issue report response comments class number
    type office data details language source center service division origin branch region topic stage count adopted ra fund motion nbi resolution meeting session change body order
    basis activity completed complete manager staff person division vote votes date fecha datum data day when article directive implementation
    measure amendment overture closed done finished timestamp""".split())
NAMES_A_UNIT = frozenset("dept depts department departments unit units center centers centre office division team committee departamento unidad área oficina abteilung referat service unité enhet avdelning".split())
DERIVED = ("body", "as of", "standing", "verdict", "change", "url")

HEADINGS: dict[Field, str] = {  # phrases, parted by |; the longest that fits a heading wins
    Field.YEAR: "year|ra year|convention year|meeting year|assembly year|yr|año|ano|année|jahr|år|anno|jaar|vuosi|rok|год|年",
    Field.CONVENTION: "convention|meeting|meeting name|name of meeting|meeting type|type of meeting|kind of meeting|meeting title|convention name|which meeting|"
                      "annual meeting|assembly|congress|conference|ra|session of|convention slug|convención|congreso|asamblea|congrès|assemblée|kongress|versammlung|stämma|möte|årsmöte|tagung",
    Field.KIND: "kind|type|item type|type of item|category of item|business type|class|tipo|type de proposition|art|typ|slag|soort|ärendetyp|clase",
    Field.CODE: "code|item code|item id|id|identifier|reference|ref|ref no|reference number|slug|código|referencia|référence|kennung|aktenzeichen|kod",
    Field.NUMBER: "number|no|nr|num|item number|item no|item|nbi|nbi number|nbi no|nbi #|new business item|new business item number|motion number|motion no|resolution number|resolution no|amendment number|item #|#|№|"
                  "motion #|article|warrant article|resolution|directive|overture|measure|amendment|artículo|resolución|artikel|agenda item|número|numero|núm|num|nº|n°|numéro|nummer|lfd nr|antragsnummer|antrag nr|ärendenummer|motionsnummer|punkt|numer|номер|番号|asunto|asunto no|propuesta no|moción no|proposition no|prop no",
    Field.TITLE: "title|subject|topic|short title|name|heading|headline|caption|item title|motion title|title of motion|issue|re|título|titulo|asunto|tema|titre|objet|sujet|titel|betreff|thema|överskrift|rubrik|ärende|titolo|oggetto|"
                 "onderwerp|tytuł|название|件名|short name|name of item|summary title",
    Field.TEXT: "text|body|full text|body text|wording|motion|motion text|text of motion|item text|resolution text|description|content|language|proposal|resolved|what|summary|new business item text|nbi text|action requested|actions requested|"
                "requested action|request|texto|texto completo|descripción|descripcion|contenido|texte|libellé|contenu|wortlaut|text des antrags|inhalt|beschreibung|antragstext|yrkande|förslag|lydelse|testo|tekst|treść|текст|内容|"
                "moción|what we decided|what was decided|propuesta|proposición|motion language|item language|final text|final wording|adopted text|text as adopted|details",
    Field.TEXT_TRUNCATED: "text truncated|truncated|text cut off|cut off|incomplete text|texto truncado",
    Field.RATIONALE: "rationale|background|rationale background|rationale/background|justification|reason|reasons|whereas|explanation|supporting statement|argument|impact statement|justificación|fundamentación|antecedentes|exposé des motifs|"
                     "motifs|begründung|motivering|bakgrund|motivazione|toelichting",
    Field.SUBMITTED_BY: "submitted by|sponsor|sponsors|sponsored by|source of item|delegation|delegations|state|st|caucus|council|submitter|originator|origin|proposed by|proposer|proposing body|proposing branch|presented by|introduced by|local|affiliate|branch|region|mover delegation|"
                        "sponsoring local|sponsoring branch|sponsoring organization|sponsoring council|county|presentado por|presentada por|delegación|proponente|présenté par|délégation|proposé par|antragsteller|eingereicht von|bezirk|motionär|insänt av|förslagsställare|avdelning|klubb|proposto da|delegazione|ingediend door|"
                        "sponsoring delegation|submitting body|from",
    Field.MAKER: "maker|makers|mover|movers|moved by|author|authors|maker of motion|maker name|moved|proponent|autor|autores|auteur|movido por|yrkare|antragstellerin",
    Field.SECONDER: "seconder|seconded by|second|seconded|secundado por|appuyé par|unterstützt von",
    Field.CONTACT: "contact|contact person|contact name|persona de contacto|contacto|personne à contacter|ansprechpartner|kontaktperson|kontakt",
    Field.CONTACT_STATE: "contact state|contact delegation|state of contact|contact s state",
    Field.COST: "cost|costs|cost text|cost sentence|cost statement|cost estimate|estimated cost|estimate sentence|cost implications|cost implication|budget impact|financial impact|fiscal impact|fiscal note|financial implications|price|estimate|"
                "estimated costs|additional cost|budget estimate|budgetary impact|costo|coste|costo estimado|impacto presupuestario|presupuesto|coût|coûts|coût estimé|kosten|geschätzte kosten|kostenschätzung|kostnad|kostnader|"
                "kostnadsberäkning|custo|costi|budget|est cost|cost to implement|projected cost",
    Field.ESTIMATE_AMOUNT: "estimate amount|estimated amount|cost amount|amount|amount estimated|importe|montant|betrag|belopp|cost usd|cost in dollars|amount requested",
    Field.ESTIMATE_CURRENCY: "estimate currency|currency|moneda|devise|währung|valuta",
    Field.ESTIMATE_BASIS: "estimate basis|cost basis|basis",
    Field.ESTIMATE_CONDITIONAL: "estimate conditional|conditional",
    Field.ESTIMATE_ASSUMPTION: "estimate assumption|assumption|assumptions|cost assumption",
    Field.STATUS: "status|disposition|result|outcome|action|action taken|decision|state of item|final action|final status|final disposition|resolution status|estado|estatus|resultado|decisión|acuerdo|résultat|décision|statut|ergebnis|"
                  "beschluss|entscheidung|status quo|beslut|resultat|utfall|esito|stato|uitslag|besluit|wynik|статус|状態|disp|action on item|ra action|what happened|house action|current status",
    Field.FLOOR_ACTION: "floor action|floor result|floor actions|floor decision|action of the floor|delegate action|assembly action|convention action|action by delegates|vote result|result of vote|ra decision|assembly decision|decision of the assembly|"
                        "acción del pleno|resultado de la votación|abstimmungsergebnis|résultat du vote|kongressens beslut|stämmans beslut",
    Field.FLOOR_DATE: "floor date|date of floor action|date|action date|date of action|date adopted|adopted on|adoption date|decision date|date of decision|vote date|date of vote|mtg|meeting date|date considered|date debated|fecha|"
                      "fecha de decisión|fecha de aprobación|date de la décision|date du vote|datum|beschlussdatum|beslutsdatum|data|business session date|day|when",
    Field.REFERRED_TO: "referred to|referral|referred|referred to committee|referral to|referral body|committee referred to|remitido a|renvoyé à|überwiesen an|remitterad till|committee|receiving body",
    Field.RECOMMENDATION: "recommendation|recommendations|board recommendation|committee recommendation|recommended action|recommended|board position|position of the board|executive recommendation|advice|board advice|council recommendation|"
                          "recomendación|recomendación de la junta|dictamen|recommandation|avis|empfehlung|votum des vorstands|empfehlung der antragskommission|styrelsens förslag|styrelsens yttrande|utlåtande|förbundsstyrelsens förslag|"
                          "eb recommendation|nec recommendation|executive position|leadership position",
    Field.VOTE: "vote|vote for against|for against|for against abstain|votes|vote count|tally|division|count|voto|votación|vote décompte|abstimmung|röster|omröstning|stemmen",
    Field.VOTES_FOR: "votes for|for|yes|yes votes|ayes|aye|in favor|in favour|yea|yeas|a favor|pour|ja|dafür|ja stimmen|ja röster",
    Field.VOTES_AGAINST: "votes against|against|no votes|nays|nay|noes|opposed|en contra|contra|contre|nein|dagegen|nein stimmen|nej|nej röster",
    Field.ABSTAINED: "abstained|abst|abstentions|abstention|abstain|abstenciones|enthaltungen|enthaltung|avstår",
    Field.LEAD: "lead|unit|department|dept|responsible unit|responsible department|responsible office|lead unit|lead department|assigned to|assigned department|assigned unit|center|division responsible|office|owner|responsible|lead office|"
                "implementing unit|implementing department|responsibility|lead center|assigned|unidad|departamento|unidad responsable|responsable|área responsable|service|service responsable|unité|abteilung|zuständig|verantwortlich|"
                "zuständigkeit|enhet|ansvarig enhet|ansvarig|referat|reparto|afdeling|lead dept|dept assigned|action owner|who|by whom",
    Field.PERSON: "person|lead person|staff|staff contact|staff lead|responsible person|person responsible|staff responsible|responsible staff|staff assigned|assigned staff|staff member|staff name|name of staff|assigned person|staff person|assignee|lead staff|manager|persona|persona responsable|encargado|encargada|personne responsable|"
                  "chargé de dossier|sachbearbeiter|verantwortliche person|handläggare|ansvarig person|action officer|staff liaison",
    Field.DUE: "due|follow up due|follow up by|due date|due by|deadline|target date|complete by|date due|to be completed by|completion due|by when|fecha límite|vencimiento|plazo|échéance|date limite|frist|fällig|fällig am|termin|förfallodag|senast|scadenza|timeline|"
               "target completion|target completion date|expected completion",
    Field.PROGRESS: "progress|% complete|% done|stand|percent complete|implementation status|status of follow up|status of follow through|follow up status|follow-up status|progress status|status of implementation|completion status|follow through status|follow-through|follow through|action status|work status|stage|"
                    "estado de cumplimiento|estado de implementación|seguimiento|avance|état d avancement|avancement|suivi|umsetzungsstand|stand der umsetzung|bearbeitungsstand|genomförande|verkställighet|uppföljning|implementation",
    Field.COMPLETE: "complete|completed|done|finished|fulfilled|fully implemented|is complete|implemented|closed|completado|completo|cumplido|hecho|terminé|réalisé|fait|erledigt|abgeschlossen|klar|genomförd|genomfört|slutförd|slutfört",
    Field.COMPLETED_ON: "completed on|date completed|date of completion|completion date|done on|date done",
    Field.UPDATE: "update|updates|latest update|last update|progress update|status update|progress notes|progress note|progress report|report|staff report|staff update|work done|actions taken|what was done|implementation notes|"
                  "implementation report|implementation update|follow up|follow-up|response|comments|remarks|activity|activities|accomplishments|narrative|current update|steps taken|actualización|informe|avances|"
                  "acciones realizadas|observaciones|mise à jour|compte rendu|rapport|actions menées|sachstand|bericht|maßnahmen|bemerkungen|uppdatering|lägesrapport|åtgärd|åtgärder|rapportering|monthly update|what has been done|what has been done so far|what have you done|actions so far|progress so far",
    Field.UPDATED_ON: "update date|date of update|updated|updated on|last updated|date updated|as of date|reported on|report date|progress date|date of last update|date reported|fecha de actualización|actualizado el|mis à jour le|"
                      "aktualisiert am|stand vom|as of|as at|timestamp|tidsstämpel|marca temporal|zeitstempel|uppdaterad|uppdaterad den|datum för uppdatering",
    Field.SPENT_WAITING: "spent waiting",
    Field.SPENT: "spent|amount spent|spent to date|actual|actual cost|actual costs|actual expenditure|expenditure|expenditures|expended|expenses|cost to date|paid|total spent|actuals|spending|money spent|gastado|gasto|gasto real|"
                 "ejecutado|dépensé|dépenses|coût réel|ausgegeben|ausgaben|ist kosten|istkosten|utgifter|utfall kostnad|förbrukat|amount expended|ytd spend|ytd spent",
    Field.APPROPRIATED: "appropriated|appropriation|amount appropriated|budgeted|allocated|allocation|approved budget|approved amount|funded|amount approved|asignado|presupuestado|alloué|bewilligt|anslag|beviljat|budget allocated|budget approved",
    Field.FUND: "fund|funding source|source of funds|fondo|fonds|topf|account",
    Field.MERGED_INTO: "merged into|merged with|consolidated with|consolidated into|combined with|superseded by",
    Field.REFERRAL_DECISION: "referral decision|committee decision|decision of committee|decision on referral|receiving body decision|referral outcome|referral result|committee action|disposition of referral",
    Field.REFERRAL_DECIDED_ON: "referral decided on|referral decision date|decided on|date of committee decision|date of referral decision",
    Field.REVISION: "revision of record",
}


# Headings made of several words, by what each word means.
NUMBER_WORDS = frozenset("no nr nos nbr num number numbers numero número numéro nummer nº n° № #".split())
NUMBERED = frozenset("item items agenda business proposal proposals directive overture measure question memorial warrant case ärende punkt asunto".split())  # beside the kinds
DECISION_WORDS = frozenset("""decision decisions action actions result results outcome outcomes disposition vote decided beslut utfall resultat beschluss entscheidung ergebnis
    decisión acuerdo resultado décision résultat""".split())
FLOOR_BODIES = frozenset("""convention convention's assembly assemblies congress conference delegates delegate floor ra house synod plenary agm egm membership members meeting
    kongress kongressens kongressbeslut stämma stämmans årsmöte årsmötets asamblea congreso pleno convención congrès assemblée versammlung parteitag""".split())
ADMINISTRATION = frozenset("staff department dept management office unit administration".split())
DAY_WORDS = re.compile(r"\b(?:dates?|day|when|deadline|fecha|datum|timestamp)\b|\w{3,}datum\b|\bon$|\bon what\b")
DAY_OF = (  # the first that fits says of what a day is
    (Field.DUE, re.compile(r"\b(?:due|target|deadline|expect|expected|planned|anticipated|estimated|projected|scheduled|proposed|by|límite|vencimiento|förfallo\w*|sista)\b")),
    (Field.REFERRAL_DECIDED_ON, re.compile(r"\breferral\b.*\b(?:decision|decided)\b|\b(?:decision|decided)\b.*\breferral\b")),
    (Field.COMPLETED_ON, re.compile(r"\b(?:complet\w*|done|finish\w*|implemented|implementation|fulfil\w*|executed|concluded|closed|closure|accomplished|carried out|slut(?:för|datum)\w*|"
                                    r"klar\w*|färdig\w*|genomför\w*|erledig\w*|abgeschlossen|cumpl\w*|terminad\w*|réalis\w*|achev\w*)\b")),
    (Field.UPDATED_ON, re.compile(r"\b(?:updat\w*|report\w*|status|progress|modified|revised|changed|comments?|response|actuali\w*|uppdat\w*|aktualis\w*)\b")),
    (Field.FLOOR_DATE, re.compile(r"\b(?:adopt\w*|decision|decided|vot(?:e|ed|ing)|floor|action|considered|debated?|passed|carried|approved|meeting|mtg|session|convention|assembly|congress|"
                                  r"conference|agm|decisión|aprobación|beslut\w*|beschluss\w*)\b")),
)
