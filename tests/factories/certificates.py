"""Made-up keys and certificates for signatures of reports, and a made-up time-stamp authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import keys, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

OFFICE = "Governance office (made up)"
AUTHORITY = "Time-stamp authority (made up)"
PASSPHRASE = "open sesame"


@dataclass(frozen=True)
class MadeUpKey:
    key: rsa.RSAPrivateKey
    certificate: pyca.Certificate

    def key_pem(self, passphrase: str = "") -> bytes:
        how = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)

    @property
    def certificate_pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def packed(self, passphrase: str = PASSPHRASE) -> bytes:
        """As PKCS#12."""
        how = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return pkcs12.serialize_key_and_certificates(
            b"tracker", self.key, self.certificate, None, how
        )


def made_up_key(
    name: str = OFFICE, *, days: int = 365, since: int = 4000, time_stamps: bool = False
) -> MadeUpKey:
    """A key whose certificate began `since` days ago and holds for `days` more."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = pyca.Name([pyca.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        pyca.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(pyca.random_serial_number())
        .not_valid_before(now - timedelta(days=since))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(
            pyca.KeyUsage(True, True, False, False, False, False, False, False, False), True
        )
    )
    if time_stamps:
        usage = pyca.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, True)
    return MadeUpKey(key, builder.sign(key, hashes.SHA256()))


def made_up_authority() -> DummyTimeStamper:
    made_up = made_up_key(AUTHORITY, time_stamps=True)
    private = made_up.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        x509.Certificate.load(made_up.certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(private),
    )
