"""Finding items by words: an index that is written with each act, and what it is asked.

Who shows what was found is `reading.find`.
"""

from . import index

__all__ = ["index"]
