"""The made-up union's units, delegations and people. Whoever has an address here can sign in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.rules.codes import Role

SLUG = "school-workers"
SETTINGS: Mapping[str, str] = {
    "name": "Federation of School Workers",
    "time_zone": "America/New_York",
    "currency": "USD",
    "pages": "open",
    "made_up": "yes",
    "report_prefix": "FSW",
}

RESEARCH, TEACHING, SAFETY = (
    "Center for Research",
    "Center for Teaching",
    "Center for Health and Safety",
)
BARGAINING, COMMUNICATIONS, LEGAL = "Bargaining Support", "Communications", "Legal Services"
BENEFITS, CONVENTIONS = "Benefits Office", "Convention Office"
LEGISLATION, EDUCATION, BUDGET = (
    "Committee on Legislation",
    "Education Committee",
    "Budget Committee",
)
EXECUTIVE, BOARD = "Executive Committee", "Board of Directors"
COMMITTEES = (LEGISLATION, EDUCATION, BUDGET, EXECUTIVE, BOARD)
CALLED_BEFORE = {EDUCATION: "Committee on Curriculum"}
"""What a unit was called when the union was founded."""

DELEGATIONS = (
    "Oregon",
    "Ohio",
    "Nevada",
    "Maine",
    "Florida",
    "Hawaii",
    "Texas",
    "Iowa",
    "New Mexico",
    "Vermont",
    "Drivers’ Caucus",
    "Food Service Council",
    "Retired Members’ Section",
    "New Members’ Caucus",
    "Rural Schools Caucus",
    "Small Schools Caucus",
    "50 delegates",
    "The Board",
)
SMALL_SCHOOLS, RURAL_SCHOOLS = "Small Schools Caucus", "Rural Schools Caucus"
"""The first moved an item, and was merged into the second since."""


@dataclass(frozen=True)
class Somebody:
    name: str
    role: Role
    units: tuple[str, ...] = ()
    email: str | None = None
    is_invited: bool = False  # has an account, and has not chosen a password yet
    former_name: str | None = None


GOVERNANCE, DEPUTY, ADMINISTRATOR = "Walter Brandvold", "Aurelio Quist", "Imani Okonkwo"
PIA, TEODORO, INES = "Pia Lindqvist", "Teodoro Hallam", "Ines Marchetti"
DANA, JUNO, NOOR, HOLLIS = "Dana Whitlock", "Juno Varga", "Noor Castell", "Hollis Brandt"
PETRA, LUCAN, SIMEON, ODILE, GRETA = (
    "Petra Voss",
    "Lucan Pell",
    "Simeon Ashworth",
    "Odile Farrow",
    "Greta Molnar",
)
CONFIRMER = "Marisol Tenney"

PEOPLE = (
    Somebody(ADMINISTRATOR, Role.ADMINISTRATOR, email="administrator@example.org"),
    Somebody(GOVERNANCE, Role.GOVERNANCE, email="governance@example.org"),
    Somebody(DEPUTY, Role.GOVERNANCE),
    Somebody(PIA, Role.MANAGER, (RESEARCH, TEACHING), "manager.research@example.org"),
    Somebody(TEODORO, Role.MANAGER, (SAFETY, BARGAINING), "manager.safety@example.org"),
    Somebody(INES, Role.MANAGER, (COMMUNICATIONS, LEGAL, BENEFITS, CONVENTIONS)),
    Somebody(DANA, Role.STAFF, (RESEARCH,), "staff.research@example.org"),
    Somebody(JUNO, Role.STAFF, (RESEARCH,)),
    Somebody(NOOR, Role.STAFF, (TEACHING,), "staff.teaching@example.org"),
    Somebody(HOLLIS, Role.STAFF, (SAFETY,), "staff.safety@example.org"),
    Somebody(PETRA, Role.STAFF, (BARGAINING,)),
    Somebody(LUCAN, Role.STAFF, (COMMUNICATIONS,)),
    Somebody(SIMEON, Role.STAFF, (LEGAL,)),
    Somebody(ODILE, Role.STAFF, (BENEFITS,), former_name="Odile Pruitt"),
    Somebody(GRETA, Role.STAFF, (CONVENTIONS,), "greta.molnar@example.org", is_invited=True),
    Somebody(CONFIRMER, Role.CONFIRMER, email="confirmer@example.org"),
    Somebody("Ewan Sorrel", Role.AUDITOR, email="auditor@example.org"),
    Somebody("Joy Applegate", Role.READER, email="reader@example.org"),
)

# Who logs for a unit where its lead names nobody, and who releases. A committee's work is recorded
# by the office.
STAFF: Mapping[str, str] = {
    RESEARCH: DANA,
    TEACHING: NOOR,
    SAFETY: HOLLIS,
    BARGAINING: PETRA,
    COMMUNICATIONS: LUCAN,
    LEGAL: SIMEON,
    BENEFITS: ODILE,
    CONVENTIONS: GRETA,
    **dict.fromkeys(COMMITTEES, GOVERNANCE),
}
MANAGERS: Mapping[str, str] = {
    RESEARCH: PIA,
    TEACHING: PIA,
    SAFETY: TEODORO,
    BARGAINING: TEODORO,
    COMMUNICATIONS: INES,
    LEGAL: INES,
    BENEFITS: INES,
    CONVENTIONS: INES,
    **dict.fromkeys(COMMITTEES, DEPUTY),
}
