"""Puts the steps of all items in the order of their days, each as the act of a person of the union.

The stories are in stories/; what each step does is in office_acts.py and staff_acts.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from . import office_acts, staff_acts, steps
from .calendar import later
from .scenes import Cue, Scene, World
from .steps import ItemStory, Step


def story_cues(world: World, story: ItemStory) -> Iterator[Cue]:
    """All that happens to an item once its scene is there."""
    for step in story.steps:
        yield from _step_cues(world, story, step)


def _step_cues(world: World, story: ItemStory, step: Step) -> Iterator[Cue]:
    def day(days_later: int) -> date:
        return world.calendar.worked(story.convention, later(step.on, days_later))

    def cue(days_later: int, act: Callable[[Scene, date], None]) -> Cue:
        """The scene is there by then."""
        day_of_act = day(days_later)
        return Cue(day_of_act, lambda: act(world.scenes[story.convention, story.code], day_of_act))

    on = day(0)
    match step:
        case steps.EntryStep():
            yield cue(step.recorded, lambda scene, day: staff_acts.log(world, scene, step, on, day))
            if step.sent_back:
                yield cue(
                    step.recorded + 1,
                    lambda scene, day: staff_acts.send_back(world, scene, step, day),
                )
            elif step.withdrawn:
                yield cue(
                    step.recorded + 1,
                    lambda scene, day: staff_acts.withdraw(world, scene, step, day),
                )
            elif step.released is not None and not step.internal:
                yield cue(
                    step.recorded + step.released,
                    lambda scene, day: staff_acts.release(world, scene, step, day),
                )
        case steps.OutcomeStep():
            yield cue(
                step.recorded,
                lambda scene, day: staff_acts.state_outcome(world, scene, step, on, day),
            )
            if step.released is None:
                return
            yield cue(
                step.released,
                lambda scene, day: staff_acts.release_outcome(world, scene, step, day),
            )
            if step.confirmed is not None:
                yield cue(
                    step.confirmed,
                    lambda scene, day: staff_acts.confirm_outcome(world, scene, step, day),
                )
        case steps.DecisionStep():
            yield cue(
                step.recorded, lambda scene, day: office_acts.decide(world, scene, step, on, day)
            )
        case _:
            yield cue(0, lambda scene, day: _act_at_once(world, scene, step, day))


def _act_at_once(world: World, scene: Scene, step: Step, on: date) -> None:
    """The act of a step that is recorded on its own day."""
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
        case steps.WithholdingStep():
            office_acts.withhold(world, scene, step, on)
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
    met_on = world.calendar.worked(meeting.convention, meeting.on)
    recorded_on = world.calendar.worked(meeting.convention, later(meeting.on, meeting.recorded))
    return Cue(
        recorded_on, lambda: staff_acts.confirm_by_meeting(world, meeting, met_on, recorded_on)
    )
