"""What a file that somebody sent is called."""

from __future__ import annotations


def plain_name(name: str) -> str:
    """As the person calls it, without a path, a control character or a name that could deceive."""
    without_path = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(filter(str.isprintable, without_path)).strip(" .")
    head, dot, ending = plain.rpartition(".")
    if dot and head:
        return f"{head[:180]}{dot}{ending[:12]}"
    return plain[:190] or "file"
