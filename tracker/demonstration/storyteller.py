"""Makes a cue of each step of an item's story: the day of the act, and the act itself.

The stories are in stories/; what each step does is in office_acts.py and staff_acts.py. The cues of
all items are put in the order of their days, and done, in union.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from . import office_acts, staff_acts, steps
from .calendar import days_after
from .scenes import Cue, Scene, World
from .steps import ItemStory, Step

Act = Callable[[Scene, date], None]  # what is done in a scene, and the day on which it is recorded


def story_cues(world: World, story: ItemStory) -> Iterator[Cue]:
    """All that happens to an item after it was entered."""
    for step in story.steps:
        match step:
            case steps.EntryStep():
                yield from _entry_cues(world, story, step)
            case steps.OutcomeStep():
                yield from _outcome_cues(world, story, step)
            case steps.DecisionStep():
                yield _decision_cue(world, story, step)
            case steps.WithholdingStep():
                yield from _withholding_cues(world, story, step)
            case _:
                yield _same_day_cue(world, story, step)


def _entry_cues(world: World, story: ItemStory, step: steps.EntryStep) -> Iterator[Cue]:
    """An entry is logged, and then sent back, withdrawn, released, or left waiting."""
    happened_on = _day_of(world, story, step)

    def log(scene: Scene, day: date) -> None:
        staff_acts.log(world, scene, step, happened_on, day)

    def send_back(scene: Scene, day: date) -> None:
        staff_acts.send_back(world, scene, step, day)

    def withdraw(scene: Scene, day: date) -> None:
        staff_acts.withdraw(world, scene, step, day)

    def release(scene: Scene, day: date) -> None:
        staff_acts.release(world, scene, step, day)

    yield _cue(world, story, step, step.recorded_after, log)
    if step.sent_back:
        yield _cue(world, story, step, step.recorded_after + 1, send_back)
    elif step.withdrawn:
        yield _cue(world, story, step, step.recorded_after + 1, withdraw)
    elif step.released_after is not None and not step.internal:
        yield _cue(world, story, step, step.recorded_after + step.released_after, release)


def _outcome_cues(world: World, story: ItemStory, step: steps.OutcomeStep) -> Iterator[Cue]:
    """An outcome is stated, then released, then confirmed, as far as the story tells."""
    observed_on = _day_of(world, story, step)

    def state(scene: Scene, day: date) -> None:
        staff_acts.state_outcome(world, scene, step, observed_on, day)

    def release(scene: Scene, day: date) -> None:
        staff_acts.release_outcome(world, scene, step, day)

    def confirm(scene: Scene, day: date) -> None:
        staff_acts.confirm_outcome(world, scene, step, day)

    yield _cue(world, story, step, step.recorded_after, state)
    if step.released_after is None:
        return
    yield _cue(world, story, step, step.released_after, release)
    if step.confirmed_after is not None:
        yield _cue(world, story, step, step.confirmed_after, confirm)


def _decision_cue(world: World, story: ItemStory, step: steps.DecisionStep) -> Cue:
    decided_on = _day_of(world, story, step)

    def decide(scene: Scene, day: date) -> None:
        office_acts.decide(world, scene, step, decided_on, day)

    return _cue(world, story, step, step.recorded_after, decide)


def _withholding_cues(world: World, story: ItemStory, step: steps.WithholdingStep) -> Iterator[Cue]:
    def withhold(scene: Scene, day: date) -> None:
        office_acts.withhold(world, scene, step, day)

    def lift(scene: Scene, day: date) -> None:
        office_acts.lift(world, scene, step, day)

    yield _cue(world, story, step, 0, withhold)
    if step.lifted_after is not None:
        yield _cue(world, story, step, step.lifted_after, lift)


def _same_day_cue(world: World, story: ItemStory, step: Step) -> Cue:
    """The cue of a step that is recorded on its own day."""

    def act(scene: Scene, day: date) -> None:
        _act_at_once(world, scene, step, day)

    return _cue(world, story, step, 0, act)


def _cue(world: World, story: ItemStory, step: Step, days_later: int, act: Act) -> Cue:
    """The cue of an act that is recorded so many days after its step.

    The scene is looked up when the cue is done: it is made only when the item is entered.
    """
    day = _day_of(world, story, step, days_later)
    return Cue(day, lambda: act(world.scenes[story.convention, story.code], day))


def _day_of(world: World, story: ItemStory, step: Step, days_later: int = 0) -> date:
    return world.calendar.working_day(story.convention, days_after(step.on, days_later))


def _act_at_once(world: World, scene: Scene, step: Step, on: date) -> None:
    match step:
        case steps.FloorStep():
            office_acts.record_floor_action(world, scene, step, on)
        case steps.FloorCorrectionStep():
            office_acts.correct_floor_action(world, scene, step, on)
        case steps.TextStep():
            office_acts.add_version(world, scene, step, on)
        case steps.NumberStep():
            office_acts.correct_number(world, scene, step, on)
        case steps.MergeStep():
            office_acts.merge(world, scene, step, on)
        case steps.AssignmentStep():
            office_acts.assign(world, scene, step, on)
        case steps.DueDateStep():
            office_acts.set_due_date(world, scene, step, on)
        case steps.EstimateStep():
            office_acts.estimate(world, scene, step, on)
        case steps.AppropriationStep():
            office_acts.appropriate(world, scene, step, on)
        case steps.ExpenseStep():
            staff_acts.spend(world, scene, step, on)
        case steps.ExplanationStep():
            staff_acts.explain(world, scene, step, on)
        case steps.ReviewStep():
            staff_acts.review(world, scene, step, on)
        case _:
            raise TypeError(step)


def meeting_cue(world: World, meeting: steps.ConfirmingMeeting) -> Cue:
    """A meeting that confirms claims of several items."""
    met_on = world.calendar.working_day(meeting.convention, meeting.on)
    recorded_on = world.calendar.working_day(
        meeting.convention, days_after(meeting.on, meeting.recorded_after)
    )
    return Cue(
        recorded_on, lambda: staff_acts.confirm_by_meeting(world, meeting, met_on, recorded_on)
    )
