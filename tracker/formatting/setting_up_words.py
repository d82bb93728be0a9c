"""The words of the steps by which an office is set up."""

from __future__ import annotations

from tracker.rules.setting_up import StepState
from tracker.translation import N_
from tracker.translation import gettext as _

STATES: dict[StepState, str] = {
    StepState.DONE: N_("Done"),
    StepState.NEXT: N_("Next"),
    StepState.TO_DO: N_("To do"),
}
_LEFT = (
    N_("The office is set up"),
    N_("One step is left"),
    N_("Two steps are left"),
    N_("Three steps are left"),
    N_("Four steps are left"),
    N_("Five steps are left"),
    N_("Six steps are left"),
    N_("Seven steps are left"),
)


def state(code: StepState) -> str:
    return _(STATES[code])


def heading(left: int) -> str:
    """How many steps are left."""
    return _(_LEFT[left])
