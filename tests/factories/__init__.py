"""What tests are made of, so that a test says only what matters to it.

- `records`: valid rows, written by the acts: a body, a convention, an item, evidence.
- `facts`: the plain facts that the rules read, without a database.
- `recorded_union`: a union without accounts, written act by act, each on its day.
- `scenes`: that union with a correction and an entry that waits; an empty and a closed body.
- `staffed_union`: an application with people of every role, and a client for each of them.
- `import_office`: an office that imports lists, from bytes to the record.
- `everything`: one fact of each kind, each of its columns filled.

Random histories are played by `tests.record.player`, histories in words by `tests.record.story`.
"""
