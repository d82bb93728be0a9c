"""The application as a WSGI server finds it.

`tracker.wsgi:app`, of the instance that TRACKER_INSTANCE names (./instance unless it does).
"""

from __future__ import annotations

import os
from pathlib import Path

from . import config, logs
from .application import create_app
from .installation.serve import warm_up

logs.configure()
app = create_app(config.read(Path(os.environ.get("TRACKER_INSTANCE") or "instance")))
warm_up(app)
