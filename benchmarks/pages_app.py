"""The application under load, with two routes beside it as baselines: one without a database, one bare page of 50 rows."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import sqlalchemy as sa
from flask import render_template_string

from tracker import config, create_app
from tracker.accounts.access import open_to_all
from tracker.extensions import db
from tracker.record.items import Item, Version
from tracker.record.ledger import Text

BARE = """<!doctype html><html lang="en"><title>Bare</title><h1>Items</h1><table>
{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.kind }}</td><td>{{ row.words }}</td></tr>{% endfor %}</table></html>"""
ROWS = (
    sa.select(Item.number, Item.kind, Text.words)
    .join(Version, Version.item_id == Item.id)
    .join(Text, Text.digest == Version.title)
    .limit(50)
)

app = create_app(config.read(Path(os.environ["TRACKER_INSTANCE"])))


@app.get("/bench/hello/nothing/here")
@open_to_all
def hello() -> str:
    return "hello"


@app.get("/bench/bare/fifty/rows")
@open_to_all
def bare() -> str:
    return render_template_string(BARE, rows=db.session.execute(ROWS).all())


with app.test_client() as client:
    client.get("/")  # warm
gc.collect()
gc.freeze()
