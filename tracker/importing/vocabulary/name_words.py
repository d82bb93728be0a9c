"""The words by which delegations and persons are told apart, in the languages of likely lists; how a cell is read is in `sponsors`."""
from __future__ import annotations

import re

from .text_words import BETWEEN_NAMES

TITLE = re.compile(r"(?:(?:mr|mrs|ms|mx|dr|prof|rev|revd|hon|sr|sra|srta)\.?|miss|herr|fru|brother|canon|pastor|rabbi|delegate|president|secretary|treasurer|chair|chairman|chairwoman)"
                   r"\s+(?=[^\W\d_])", re.I)
INITIAL = re.compile(r"[A-ZÀ-Þ]\.?|(?:[A-ZÀ-Þ]\.){2,3}")
ALSO_SURNAMES = frozenset("church ward parish lodge post nation town staff borough league".split())
ORGANISATION = re.compile(  # a cell with one of these names a group or a place that sends delegates
    r"\b(?:county|counties|city|town|township|village|municipality|municipal|borough|parish|church|congregation|diocese|presbytery|synod|circuit|classis|conference|province|state|states|zone|ward|"
    r"club|lodge|post|unit|team|division|department|teachers|educators|workers|employees|nurses|retirees|alliance|coalition|league|institute|trust|first nation|nation|tribe|band|regional|"
    r"rd|kommun|kommuner|stad|län|krets|klubben|föreningen|avdelningen|distriktet|krets(?:en)?|ciudad|municipio|provincia|estado|sección|parroquia|iglesia|members?|congress|party|ministry|task force|"
    r"youth|women|veterans|floor|executive|directors|trustees|officers|staff)\b", re.I)
PLACE_FIRST = frozenset("""port fort mount mt saint st st. ste sainte san santa santo los las el la les new old north south east west northern southern eastern western central upper lower
    greater great grand big little high royal lake cape point isle isles rio puerto ciudad valle norra södra östra västra stora lilla gamla nya sankt nord sud""".split())
PLACE_LAST = frozenset("""rapids falls springs beach hills island islands bay valley creek river harbour harbor heights grove mountain mountains point plains prairie meadows
    junction crossing landing cove shores coast isles forks""".split())  # no surnames
GIVEN = frozenset("""aaron abby abigail adam adrian agnes aisha alan albert alejandra alejandro alex alexander alexandra alfred ali alice alicia alison allison alma amanda amber amir amy ana andrea
    andreas andres andrew andy angel angela angelica anita ann anna anne annette annie anthony antonia antonio april arthur ashley astrid audrey axel barbara beatrice becky ben benjamin
    bernard bertil beth bethany betty bill billy birgitta björn bo bob bonnie brad bradley brandon brenda brett brian bridget bruce bryan camila camilla carina carl carla carlos carmen
    carol caroline carolyn carrie catherine cathy cecilia chad charles chen cheryl chris christian christina christine christopher cindy claire clara claudia colin colleen connie
    craig crystal curtis cy cynthia dan dana daniel daniela danielle darlene darren dave david dawn deborah debbie debra denise dennis derek diana diane diego dolores don donald donna
    doris dorothy doug douglas duncan edith eduardo edward eileen elaine eleanor elena elin elisa elisabeth elizabeth ellen emil emily emma enrique eric erica erik erika erin ernest
    esther ethan eva eve evelyn fatima felipe fernando fiona frances francisco frank fred frederick fredrik gabriel gabriela gail gary gavin gene geoff george gerald geraldine gina
    gladys glenda glenn gloria gordon grace graham greg gregory guadalupe guillermo gunilla gustavo gwen hannah hans harold harriet harry hassan heather hector heidi helen helena henrik
    henry holly howard hugh hugo ian ibrahim ida inga ingrid irene iris isaac isabel isabella ivan jack jacob jacqueline jaime james jamie jan jane janet janice jared jasmine jason
    javier jay jean jeff jeffrey jenna jennifer jenny jeremy jerry jesse jessica jesús jill jim jimmy joan joanne joe joel johan johanna john johnny jon jonas jonathan jorge jose josé
    joseph josh joshua joy joyce juan juana juanita judith judy julia julian julie julio june justin karen karin karl kate katherine kathleen kathryn kathy katie kayla keith kelly
    ken kenneth kerry kevin kim kimberly kjell kristen kristin kristina kurt kyle lars laura lauren laurie lawrence leah lee lena leo leon leonard leslie lia lily linda lindsay lisa
    liz loretta lori louis louise lucas lucia lucy luis luisa luke lydia lynn magnus malin manuel marcia marco marcus margaret margarita maria maría mariana marie marilyn mario marion
    marisol marjorie mark marlene marta martha martin martina marvin mary mats matt matthew maureen megan mei melanie melissa michael michelle miguel mike mikael milton mohammed monica
    morgan muhammad nancy naomi natalie natasha nathan neil nicholas nick nicole nina noah nora norma norman olga oliver olivia oscar pablo pam pamela pat patricia patrick paul paula
    pauline pedro peggy per pete peter petra phil philip phillip phyllis pia priya rachel rafael ralph ramon ramona randy raquel raul ray raymond rebecca renee ricardo richard
    rick rita rob robert roberta roberto robin rodrigo roger roland ron ronald rosa rosario rose rosemary ross roy ruben ruby rune russell ruth ryan sally sam samantha samuel sandra sara
    sarah scott sean sergio seth shane shannon sharon shaun sheila shelley sherry shirley simon sofia sonia sophia sophie stacy stan stanley stefan stella stephanie stephen steve steven
    stuart sue susan susana susanne suzanne sven sylvia tamara tammy tanya tara ted teresa terri terry theresa thomas tiffany tim timothy tina todd tom tony tonya tracy trevor ulf ulla
    ursula valerie vanessa vera veronica vicki victor vince vincent viola vivian walter wanda wayne wendy wesley will william winston xavier yolanda yvonne zachary zoe åke åsa""".split())
NAMES_PERSONS = frozenset("name names person persons individual individuals delegate member nombre persona namn mover movers maker makers author authors".split())  # words of a heading
MOVERS = frozenset("mover movers maker makers author authors".split())
NAMES_DELEGATIONS = frozenset("""delegation delegations state states st caucus council councils local locals affiliate affiliates branch branches region regions district districts body
    bodies union unions chapter chapters town towns city cities municipality municipalities county counties church churches parish parishes congregation diocese presbytery association
    associations organization organisation club clubs section sections division group government community circuit province delegación delegaciones avdelning klubb distrikt bezirk
    délégation sección estado municipio kommun förening krets""".split())
ROLE = re.compile(r"^(?P<label>submitted by|proposed by|presented by|sponsored by|moved by|seconded by|on behalf of)\s+(?=[^\W_:])", re.I)
SMALL = BETWEEN_NAMES | frozenset("of the and for on in at to a an y e och för i av del las los el des et und für by with from".split())
