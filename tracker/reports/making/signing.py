"""Signs the PDF of an issued report: PAdES, as an incremental update (baseline B-B; B-T where a
time-stamp authority is set).

The field of the signature is tagged, so that the file stays PDF/A-3a and PDF/UA-1. pyHanko is
imported when it is needed, never by a web process.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tracker.clock import now
from tracker.config import Settings
from tracker.signing_key import SigningKey, content
from tracker.translation import gettext as _

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.timestamps import TimeStamper

Returned = TypeVar("Returned")

FIELD = "Signature"
SECONDS_FOR_A_TIME_STAMP = 20


class CannotSign(Exception):
    """The file could not be signed; its text says why, and what to do."""


@dataclass(frozen=True)
class Signer:
    """A key that was read, with its certificate."""

    key: SimpleSigner
    name: str  # of whom the certificate is
    issuer: str
    valid_from: datetime
    valid_until: datetime
    timestamper: TimeStamper | None = None


@dataclass(frozen=True)
class SignatureWords:
    """What a signature says of itself."""

    signed_by: str
    signature_time: datetime  # by the authority, else by this machine's clock
    authority: str | None = None  # that vouches for the time


def signer(settings: Settings) -> Signer | None:
    """None where no key is set: reports are issued unsigned, and say so.

    Raises CannotSign for a key that cannot be used.
    """
    if settings.signing_key is None:
        return None
    key, certificate = _read_key(settings.signing_key)
    return Signer(
        key=key,
        name=_name(certificate.subject.native, certificate.subject.human_friendly),
        issuer=_name(certificate.issuer.native, certificate.issuer.human_friendly),
        valid_from=certificate.not_valid_before,
        valid_until=certificate.not_valid_after,
        timestamper=_timestamper(settings.signing_key.timestamp_url),
    )


def sign(signer: Signer, path: Path) -> SignatureWords:
    """Signs the PDF, which is replaced once it is signed whole.

    Raises CannotSign; the file is as it was, then.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps import TimestampRequestError

    if not signer.valid_from <= now() <= signer.valid_until:
        raise CannotSign(
            _(
                "The certificate of the signature holds from %(from_day)s until %(until)s, not "
                "today. Set another one, or none, and ask for the files again.",
                from_day=signer.valid_from.date(),
                until=signer.valid_until.date(),
            )
        )
    part = path.with_name(f"{path.stem}.{os.getpid()}.signed.part")
    try:
        _write_signed(signer, path, part)
        words = read_signature(part)
        if words is None:
            raise CannotSign(_("The signature does not hold in the file that was signed."))
        os.replace(part, path)
    except TimestampRequestError as wrong:
        raise CannotSign(
            _(
                "The time-stamp authority did not answer as it should. The files were not made: "
                "ask for them again, or take TRACKER_TIMESTAMP_URL away."
            )
        ) from wrong
    except (PdfError, SigningError) as wrong:
        raise CannotSign(_("The file cannot be signed: %(why)s", why=wrong)) from wrong
    finally:
        part.unlink(missing_ok=True)
    return words


