"""Certificates: a host with one that does not hold for it cannot be told, whatever it says."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

SIGNS = 5
"""The position of "certificates" among what a key may be used for (RFC 5280, section 4.2.1.3)."""

PAGE = b"<title>Pier</title><h1>Pier</h1>"


class Authority:
    """Signs certificates; one that another signs is an intermediate."""

    def __init__(self, name, parent=None):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        constraints = (x509.BasicConstraints(ca=True, path_length=None), True)
        usage = (x509.KeyUsage(*(position == SIGNS for position in range(9))), True)
        self.certificate = sign(parent or self, self.name, self.key.public_key(), [constraints, usage])

    def server(self, folder, host, *, chain=(), days=1, issuer_at=""):
        """Return the TLS context of a server for a host, which shows a chain of certificates beside its own."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = (x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        usage = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        extensions = [names, usage]
        if issuer_at:
            place = x509.UniformResourceIdentifier(issuer_at)
            access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
            extensions.append((x509.AuthorityInformationAccess([access]), False))
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        own = sign(self, subject, key.public_key(), extensions, days)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file = folder / f"{host}-{days}-{len(chain)}.pem"
        file.write_bytes(b"".join([pem(own), *(pem(one.certificate) for one in chain), private]))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def sign(authority, subject, public_key, extensions, days=1):
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(authority.name).public_key(public_key)
    built = built.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=9))
    built = built.not_valid_after(now + timedelta(days=days))
    identifiers = [
        (x509.SubjectKeyIdentifier.from_public_key(public_key), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), False),
    ]
    for extension, critical in [*extensions, *identifiers]:
        built = built.add_extension(extension, critical=critical)
    return built.sign(authority.key, hashes.SHA256())


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def page(connection):
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PAGE)}\r\n\r\n"
    connection.sendall(head.encode() + PAGE)


CASES = {
    "trusted.example": ("ok", "alive", ""),
    "chain.example": ("ok", "alive", ""),
    "incomplete.example": ("ok", "alive", "its certificate chain is incomplete"),
    "expired.example": ("tls-failure", "unsure", "expired"),
    "another.example": ("tls-failure", "unsure", "name"),
    "own.example": ("tls-failure", "unsure", "self-signed"),
    "unknown-issuer.example": ("tls-failure", "unsure", "issuer"),
    "no-tls.example": ("tls-failure", "unsure", ""),
}


@pytest.fixture(scope="module")
def found(raw, shared_hosts, recrawl, live, names, findings, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trust")
    root, stranger = Authority("Root"), Authority("Stranger")
    middle = Authority("Middle", parent=root)
    (folder / "root.pem").write_bytes(pem(root.certificate))
    der = middle.certificate.public_bytes(serialization.Encoding.DER)
    shared_hosts.add("issuers.example", lambda call: call.say(200, der, "application/pkix-cert"))
    issuer_at = f"http://issuers.example:{shared_hosts.port}/middle.cer"
    lonely = Authority("Lonely")
    contexts = {
        "trusted.example": root.server(folder, "trusted.example"),
        "chain.example": middle.server(folder, "chain.example", chain=[middle]),
        "incomplete.example": middle.server(folder, "incomplete.example", issuer_at=issuer_at),
        "expired.example": root.server(folder, "expired.example", days=-1),
        "another.example": root.server(folder, "elsewhere.example"),
        "own.example": own_context(folder),
        "unknown-issuer.example": stranger.server(folder, "unknown-issuer.example", chain=[lonely]),
        "no-tls.example": None,
    }
    urls = {f"https://{host}:{raw(page, context)}/pier": host for host, context in contexts.items()}
    (folder / "urls.txt").write_text("\n".join(urls))
    known = dict.fromkeys([*CASES, "issuers.example"], "127.0.0.1")
    environment = names(**known) | {"SSL_CERT_FILE": str(folder / "root.pem")}
    options = ("--urls", folder / "urls.txt", "--format", "tsv", "--strikes", "1", "--state", folder / "state")
    result = recrawl("check", *options, *live, **environment)
    return {urls[url]: finding for url, finding in findings(result.out).items()}


def own_context(folder):
    key = Authority("own.example")
    file = folder / "own.pem"
    private = key.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(pem(key.certificate) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@pytest.mark.parametrize("host", CASES)
def test_what_a_certificate_says_of_its_host(host, found):
    state, verdict, _, reason = found[host]
    assert (state, verdict) == CASES[host][:2], reason
    assert CASES[host][2] in reason.lower()
