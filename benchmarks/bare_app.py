"""A Flask application that is not ours, and does nothing of what ours does.

The baseline of pages that are rendered.

It prints 50 rows of four cells from a list, by one template.
"""

from __future__ import annotations

from flask import Flask, render_template
from jinja2 import DictLoader

TEMPLATE = """<!doctype html>
<html lang="en">
  <head><title>Items</title></head>
  <body>
    <h1>Items</h1>
    <table>
      {% for row in rows %}
      <tr>
        <td>{{ row.number }}</td><td>{{ row.title }}</td>
        <td>{{ row.unit }}</td><td>{{ row.answer }}</td>
      </tr>
      {% endfor %}
    </table>
  </body>
</html>
"""
ROWS = [
    {
        "number": f"nbi-{number}",
        "title": f"Print a guide to pensions in {number} languages",
        "unit": "Center for Member Benefits",
        "answer": "Carried out. No change has been shown yet.",
    }
    for number in range(1, 51)
]

app = Flask("bare")
app.jinja_loader = DictLoader({"rows.html": TEMPLATE})


@app.get("/")
def rows() -> str:
    return render_template("rows.html", rows=ROWS)
