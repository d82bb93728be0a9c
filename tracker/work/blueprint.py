"""The blueprint of staff's pages, to which the modules of views add theirs, and what they share."""

from __future__ import annotations

from flask import Blueprint

from tracker.rules.permissions import Permission

work = Blueprint("work", __name__)

ITEM_ADDRESS = "/my-work/<body>/<convention_slug>/<spelling>"
WORK_PERMISSIONS = (Permission.LOG, Permission.RELEASE, Permission.CONFIRM)
READING_PERMISSIONS = (*WORK_PERMISSIONS, Permission.READ_ALL)
"""Who works, and who reads all of it and changes nothing."""
LOAD_PERMISSIONS = (Permission.ASSIGN, Permission.READ_ALL)
