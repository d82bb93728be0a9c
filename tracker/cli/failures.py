"""What a command says of an error that ends it: one sentence, with what to do."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError

from tracker.formatting import refusal_sentences, trouble_words
from tracker.rules.permissions import NotAllowed
from tracker.rules.refusals import Refused
from tracker.storage import StorageTrouble, trouble_of


def sentence_of(wrong: Exception) -> str | None:
    """Of a refusal, of the database, of a file; None of any other, which is a fault."""
    if isinstance(wrong, (Refused, NotAllowed)):
        return refusal_sentences.error_sentence(wrong)
    if isinstance(wrong, DatabaseError):
        return _of_the_database(wrong)
    if isinstance(wrong, OSError):
        return _of_a_file(wrong)
    return None


def _of_the_database(wrong: DatabaseError) -> str:
    trouble = trouble_of(wrong)
    if trouble is not None:
        return (
            f"{trouble_words.what(trouble)} What this command had not yet recorded "
            "is not on record. `tracker doctor` says more."
        )
    return (
        f"The database cannot be used ({str(wrong.orig).strip().splitlines()[0]}). "
        "`tracker doctor` says more."
    )


def _of_a_file(wrong: OSError) -> str:
    if trouble_of(wrong) is StorageTrouble.DISK_FULL:
        return (
            f"{trouble_words.what(StorageTrouble.DISK_FULL)} {wrong.filename or 'A file'} "
            "could not be written."
        )
    return (
        f"{wrong.filename or 'A file'} cannot be used ({wrong.strerror or wrong}): see to "
        "its place and its rights."
    )
