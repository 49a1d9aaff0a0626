"""Trust: whether a server that shows too few certificates is the one that it says it is.

A server has to show the certificates between its own and a root that its clients know (RFC 8446, section 4.4.2). Many
do not, and nobody notices, since browsers fetch what is missing from where its certificate says (RFC 5280, section
4.2.2.1). So do we; then the key of the server's own certificate is pinned, and all else about it is known.
"""

import binascii
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import AuthorityInformationAccessOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

STEPS: Final = 3
"""Certificates that are fetched for one server at most."""

Certificates = Sequence[x509.Certificate]


async def pin(
    host: str,
    shown: Certificates,
    roots: Path,
    fetch: Callable[[str], Awaitable[bytes]],
    now: datetime,
) -> str:
    """Return the pin of a server's key as libcurl wants it, empty where it cannot be trusted.

    ``shown`` are the certificates that it has shown, its own first; ``fetch`` returns what is at an address, nothing
    where it cannot be had.
    """
    known = list(shown)
    for _ in range(STEPS):
        place = _issuer_at(known[-1])
        found = _read(await fetch(place)) if place else []
        if not found:
            return ""
        known.extend(found)
        if _is_valid(host, known, roots, now):
            return _pin(known[0])
    return ""


def read_pem(texts: Iterable[str]) -> list[x509.Certificate]:
    """Read certificates as libcurl tells of them."""
    return [x509.load_pem_x509_certificate(text.encode()) for text in texts]


def _issuer_at(certificate: x509.Certificate) -> str:
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return ""
    places = (one.access_location for one in access if one.access_method == AuthorityInformationAccessOID.CA_ISSUERS)
    urls = (place.value for place in places if isinstance(place, x509.UniformResourceIdentifier))
    return next((url for url in urls if url.startswith("http://")), "")


def _read(data: bytes) -> list[x509.Certificate]:
    """Read what is published of an issuer: one certificate, or a bundle of them, in either notation."""
    for read in (_der, x509.load_pem_x509_certificates, pkcs7.load_der_pkcs7_certificates):
        try:
            return list(read(data))
        except ValueError:
            continue
    return []


def _der(data: bytes) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(data)]


def _is_valid(host: str, known: Certificates, roots: Path, now: datetime) -> bool:
    builder = PolicyBuilder().store(_store(roots)).time(now)
    try:
        builder.build_server_verifier(x509.DNSName(host)).verify(known[0], list(known[1:]))
    except (VerificationError, ValueError):
        return False
    return True


@cache
def _store(roots: Path) -> Store:
    return Store(x509.load_pem_x509_certificates(roots.read_bytes()))


def _pin(certificate: x509.Certificate) -> str:
    encoding, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    digest = hashes.Hash(hashes.SHA256())
    digest.update(certificate.public_key().public_bytes(encoding, form))
    return f"sha256//{binascii.b2a_base64(digest.finalize(), newline=False).decode()}"
