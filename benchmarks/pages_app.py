"""The application under load, with one route beside it as a baseline.

It says hello, without a database.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

from tracker import config, create_app
from tracker.accounts.access import open_to_all

app = create_app(config.read(Path(os.environ["TRACKER_INSTANCE"])))


@app.get("/bench/hello/nothing/here")
@open_to_all
def hello() -> str:
    return "hello"


with app.test_client() as client:
    client.get("/")  # warm
gc.collect()
gc.freeze()
