"""Long work that no page waits for: what was asked (table), how the worker is woken (queue), who
does it (worker).

The work itself is not here.
"""
