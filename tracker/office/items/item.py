"""The addresses of the office's page of an item: the page, and one for each fact that is added."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from tracker.accounts.access import begins_reading, requires
from tracker.office.blueprint import office
from tracker.rules.permissions import Permission

from .assignment_forms import AssignForm, DueDateForm, EndPartForm, ExtendForm
from .floor_forms import FloorActionForm
from .item_page import find_item, render, save
from .link_forms import DesignationForm, ItemLinkForm
from .money_forms import AppropriationForm, EstimateForm
from .mover_forms import MoversForm
from .outcome_forms import ConfirmedOutcomeForm, OutcomeForm, ReleaseOutcomeForm
from .referral_forms import ReferralDecisionForm
from .text_forms import ClausesForm, RecommendationForm, TextVersionForm

ITEM = "/office/<body>/<convention_slug>/items/<spelling>"


@office.get(ITEM)
@requires(Permission.READ_ALL, Permission.ASSIGN)
def item(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    target = find_item(body, convention_slug, spelling)
    return render(target, target.load())


@office.post(f"{ITEM}/{FloorActionForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def record_floor_action(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), FloorActionForm)


@office.post(f"{ITEM}/{AssignForm.NAME}")
@requires(Permission.ASSIGN)
@begins_reading
def assign(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), AssignForm)


@office.post(f"{ITEM}/{EndPartForm.NAME}")
@requires(Permission.ASSIGN)
@begins_reading
def end_part(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), EndPartForm)


@office.post(f"{ITEM}/{DueDateForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def set_due_date(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), DueDateForm)


@office.post(f"{ITEM}/{ExtendForm.NAME}")
@requires(Permission.ASSIGN)
@begins_reading
def extend_due_date(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), ExtendForm)


@office.post(f"{ITEM}/{ReferralDecisionForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def record_referral_decision(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), ReferralDecisionForm)


@office.post(f"{ITEM}/{TextVersionForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def add_version(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), TextVersionForm)


@office.post(f"{ITEM}/{MoversForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def set_movers(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), MoversForm)


@office.post(f"{ITEM}/{RecommendationForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def add_recommendation(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), RecommendationForm)


@office.post(f"{ITEM}/{ClausesForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def enter_clauses(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), ClausesForm)


@office.post(f"{ITEM}/{EstimateForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def add_estimate(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), EstimateForm)


@office.post(f"{ITEM}/{AppropriationForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def appropriate(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), AppropriationForm)


@office.post(f"{ITEM}/{OutcomeForm.NAME}")
@requires(Permission.ASSIGN)
@begins_reading
def state_outcome(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), OutcomeForm)


@office.post(f"{ITEM}/{ReleaseOutcomeForm.NAME}")
@requires(Permission.RELEASE)
@begins_reading
def release_outcome(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), ReleaseOutcomeForm)


@office.post(f"{ITEM}/{ConfirmedOutcomeForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def record_confirmed_outcome(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), ConfirmedOutcomeForm)


@office.post(f"{ITEM}/{ItemLinkForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def link_item(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), ItemLinkForm)


@office.post(f"{ITEM}/{DesignationForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def correct_designation(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return save(find_item(body, convention_slug, spelling), DesignationForm)