def read_signature(path: Path) -> SignatureWords | None:
    """What the signature of a file says; None where there is none, or where it does not hold.

    Whether the certificate can be trusted is not asked here: that is for whoever reads the file.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
    from pyhanko_certvalidator import ValidationContext

    with path.open("rb") as file:
        signatures = PdfFileReader(file).embedded_signatures
        if len(signatures) != 1:
            return None
        # The certificates of the file are trusted here: what is asked is whether its bytes are
        # those that were signed.
        certificate = signatures[0].signer_cert
        roots = [certificate]
        for stamp in extract_tst_data_iter(signatures[0].signer_info, signed=False):
            roots += [option.chosen for option in stamp["certificates"]]
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        status = _in_thread(lambda: validate_pdf_signature(signatures[0], context))
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and whole):
        return None
    name = _name(certificate.subject.native, certificate.subject.human_friendly)
    stamped = status.timestamp_validity
    if stamped is not None and stamped.intact and stamped.valid:
        subject = stamped.signing_cert.subject
        authority = _name(subject.native, subject.human_friendly)
        return SignatureWords(name, stamped.timestamp.astimezone(UTC), authority)
    by_its_clock = status.signer_reported_dt
    return SignatureWords(name, by_its_clock.astimezone(UTC)) if by_its_clock else None


def _read_key(signing_key: SigningKey) -> tuple[SimpleSigner, Certificate]:
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.keys.pemder import load_private_key_from_pemder_data
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    passphrase = signing_key.passphrase.encode() if signing_key.passphrase else None
    try:
        if signing_key.pkcs12:
            packed = content(signing_key.pkcs12)
            return _with_certificate(SimpleSigner.load_pkcs12_data(packed, [], passphrase))
        certificate, *chain = load_certs_from_pemder_data(content(signing_key.certificate or ""))
        key = load_private_key_from_pemder_data(content(signing_key.key or ""), passphrase)
        store = SimpleCertificateStore()
        store.register_multiple(chain)
        return _with_certificate(SimpleSigner(certificate, key, store))
    except (OSError, ValueError, TypeError, AttributeError) as wrong:
        raise CannotSign(
            _(
                "The key of the signature cannot be used: it is damaged, has no certificate or "
                "that of another key, or its passphrase is another one."
            )
        ) from wrong


def _with_certificate(key: SimpleSigner) -> tuple[SimpleSigner, Certificate]:
    """The key and its own certificate. Raises ValueError where there is none."""
    from cryptography.hazmat.primitives.serialization import load_der_private_key
    from cryptography.x509 import load_der_x509_certificate

    certificate = key.signing_cert
    if certificate is None:
        raise ValueError("no certificate")
    private = load_der_private_key(key.signing_key.dump(), None)
    if load_der_x509_certificate(certificate.dump()).public_key() != private.public_key():
        raise ValueError("the certificate is that of another key")
    return key, certificate


def _timestamper(url: str | None) -> TimeStamper | None:
    if url is None:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(url, timeout=SECONDS_FOR_A_TIME_STAMP)


def _name(parts: dict[str, object], whole: str) -> str:
    """The common name; without one the organisation, else all of the name."""
    for part in ("common_name", "organization_name"):
        value = parts.get(part)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return whole


def _in_thread(work: Callable[[], Returned]) -> Returned:
    """pyHanko starts an event loop, which the thread of the caller may have already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def _write_signed(signer: Signer, source: Path, target: Path) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    class Update(IncrementalPdfFileWriter):
        """The metadata stay those of the report: what is in XMP agrees with its other places."""

        def _update_meta(self) -> None:
            pass

    with source.open("rb") as file, target.open("w+b") as output:
        update = Update(file)
        field = SigFieldSpec(
            FIELD,
            on_page=-1,
            readable_field_name=_("Signature of %(name)s", name=signer.name),
        )
        append_signature_field(update, field)
        _tag_field(update)
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            subfilter=SigSeedSubFilter.PADES,
            name=signer.name,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        pdf_signer = PdfSigner(metadata, signer.key, timestamper=signer.timestamper)
        _in_thread(lambda: pdf_signer.sign_pdf(update, existing_fields_only=True, output=output))


def _tag_field(update: IncrementalPdfFileWriter) -> None:
    """Puts the widget of the field into the structure: a Form element at the end of the document,
    whose one child is the widget (PDF/UA-1, 7.18.4).
    """
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, pdf_name

    tree = update.root["/StructTreeRoot"]
    document = tree["/K"][0] if isinstance(tree["/K"], ArrayObject) else tree["/K"]
    widget_reference = update.root["/AcroForm"]["/Fields"].raw_get(-1)
    widget = widget_reference.get_object()
    page = widget.raw_get("/P")
    element = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): _reference(document),
            pdf_name("/Pg"): page,
            pdf_name("/K"): DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/OBJR"),
                    pdf_name("/Obj"): widget_reference,
                    pdf_name("/Pg"): page,
                }
            ),
        }
    )
    reference = update.add_object(element)
    children = document["/K"]
    if isinstance(children, ArrayObject):
        children.append(reference)
        update.update_container(children)
    else:
        document[pdf_name("/K")] = ArrayObject([document.raw_get("/K"), reference])
    update.update_container(document)
    key = NumberObject(_next_key(tree["/ParentTree"]))
    widget[pdf_name("/StructParent")] = key
    _add_parent(update, tree, key, reference)
    page_object = page.get_object()
    page_object[pdf_name("/Tabs")] = pdf_name("/S")
    update.mark_update(page)


def _reference(value: DictionaryObject) -> IndirectObject:
    from pyhanko.pdf_utils.generic import IndirectObject, Reference

    place = value.container_ref
    if not isinstance(place, Reference):
        raise CannotSign(_("The structure of the file cannot be read."))
    return IndirectObject(place.idnum, place.generation, place.pdf)


def _next_key(parents: DictionaryObject) -> int:
    """A number that no page and no annotation has in the tree of parents yet."""
    if "/Nums" in parents:
        return max((int(key) for key in list(parents["/Nums"])[::2]), default=-1) + 1
    return max(int(kid.get_object()["/Limits"][1]) for kid in parents["/Kids"]) + 1


def _add_parent(
    update: IncrementalPdfFileWriter,
    tree: DictionaryObject,
    key: int,
    element: IndirectObject,
) -> None:
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, pdf_name

    parents = tree["/ParentTree"]
    if "/Nums" in parents:
        numbers = parents["/Nums"]
        numbers.extend([key, element])
        update.update_container(numbers)
    else:
        leaf = {
            pdf_name("/Limits"): ArrayObject([key, key]),
            pdf_name("/Nums"): ArrayObject([key, element]),
        }
        kids = parents["/Kids"]
        kids.append(update.add_object(DictionaryObject(leaf)))
        update.update_container(kids)
    if "/ParentTreeNextKey" in tree:
        tree[pdf_name("/ParentTreeNextKey")] = NumberObject(key + 1)
        update.update_container(tree)
