"""Certificates: an authority that the crawler is told to trust, and what servers show that it must not."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)
KEY = ec.generate_private_key(ec.SECP256R1())
AUTHORITY = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the stage")])


def contexts(folder: Path, names: list[str]) -> dict[str, ssl.SSLContext]:
    """Write ``authority.pem`` and return what servers of these names speak TLS with, by what is wrong with it."""
    now = datetime.now(UTC)
    authority = _built(AUTHORITY, now - DAY, now + DAY, is_authority=True)
    (folder / "authority.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nobody")])
    found = {
        "good": _context(folder / "good.pem", _built(AUTHORITY, now - DAY, now + DAY, names)),
        "expired": _context(folder / "expired.pem", _built(AUTHORITY, now - 2 * DAY, now - DAY, names)),
        "early": _context(folder / "early.pem", _built(AUTHORITY, now + DAY, now + 2 * DAY, names)),
        "other": _context(folder / "other.pem", _built(AUTHORITY, now - DAY, now + DAY, ["elsewhere.test"])),
        "self": _context(folder / "self.pem", _built(own, now - DAY, now + DAY, names)),
        "old": _context(folder / "good.pem", None),
    }
    found["old"].set_ciphers("ALL:@SECLEVEL=0")
    found["old"].minimum_version = found["old"].maximum_version = ssl.TLSVersion.TLSv1
    return found


def _built(
    issuer: x509.Name, begin: datetime, end: datetime, names: list[str] | None = None, *, is_authority: bool = False
) -> x509.Certificate:
    subject = issuer if is_authority else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stage")])
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(KEY.public_key())
    built = built.serial_number(x509.random_serial_number()).not_valid_before(begin).not_valid_after(end)
    built = built.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    if names:
        listed = [x509.DNSName(name) for name in names]
        built = built.add_extension(x509.SubjectAlternativeName(listed), critical=False)
    return built.sign(KEY, hashes.SHA256())


def _context(file: Path, certificate: x509.Certificate | None) -> ssl.SSLContext:
    if certificate:
        form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        key = KEY.private_bytes(serialization.Encoding.PEM, form, plain)
        file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
