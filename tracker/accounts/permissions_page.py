"""Who may do what, printed from the code into docs/permissions.md; a test fails when it is stale.

Write it anew by `python tools/permissions.py > docs/permissions.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Flask

from tracker.rules.codes import Role
from tracker.rules.permissions import TABLE, Permission, Where

THIRD_PARTY = {"static": "Flask: styles, scripts, signs and fonts"}
WHERE = {
    Where.ANYWHERE: "yes",
    Where.IN_UNIT: "items of the unit",
    Where.OWN: "items led or contributed to",
    Where.ON_DESK: "what is on the desk",
}
# followed by those who read the internal part
NOTES = {"evidence.file": "open to all: what a release opened. The rest: "}

# Each act, and what it asks for; where that depends on what is done, the more usual first. A test
# calls each as every role.
ACTS: Mapping[str, tuple[str, tuple[Permission, ...]]] = {
    "bodies.found_body": ("found a body", (Permission.ADMINISTER,)),
    "bodies.set_setting": ("change a setting", (Permission.ADMINISTER,)),
    "bodies.add_unit": ("add a unit (with a list: the office)", (Permission.ADMINISTER,)),
    "bodies.add_delegation": (
        "add a delegation (with a list: the office)",
        (Permission.ADMINISTER,),
    ),
    "rosters.rename": ("rename a unit or a delegation", (Permission.ADMINISTER,)),
    "rosters.close": ("close a unit or a delegation", (Permission.ADMINISTER,)),
    "rosters.merge": ("merge a unit or a delegation into another", (Permission.ADMINISTER,)),
    "rosters.reopen": ("open it again", (Permission.ADMINISTER,)),
    "bodies.add_fund": ("add a fund", (Permission.ADMINISTER,)),
    "bodies.revise_fund": ("change the name or amount of a fund", (Permission.ADMINISTER,)),
    "bodies.close_kind": ("close a kind of item", (Permission.ADMINISTER,)),
    "bodies.reopen_kind": ("open it again", (Permission.ADMINISTER,)),
    "bodies.add_kind": ("add a kind of item", (Permission.ADMINISTER,)),
    "people.add": ("add a person (with a list: the office)", (Permission.ADMINISTER,)),
    "people.rename": ("rename a person (oneself: everybody)", (Permission.ADMINISTER,)),
    "people.join_account": ("join a person with an account", (Permission.ADMINISTER,)),
    "people.give_role": ("give a role", (Permission.ADMINISTER,)),
    "people.end_role": ("end a role", (Permission.ADMINISTER,)),
    "conventions.record": ("record a convention", (Permission.GOVERN,)),
    "conventions.rename": ("name a convention", (Permission.GOVERN,)),
    "conventions.set_dates": ("date a convention", (Permission.GOVERN,)),
    "conventions.open_follow_through": ("open a convention's follow-through", (Permission.GOVERN,)),
    "columns.open_column": (
        "show a column of lists that no field holds to readers",
        (Permission.GOVERN,),
    ),
    "columns.close_column": ("take such a column off the pages again", (Permission.GOVERN,)),
    "publications.set_publication": (
        "say who may read a convention, live or by edition",
        (Permission.GOVERN,),
    ),
    "publications.pin_edition": ("make the board's copy of an edition", (Permission.GOVERN,)),
    "publications.sign_edition": (
        "sign an edition off (not whoever made its copy)",
        (Permission.GOVERN,),
    ),
    "publications.publish_edition": ("publish an edition", (Permission.GOVERN,)),
    "publications.schedule_edition": ("set the hour of an edition", (Permission.GOVERN,)),
    "publications.stop_schedule": ("stop the set hour of an edition", (Permission.GOVERN,)),
    "publications.publish_at_its_hour": (
        "publish an edition at its hour (the worker)",
        (Permission.GOVERN,),
    ),
    "import_previews.upload": ("send a list to be looked at", (Permission.GOVERN,)),
    "import_previews.choose": ("correct how it is understood", (Permission.GOVERN,)),
    "import_previews.leave_out": ("leave rows of it out", (Permission.GOVERN,)),
    "import_previews.confirm": ("confirm it", (Permission.GOVERN,)),
    "import_previews.drop": ("throw it away", (Permission.GOVERN,)),
    "own_words.add": ("say what a word of lists means", (Permission.GOVERN,)),
    "own_words.change": ("change what a word of lists means", (Permission.GOVERN,)),
    "own_words.remove": ("remove a word of lists", (Permission.GOVERN,)),
    "own_words.say_of_a_list": (
        "say what a word means on the page of a list",
        (Permission.GOVERN,),
    ),
    "imports.record_list": ("import a list", (Permission.GOVERN,)),
    "imports.record_item": ("import an item", (Permission.GOVERN,)),
    "imports.link_merged": ("link a merged item of a list", (Permission.GOVERN,)),
    "undoing.undo_import": ("undo the import of a list", (Permission.GOVERN,)),
    "items.register": ("record an item", (Permission.GOVERN,)),
    "items.add_version": ("record a version of its text", (Permission.GOVERN,)),
    "items.set_movers": ("record who moved it", (Permission.GOVERN,)),
    "items.recommend": ("record a board's recommendation", (Permission.GOVERN,)),
    "items.enter_clauses": ("enter its clauses", (Permission.GOVERN,)),
    "items.set_due_date": ("set a due date", (Permission.GOVERN,)),
    "due_dates.extend": ("extend a due date", (Permission.ASSIGN,)),
    "items.link": ("link it to the item that carries its duty on", (Permission.GOVERN,)),
    "items.correct_designation": ("correct its kind or number", (Permission.GOVERN,)),
    "items.correct": ("correct a fact typed wrong", (Permission.GOVERN,)),
    "corrections.take_back": ("take back a fact that was never so", (Permission.GOVERN,)),
    "filling_in.fill_in": ("fill in what is missing of many items", (Permission.ASSIGN,)),
    "floor.record_floor_action": ("record what the floor did", (Permission.GOVERN,)),
    "floor.decide": ("record the decision of a receiving unit", (Permission.GOVERN,)),
    "money.estimate": ("record an estimate", (Permission.GOVERN,)),
    "money.appropriate": ("record an appropriation", (Permission.GOVERN,)),
    "money.spend": ("record an expense", (Permission.LOG,)),
    "money.explain": ("explain a difference of money", (Permission.LOG,)),
    "assignments.assign": ("assign a lead or a contributor", (Permission.ASSIGN,)),
    "assignments.unassign": ("end an assignment", (Permission.ASSIGN,)),
    "handing_on.hand_on": (
        "hand on all that a person leads or contributes to",
        (Permission.GOVERN,),
    ),
    "drafts.save": ("keep a draft", (Permission.LOG,)),
    "drafts.take": ("send a file with a form", (Permission.LOG,)),
    "progress.log": ("log progress, correct an entry (with a list: the office)", (Permission.LOG,)),
    "progress.withdraw": ("withdraw one's own waiting entry", (Permission.LOG,)),
    "progress.release": (
        "release an entry (one's own: to log, where the body lets leads release)",
        (Permission.RELEASE,),
    ),
    "progress.send_back": ("send an entry back", (Permission.RELEASE,)),
    "reviews.review": (
        "confirm or return a claim of done (reopen: see below)",
        (Permission.CONFIRM,),
    ),
    "meeting_drafts.save": ("keep a draft of what a meeting decided", (Permission.GOVERN,)),
    "meeting_drafts.take": ("send the minutes of a meeting with a form", (Permission.GOVERN,)),
    "meetings.decide_by_meeting": ("record what a meeting decided", (Permission.GOVERN,)),
    "reviews.review_outcome": ("confirm an outcome (reopen: see below)", (Permission.CONFIRM,)),
    "outside_requests.ask": (
        "ask somebody from outside to confirm, by a one-time link",
        (Permission.GOVERN,),
    ),
    "outside_requests.revoke": ("take such a link back", (Permission.GOVERN,)),
    "outcomes.state": ("state an outcome", (Permission.LOG,)),
    "outcomes.release": ("release an outcome", (Permission.RELEASE,)),
    "erasing.erase": ("erase a text for ever", (Permission.ADMINISTER,)),
    "trials.take_away": ("take a made-up convention away", (Permission.ADMINISTER,)),
    "reports.sign_off": ("sign the draft of a report off", (Permission.GOVERN,)),
    "reports.issue": ("issue a report, or an erratum to one", (Permission.GOVERN,)),
    "reports.make_files_again": (
        "have the files of an issued report made again, where their job was given up",
        (Permission.GOVERN,),
    ),
    "reports.record_files": ("record the files of an issued report", (Permission.GOVERN,)),
    "withholding.withhold": ("withhold what was published", (Permission.GOVERN,)),
    "withholding.lift": ("show readers again what is withheld", (Permission.GOVERN,)),
}
REOPENING = ("reopen what was confirmed", (Permission.REOPEN,))


def roles(permissions: tuple[Permission, ...]) -> str:
    """The roles that have one of them, each with how far."""
    reach: dict[Role, Where] = {}
    for permission in permissions:
        for role, where in TABLE[permission].items():
            if reach.get(role) is not Where.ANYWHERE:
                reach[role] = where
    if len(reach) == len(Role):
        return "every role"
    return ", ".join(_with_reach(role, reach[role]) for role in Role if role in reach)


def _with_reach(role: Role, where: Where) -> str:
    return role.value if where is Where.ANYWHERE else f"{role.value} ({WHERE[where]})"


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Address, methods, and what the view declares."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (str(rule), rule.endpoint)):
        methods = ", ".join(sorted(rule.methods - {"HEAD", "OPTIONS"})) if rule.methods else ""
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        if rule.endpoint in THIRD_PARTY:
            who = f"open ({THIRD_PARTY[rule.endpoint]})"
        elif isinstance(access, tuple):
            who = roles(access)
        elif rule.endpoint in NOTES:
            who = NOTES[rule.endpoint] + roles((Permission.READ_INTERNAL,))
        else:
            who = access or "NOT DECLARED"
        yield str(rule), methods, who


def permissions_page(app: Flask) -> str:
    """The whole page, in Markdown."""
    lines = [
        "# Who may do what",
        "",
        "Printed from the code by "
        "`python tools/permissions.py > docs/permissions.md`; "
        "a test fails when it is stale.",
        "",
        "Roles are held for a body (manager and staff: for a unit of it), from and until.",
        "The command line acts as administrator and governance.",
        "",
        "## Permissions",
        "",
        "| permission | " + " | ".join(role.value for role in Role) + " |",
        "|---" * (len(Role) + 1) + "|",
    ]
    for permission in Permission:
        cells = []
        for role in Role:
            where = TABLE[permission].get(role)
            cells.append(WHERE[where] if where else "")
        lines.append(f"| `{permission.value}` | " + " | ".join(cells) + " |")
    lines += [
        "",
        "## Acts",
        "",
        "Besides the role, the rules of the record decide: "
        "nobody confirms their own work, nothing is dated after its recording.",
        "",
        "| act | permission | who |",
        "|---|---|---|",
    ]
    for _name, (words, permissions) in sorted([*ACTS.items(), ("reviews.reopen", REOPENING)]):
        codes = ", ".join(f"`{permission.value}`" for permission in permissions)
        lines.append(f"| {words} | {codes} | {roles(permissions)} |")
    lines += [
        "",
        "## Addresses",
        "",
        "Who is not signed in is sent to sign in first. "
        "Pages of a closed body are open to those with any role in it.",
        "",
        "| address | methods | who |",
        "|---|---|---|",
    ]
    lines += [f"| `{address}` | {methods} | {who} |" for address, methods, who in routes(app)]
    return "\n".join(lines) + "\n"
