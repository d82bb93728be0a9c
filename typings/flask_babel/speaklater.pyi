"""Words that are translated when they are shown."""

from collections.abc import Callable

class LazyString(str):
    def __new__(cls, func: Callable[..., str], string: str, **variables: object) -> LazyString: ...
