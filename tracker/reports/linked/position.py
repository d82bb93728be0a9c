"""Where a page begins in the flow."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from .flow import Flow

Resume = dict[int, "Resume"] | None
"""As WeasyPrint says where a box goes on: the number of a child, and where that goes on."""


@dataclass(frozen=True)
class Position:
    """A place between two pages.

    `frames` of the frames around the unit begin with the page as well; `inside` is where in the
    unit the page goes on, as JSON, "" at its beginning. `forced` is the kind of break before it,
    and `page_name` the CSS name of the page.
    """

    unit: int
    frames: int = 0
    inside: str = ""
    forced: str = "any"
    page_name: str = ""

    @property
    def is_beginning(self) -> bool:
        """Whether it is the beginning of the document."""
        return self.unit == 0 and not self.inside

    @classmethod
    def from_json(cls, text: str, unit: int) -> Position:
        """Of the position that `to_json` gave, at another unit."""
        return cls(**{**json.loads(text), "unit": unit})

    def to_json(self) -> str:
        """All but the number of the unit."""
        fields = asdict(self)
        del fields["unit"]
        return json.dumps(fields, sort_keys=True)


def page_beginning(flow: Flow, unit: int) -> Position:
    """Of a unit with which the style sheet begins a page."""
    return Position(unit, flow.frames_begun(unit), forced="page")


def inside_from(resume: Resume) -> str:
    return json.dumps(resume) if resume else ""


def resume_from(inside: str) -> Resume:
    return _with_numbers(json.loads(inside)) if inside else None


def _with_numbers(value: dict[str, object] | None) -> Resume:
    """JSON has no numbers as keys."""
    if value is None:
        return None
    return {int(key): _with_numbers(child) for key, child in value.items()}  # type: ignore[arg-type]
