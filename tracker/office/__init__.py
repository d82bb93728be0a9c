"""Pages of the office: its start page, conventions, reports, people and roles, units and
delegations, funds and kinds, settings, the log of security.
"""

from __future__ import annotations

from flask import Flask

from tracker import masthead
from tracker.accounts.access import actor_in, is_permitted_anywhere
from tracker.rules.permissions import Permission, is_permitted, is_permitted_somewhere
from tracker.translation import lazy_gettext as _l

from . import (  # noqa: F401  (their pages are of the blueprint)
    funds,
    history,
    kinds,
    leaving,
    lists_out,
    mail,
    outside,
    rosters,
    security,
    setting_up,
    settings,
    trials,
    views,
)
from .blueprint import office
from .conventions import convention_page, new_convention  # noqa: F401
from .imports import on_record  # noqa: F401
from .imports import views as import_views  # noqa: F401
from .imports import words as words_of_lists  # noqa: F401
from .items import corrections, fill_in, item, new_item, withholding  # noqa: F401
from .meetings import desk, meeting_pages  # noqa: F401
from .people import people_list, person, person_name, second_factors  # noqa: F401
from .publications import editions, going_public, members_code, who_reads  # noqa: F401
from .reports import issuing, report_page  # noqa: F401


def init_app(app: Flask) -> None:
    """Registers the pages, and in the navigation the link to the start page for those who have
    something there."""
    app.register_blueprint(office)
    app.jinja_env.globals.update(
        may_govern=may_govern,
        may_assign=may_assign,
        reads_history=reads_history,
        history_address=history.history_address,
    )
    masthead.offer(app, "office.home", _l("Office"), has_a_start_page)
    masthead.offer(app, "office.all_meetings", _l("Meetings"), governs_anywhere)


def has_a_start_page() -> bool:
    return is_permitted_anywhere(Permission.READ_ALL, Permission.ADMINISTER)


def governs_anywhere() -> bool:
    return is_permitted_anywhere(Permission.GOVERN)


def may_govern(body_id: int) -> bool:
    return is_permitted(actor_in(body_id), Permission.GOVERN)


def reads_history(body_id: int) -> bool:
    return is_permitted(actor_in(body_id), Permission.READ_ALL)


def may_assign(body_id: int) -> bool:
    """Whether there can be an item that this person gives to somebody."""
    return is_permitted_somewhere(actor_in(body_id), Permission.ASSIGN)
