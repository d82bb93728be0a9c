"""The demonstration: a made-up union with two years of history, written by the same acts as a real
record.

It knows nothing of the command.

For the command `demo [--reset]`, inside the application's context:

- `is_empty(session)`: no body is on record, so that a demonstration may be loaded;
- `is_demonstration(session)`: every body on record is made up, so that `--reset` may throw the
  instance's record away;
- `load(session, now, settings)`: writes all, dates relative to the day of `now`, files into
  `settings.files`, and gives back the accounts with
  their passwords, which are random and kept nowhere else. Raises `NotEmpty` where something is on
  record. It flushes; the caller commits;
- `mail_links(session, now, settings)`: who was invited gets a link, and a mail that only shows on
  the page of outgoing mail;
- `age(session, now)`: how long ago it was loaded.

To add an item, see `stories/`: an item is its texts and its steps, in the words of `steps.py`.
"""

from __future__ import annotations

from .accounts import DemoAccount, mail_links
from .loading import NotEmpty, age, is_demonstration, is_empty, load

__all__ = ["DemoAccount", "NotEmpty", "age", "is_demonstration", "is_empty", "load", "mail_links"]
