"""The ugly cases that lists hold, by their numbers in the design; each comes in whole, and nothing
is guessed. All lists are invented.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factories.import_office import Office, counts, messages, table
from tracker.rules.codes import Basis, Floor, Purpose, Verdict


def test_01_one_item_in_four_spellings(office: Office) -> None:
    assert counts(office.take("Year,NBI,Title\n2018,2018-nbi-002,Air\n")) == (1, 0, 0, 0)
    for spelling in (
        "New Business Item 2 (2018)",
        "NBI 2",
        "NBI #2",
        "New Business Item #2",
        "002",
    ):
        assert counts(office.look(f"Year,NBI,Title\n2018,{spelling},Air\n")) == (0, 0, 1, 0), (
            spelling
        )


def test_02_letters_instead_of_numbers(office: Office) -> None:
    office.take(
        "Year,Number,Title\n2018,New Business Item A,One\n2017,2017-nbi-b,Two\n2018,1,Three\n"
    )
    assert set(office.items()) == {"nbi-a", "nbi-1"} and set(office.items("2017")) == {"nbi-b"}


def test_03_a_suffix_is_another_item(office: Office) -> None:
    office.take(
        "Year,Kind,Number,Text,Status\n"
        "2018,Standing Rule Amendment,6,One.,Withdrawn\n"
        "2018,Standing Rule Amendment,6A,Two.,Defeated\n"
        "2018,New Business Item,117-A,Three.,\n"
    )
    assert set(office.items()) == {"sra-6", "sra-6a", "nbi-117a"}
    assert (
        office.item("sra-6").floor[0].action is Floor.WITHDRAWN
        and office.item("sra-6a").floor[0].action is Floor.DEFEATED
    )


def test_04_families_of_codes(office: Office) -> None:
    office.take(
        "Year,Code,Text\n"
        "2018,2018-amd-ca02,One.\n"
        "2018,2018-amd-sr2,Two.\n"
        "2018,nbi-002,Three.\n"
        "2018,nbi-a,Four.\n"
    )
    assert set(office.items()) == {"ca-2", "sra-2", "nbi-2", "nbi-a"}


def test_05_and_06_numbers_restart_each_year_and_have_holes(office: Office) -> None:
    preview = office.take(
        "Year,NBI,Title\n2016,2,Race\n2017,2,Credit\n2018,2,Learning\n2018,71,Later\n"
    )
    assert counts(preview) == (4, 0, 0, 0) and office.item("nbi-2", "2017").title == "Credit"


def test_07_a_year_without_a_list(office: Office) -> None:
    office.take("Year,NBI,Title\n2016,2,Race\n2018,2,Learning\n")
    with pytest.raises(Exception, match="No row"):
        office.convention("2017")


def test_08_a_blank_status_is_unknown(office: Office) -> None:
    office.take("Year,NBI,Title,Status\n2018,1,Air,\n")
    assert (
        office.item("nbi-1").floor == ()
        and office.item("nbi-1").verdict is Verdict.DECISION_NOT_KNOWN
    )


@pytest.mark.parametrize(
    ("cell", "action"),
    [
        ("Adopted As Amended", Floor.ADOPTED_AS_AMENDED),
        ("adopted as modified", Floor.ADOPTED_AS_MODIFIED),
        ("AWAITING DEBATE", Floor.AWAITING_DEBATE),
        ("New Business Item AADOPTED", Floor.ADOPTED),
        ("23 (2018)Adopted As Amended", Floor.ADOPTED_AS_AMENDED),
    ],
)
def test_09_statuses_spelled_by_hand(office: Office, cell: str, action: Floor) -> None:
    office.take(table(("Year", "NBI", "Title", "Status"), ("2018", "1", "Air", cell)))
    assert [action.action for action in office.item("nbi-1").floor] == [action]


def test_10_two_actions_in_one_status(office: Office) -> None:
    office.take(
        table(
            ("Year", "NBI", "Title", "Status"),
            (
                "2018",
                "86",
                "Booths",
                "Adopted As Modified and Referred to the Meeting Review Committee",
            ),
        )
    )
    floor = {action.action: action for action in office.item("nbi-86").floor}
    assert set(floor) == {Floor.ADOPTED_AS_MODIFIED, Floor.REFERRED}
    assert (
        floor[Floor.REFERRED].referred_to == "Meeting Review Committee"
        and floor[Floor.REFERRED].purpose is Purpose.DECISION
    )


def test_11_a_referral_to_nobody(office: Office) -> None:
    office.take(
        table(
            ("Year", "NBI", "Title", "Status"),
            ("2018", "81", "A", "Referred to the Appropriate Committee"),
            ("2018", "82", "B", "Referred to the Budget Committee"),
        )
    )
    assert office.item("nbi-81").floor[0].referred_to == "Appropriate Committee"
    assert office.item("nbi-82").floor[0].referred_to == "Budget Committee"
    assert [unit for unit in office.look("Year,NBI,Title\n2018,1,x\n").creates.units] == []


def test_12_a_status_at_the_head_of_the_text(office: Office) -> None:
    rows = [
        ("2018", "42", "Shall do it.", ""),
        (
            "2018",
            "90",
            "Consolidated with NBI 42\nShall stay a member for a further term.",
            "No additional cost.",
        ),
        ("2018", "99", "Consolidated with NBI 300\nShall do more.", ""),
    ]
    preview = office.take(table(("Year", "NBI", "Text", "Cost"), *rows))
    merged, outside = office.item("nbi-90"), office.item("nbi-99")
    assert [action.action for action in merged.floor] == [Floor.CONSOLIDATED] and [
        target.code for target in merged.carried_to
    ] == ["nbi-42"]
    assert (
        merged.text
        and merged.text.words == "Shall stay a member for a further term."
        and merged.money.estimate
        and merged.money.estimate.amount == 0
    )
    assert outside.merged_into == "NBI 300" and not outside.carried_to
    assert "begins with" in messages(preview)
    assert counts(office.look(table(("Year", "NBI", "Text", "Cost"), *rows))) == (0, 0, 3, 0)


def test_12_a_circle_of_mergers_stays_in_words(office: Office) -> None:
    rows = [
        ("2018", "1", "A", "Consolidated with NBI 2"),
        ("2018", "2", "B", "Consolidated with NBI 1"),
        ("2018", "3", "C", "Merged into NBI 3"),
    ]
    preview = office.take(table(("Year", "NBI", "Title", "Status"), *rows))
    assert counts(preview) == (3, 0, 0, 0) and messages(preview).count("leads back") == 2
    assert [target.code for target in office.item("nbi-1").carried_to] == [
        "nbi-2"
    ] and not office.item("nbi-2").carried_to


def test_13_a_dependent_outcome(office: Office) -> None:
    office.take(
        "Year,Kind,Number,Text,Status\n2018,Bylaw Amendment,1,Words.,Deemed to Have Failed\n"
    )
    assert office.item("ba-1").floor[0].action is Floor.DEEMED_TO_HAVE_FAILED


def test_14_withdrawn_without_a_text_and_a_later_blank_erases_nothing(office: Office) -> None:
    office.take(
        "Year,Kind,Number,Text,Status\n"
        "2018,Standing Rule Amendment,5,,Withdrawn\n"
        "2018,Constitutional Amendment,4,To meet every other year.,\n"
    )
    preview = office.take(
        "Year,Kind,Number,Text,Status\n2018,Constitutional Amendment,4,,Withdrawn\n"
    )
    amendment = office.item("ca-4")
    assert (
        counts(preview) == (0, 1, 0, 0)
        and amendment.text
        and amendment.text.words == "To meet every other year."
    )
    assert amendment.floor[0].action is Floor.WITHDRAWN


@pytest.mark.parametrize(
    ("cell", "amount", "basis", "conditional"),
    [
        (
            "This item needs another $5,000 beyond the 2018-2020 Plan and Budget.",
            "5000.00",
            Basis.ADDITIONAL,
            False,
        ),
        ("$10,000–$15,000", None, Basis.UNKNOWN, False),
        ("No cost", "0.00", Basis.NONE, False),
        ("TBD", None, Basis.UNKNOWN, False),
        ("$31K", "31000.00", Basis.UNKNOWN, False),
        ("N/A", None, Basis.UNKNOWN, False),
        ("If three meetings are held in person, $80,215.", "80215.00", Basis.UNKNOWN, True),
        ("Referred to the Budget Committee at no additional cost.", None, Basis.UNKNOWN, False),
        ("$4.7M, then $1.6M", None, Basis.UNKNOWN, False),
    ],
)
def test_15_to_17_and_20_costs_in_sentences(
    office: Office, cell: str, amount: str | None, basis: Basis, conditional: bool
) -> None:
    office.take(table(("Year", "NBI", "Title", "Cost"), ("2018", "1", "Air", cell)))
    estimate = office.item("nbi-1").money.estimate
    assert (
        estimate
        and estimate.sentence == cell
        and estimate.basis is basis
        and estimate.conditional is conditional
    )
    assert estimate.amount == (Decimal(amount) if amount else None)


def test_18_and_19_the_text_is_no_cost(office: Office) -> None:
    office.take(
        table(
            ("Year", "NBI", "Text", "Cost"),
            (
                "2018",
                "27",
                "With existing resources, fight for the $1.2 trillion that schools need.",
                "$560,750",
            ),
            ("2018", "28", "Spend $250,000 or more.", ""),
        )
    )
    first, second = office.item("nbi-27").money.estimate, office.item("nbi-28").money.estimate
    assert first and first.amount == 560750 and second is None


def test_21_headings_that_differ_by_year(office: Office) -> None:
    office.take(
        "Year,NBI,New Business Item Text,Rationale/Background,Contact\n"
        "2018,1,Words one.,Because.,Ana Roe - CA\n"
    )
    office.take("RA Year,Item #,Wording,Relevant OS Area\n2017,1,Words two.,OS-2\n")
    assert office.item("nbi-1").text.rationale == "Because."  # type: ignore[union-attr]
    assert [(cell.column, cell.words) for cell in office.item("nbi-1", "2017").source] == [
        ("Relevant OS Area", "OS-2")
    ]


def test_22_a_text_that_is_cut_off_is_flagged(office: Office) -> None:
    preview = office.take(
        table(
            ("Year", "NBI", "Text", "Cut off"),
            ("2018", "2", "The review will be posted on", ""),
            ("2018", "3", "It is whole", "yes"),
            ("2018", "4", "Whole.", "no"),
        )
    )
    assert {code: page.text.truncated for code, page in office.items().items() if page.text} == {
        "nbi-2": True,
        "nbi-3": True,
        "nbi-4": False,
    }
    assert "ends in the middle" in messages(preview)


def test_23_people(office: Office) -> None:
    cells = [
        "Ana B. Roe - CA",
        "Bo O’Li, Vermont",
        "Mary Smith-Jones - NJ",
        "Submitted by: 50 Delegates, Contact Person: Cy Fox, Delaware",
        "Majority vote at regularly called meeting of the state delegation",
        "Council, Northern Isles Branch; Southern Branch",
        "OR",
        "50 dlgts",
    ]
    office.take(
        table(
            ("Year", "NBI", "Title", "Submitted by"),
            *(("2018", str(n), f"Title {n}", cell) for n, cell in enumerate(cells, 1)),
        )
    )
    people = {
        code: [(person.part, person.name, person.delegation) for person in page.sponsors]
        for code, page in office.items().items()
    }
    assert people["nbi-1"] == [("maker", "Ana B. Roe", "California")] and people["nbi-2"] == [
        ("maker", "Bo O’Li", "Vermont")
    ]
    assert people["nbi-3"] == [("maker", "Mary Smith-Jones", "New Jersey")]
    assert people["nbi-4"] == [("sponsor", None, "50 Delegates"), ("contact", "Cy Fox", "Delaware")]
    assert [delegation for _part, _name, delegation in people["nbi-6"]] == [
        "Council, Northern Isles Branch",
        "Southern Branch",
    ]
    # one delegation, however written
    assert people["nbi-7"] == [("sponsor", None, "Oregon")] and people["nbi-8"] == [
        ("sponsor", None, "50 Delegates")
    ]


def test_24_characters_and_white_space(office: Office) -> None:
    words = (
        "=SUM(A1) and -- “curly’ racism–the\n"
        "• one\n"
        "* two\n"
        "- three\n"
        "1) four  double &amp; o\ufb03ce Rep\u00adresentative unionâ€™s"
    )
    office.take(
        table(
            ("Year", "NBI", "Text"),
            ("2018", "1", words),
            ("2018", "2", "- a list\n- of clauses"),
            ("2018", "3", "@all <script>alert(1)</script>"),
        )
    )
    text = office.item("nbi-1").text
    assert text and text.words == (
        "=SUM(A1) and -- “curly’ racism–the\n"
        "• one\n"
        "* two\n"
        "- three\n"
        "1) four  double & office Representative union’s"
    )
    assert counts(office.look(office.export())) == (0, 0, 3, 0)
    assert "'- a list" in office.export() and "'=SUM" in office.export()


def test_24_encodings_and_line_ends(office: Office) -> None:
    office.take("\ufeffYear;NBI;Title\r2018;1;Café “quoted”\r".encode())
    assert counts(office.look("Year;NBI;Title\r\n2018;1;Café “quoted”\r\n".encode("cp1252"))) == (
        0,
        0,
        1,
        0,
    )
    assert counts(office.look("Year\tNBI\tTitle\n2018\t1\tCafé “quoted”\n".encode("utf-16"))) == (
        0,
        0,
        1,
        0,
    )


def test_25_duplicates_and_a_status_that_came_later(office: Office) -> None:
    office.take("Year,NBI,Title,Status\n2018,A,Air,Awaiting Debate\n")
    preview = office.take("Year,NBI,Title,Status\n2018,A,Air,Adopted\n")
    assert counts(preview) == (0, 1, 0, 0) and office.item("nbi-a").floor[0].action is Floor.ADOPTED
    twice = office.look("Year,NBI,Title\n2018,41,One\n2018,41,One\n2018,42,Two\n2018,42,Three\n")
    assert counts(twice) == (2, 0, 1, 1) and "row 4 too, with another title" in messages(twice)


def test_26_a_recommendation_is_no_floor_action(office: Office) -> None:
    office.take(
        table(
            ("Year", "Motion no.", "Title", "Board's recommendation", "Decision"),
            ("2018", "1", "A", "Adopt", ""),
            ("2018", "2", "B", "Reject", "Adopted"),
        )
    )
    assert office.item("mot-1").floor == () and office.item("mot-1").recommendation == "Adopt"
    assert [action.action for action in office.item("mot-2").floor] == [Floor.ADOPTED]


def test_27_no_number_at_all(office: Office) -> None:
    office.take(
        "Meeting,Title,Result\n2018,Support for libraries,Carried\n2018,A longer day,Lost\n",
        {"kind": "motion"},
    )
    assert set(office.items()) == {"mot-unnumbered-1", "mot-unnumbered-2"}
    assert counts(
        office.look(
            "Meeting,Title,Result\n2018,A longer day,Lost\n2018,Support for libraries,Carried\n",
            {"kind": "motion"},
        )
    ) == (0, 0, 2, 0)
    nearly_the_same = office.look(
        "Meeting,Title,Result\n2018,Support for Libraries!,Carried\n", {"kind": "motion"}
    )
    assert counts(nearly_the_same) == (1, 0, 0, 0) and "nearly" in messages(nearly_the_same)
    assert counts(office.look(office.export())) == (0, 0, 2, 0)


def test_28_votes_whose_order_is_not_known(office: Office) -> None:
    sheet = table(
        ("Year", "NBI", "Title", "Status", "Vote"),
        ("2018", "1", "A", "Adopted", "120/3/41"),
        ("2018", "2", "B", "Defeated", "38 for, 40 against"),
        ("2018", "3", "C", "Defeated", "18 to 18"),
        ("2018", "4", "D", "Adopted", "voice vote"),
        ("2018", "5", "E", "Adopted", "3-40"),
    )
    preview = office.take(sheet)
    votes = {
        code: (page.floor[0].vote.votes_for, page.floor[0].vote.against, page.floor[0].vote.voice)
        if page.floor[0].vote
        else None
        for code, page in office.items().items()
    }
    assert votes == {
        "nbi-1": None,
        "nbi-2": (38, 40, False),
        "nbi-3": (18, 18, False),
        "nbi-4": (None, None, True),
        "nbi-5": (3, 40, False),
    }
    assert "votes_order" in messages(preview) and "and yet adopted" in messages(preview)
    preview = office.look(
        table(
            ("Year", "NBI", "Title", "Status", "Vote"), ("2018", "9", "A", "Adopted", "120/3/41")
        ),
        {"votes_order": ["for", "abstained", "against"]},
    )
    vote = preview.rows[0].writes.vote
    assert vote and (vote.votes_for, vote.votes_against, vote.abstained) == (120, 41, 3)


def test_29_one_column_for_both_split_by_a_table(office: Office) -> None:
    sheet = table(
        ("Year", "NBI", "Title", "Status"),
        ("2018", "1", "A", "TBL/REF?"),
        ("2018", "2", "B", "policy made all the same"),
    )
    preview = office.take(sheet)
    assert [
        action.action for action in office.item("nbi-1").floor
    ] == [] and "TBL/REF?" in messages(preview)
    assert ("Status", "TBL/REF?") in [
        (cell.column, cell.words) for cell in office.item("nbi-1").source
    ]
    office.take(
        sheet,
        {
            "statuses": {
                "TBL/REF?": "laid_on_the_table",
                "Policy made all the same": "defeated + done",
            }
        },
        updates_on=office.today,
    )
    assert [action.action for action in office.item("nbi-1").floor] == [Floor.LAID_ON_THE_TABLE]
    assert [action.action for action in office.item("nbi-2").floor] == [
        Floor.DEFEATED
    ] and office.item("nbi-2").waiting == 1


def test_30_other_languages_and_a_second_body(office: Office) -> None:
    office.take(
        "År;Motion nr;Rubrik;Yrkande;Styrelsens förslag;Beslut;Ansvarig\n"
        "2018;12;Kaffe;Att det ska finnas kaffe.;Avslag;Bifall;Kansliet\n"
        "2018;13;Te;Att det ska finnas te.;;Avslag;\n"
        "2018;14;Mjölk;Att det ska finnas mjölk.;;not endorsed;\n"
    )
    coffee = office.item("mot-12")
    assert (
        coffee.recommendation == "Avslag"
        and [action.action for action in coffee.floor] == [Floor.ADOPTED]
        and coffee.lead
        and coffee.lead.unit == "Kansliet"
    )
    assert [action.action for action in office.item("mot-13").floor] == [
        Floor.DEFEATED
    ] and office.item("mot-14").floor == ()
    office.take(
        "Año,Número,Título,Texto,Estado,Costo\n"
        "2017,3,Aire limpio,La asamblea pide aire limpio.,Aprobada con enmiendas,"
        "Sin costo adicional\n"
        '2017,4,Agua,Agua para todos.,Remitida al Comité de Finanzas,"12.500,50 $"\n'
    )
    air, water = office.item("nbi-3", "2017"), office.item("nbi-4", "2017")
    assert (
        air.floor[0].action is Floor.ADOPTED_AS_AMENDED
        and air.money.estimate
        and air.money.estimate.amount == 0
    )
    assert (
        water.floor[0].referred_to == "Comité de Finanzas"
        and water.money.estimate
        and water.money.estimate.amount == Decimal("12500.50")
    )
