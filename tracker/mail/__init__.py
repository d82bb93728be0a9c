"""Mail: the one way out.

What causes a mail writes it to the outbox, in its own transaction (`outbox.send`); the worker sends
it (`delivery`), through `server`. What a mail says is a template (`messages`). The table is in
`record.outgoing_mail`, the pauses between tries in `rules.mail_retries`.
"""
