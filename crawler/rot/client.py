"""A client: one HTTP request at a time, over libcurl, to addresses that may be connected to.

Scrapy's engine takes 0.31 s of CPU time for 1,000 requests before any HTTP is spoken, Twisted's client half a second
more; this takes 0.09 (docs/architecture.md). What libcurl speaks is what its users' browsers would get: it heeds no
proxy, follows no redirect and resolves no name by itself.
"""

import socket
import ssl
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import certifi
import pycurl

from crawler.address import AddressPolicy
from crawler.condition import CODINGS
from crawler.fetch import Failure, MayPass, Problem, Unanswered
from crawler.rot.diagnosis import READABLE, problem_of
from crawler.rot.reply import Body, Reply, headers_of

_MAY_PASS: Final = frozenset(
    {Failure.DNS_TROUBLE, Failure.REFUSED, Failure.RESET, Failure.TIMEOUT, Failure.UNREACHABLE}
)
_NO_ISSUER: Final = frozenset((20, 21))  # X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, _TO_VERIFY_LEAF_SIGNATURE


class Client:
    """Connections to many hosts, kept open while they may be of use."""

    def __init__(self, policy: AddressPolicy, user_agent: str, timeout: float, connections: int) -> None:
        self.multi = pycurl.AsyncCurlMulti()
        self.multi.setopt(pycurl.M_MAXCONNECTS, 4 * connections)
        self.policy = policy
        self.idle: list[Line] = []
        self.options = _options(user_agent, timeout)
        self.roots = Path(self.options[pycurl.CAINFO])

    def line(self) -> "Line":
        """Return a line for one chain of requests, which share cookies."""
        return self.idle.pop() if self.idle else Line(self)

    async def certificates(self, url: str, addresses: Sequence[str]) -> list[str]:
        """Return the certificates that a server shows, trusted or not, in PEM, its own first; none if it shows none."""
        line = Line(self)
        options = {pycurl.CONNECT_ONLY: 1, pycurl.OPT_CERTINFO: 1, pycurl.SSL_VERIFYPEER: 0, pycurl.SSL_VERIFYHOST: 0}
        for option, value in options.items():
            line.handle.setopt(option, value)
        line.point(url, addresses)
        try:
            await self.multi.perform(line.handle)
            told = line.handle.getinfo(pycurl.INFO_CERTINFO)
        except pycurl.error:
            return []
        return [value for certificate in told for name, value in certificate if name == "Cert"]

    async def close(self) -> None:
        """Close all connections."""
        await self.multi.aclose()


def _options(user_agent: str, timeout: float) -> dict[int, Any]:
    return {
        pycurl.USERAGENT: user_agent,
        pycurl.ACCEPT_ENCODING: ", ".join(CODINGS),
        pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
        pycurl.COOKIEFILE: "",  # cookies, but none from a file
        pycurl.PROXY: "",  # none from the environment either: proxies resolve names, past our guard
        pycurl.NOPROXY: "*",
        pycurl.NETRC: 0,
        pycurl.NOSIGNAL: 1,
        pycurl.CAINFO: ssl.get_default_verify_paths().cafile or certifi.where(),
        pycurl.TIMEOUT_MS: int(timeout * 1000),
        pycurl.CONNECTTIMEOUT_MS: int(timeout * 1000),
    }


class Line:
    """One handle of libcurl, used for one chain of requests after the other. Each uses it as a context manager.

    ``is_connected`` says of the last request that there was a connection, whatever became of it.
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.refused = ""
        self.is_connected = False
        self.cookies: list[str] = []
        self.headers: Mapping[str, str] = {}
        self.way: tuple[bool, bool] | None = None
        self.is_pinned = False
        self.handle = pycurl.Curl()
        for option, value in client.options.items():
            self.handle.setopt(option, value)
        self.handle.setopt(pycurl.OPENSOCKETFUNCTION, self._open)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        is_idle = kind is None or isinstance(error, Exception)  # not cancelled in the middle of a transfer
        if is_idle and not self.is_pinned:
            self.handle.setopt(pycurl.COOKIELIST, "ALL")
            self.cookies = []
            self.client.idle.append(self)

    def has_new_cookies(self) -> bool:
        """Tell whether there are other cookies than when this was asked before."""
        before, self.cookies = self.cookies, self.handle.getinfo(pycurl.INFO_COOKIELIST)
        return before != self.cookies

    async def ask(
        self,
        url: str,
        addresses: Sequence[str],
        headers: Mapping[str, str],
        most: int,
        *,
        head: bool = False,
        fresh: bool = False,
    ) -> Reply:
        """Ask for one URL, of a host that is at these addresses, and keep up to ``most`` bytes of the answer.

        ``head`` asks for its headers only, ``fresh`` over a new connection. Raises `Unanswered`, or `MayPass` where
        another attempt makes sense.
        """
        lines: list[bytes] = []
        body = Body(most, lines)
        self._prepare(url, addresses, headers, head=head, fresh=fresh)
        self.handle.setopt(pycurl.HEADERFUNCTION, lines.append)
        self.handle.setopt(pycurl.WRITEFUNCTION, body)
        code, message = pycurl.E_OK, ""
        try:
            await self.client.multi.perform(self.handle)
        except pycurl.error as error:
            code, message = error.args
        self.is_connected = bool(lines) or self.handle.getinfo(pycurl.CONNECT_TIME) > 0
        status = self.handle.getinfo(pycurl.RESPONSE_CODE)
        if code == pycurl.E_OK:
            return Reply(status, headers_of(lines), bytes(body.kept), is_whole=not body.is_full)
        if status and body.size and (body.is_full or code in READABLE):
            return Reply(status, headers_of(lines), bytes(body.kept), is_whole=False)
        raise self._failure(code, message)

    def _prepare(
        self, url: str, addresses: Sequence[str], headers: Mapping[str, str], *, head: bool, fresh: bool
    ) -> None:
        handle = self.handle
        self.point(url, addresses)
        handle.setopt(pycurl.REQUEST_TARGET, _target(url))
        # Most requests are like those before them, and every option takes its time.
        if headers != self.headers:
            self.headers = headers
            handle.setopt(pycurl.HTTPHEADER, [f"{name}: {value}".encode("latin-1") for name, value in headers.items()])
        if (head, fresh) != self.way:
            self.way = (head, fresh)
            handle.setopt(pycurl.NOBODY if head else pycurl.HTTPGET, 1)
            handle.setopt(pycurl.FRESH_CONNECT, fresh)

    def point(self, url: str, addresses: Sequence[str]) -> None:
        """Point the handle at a URL, of a host that is at these addresses."""
        self.handle.setopt(pycurl.URL, url)
        if place := _place(url, addresses):
            self.handle.setopt(pycurl.RESOLVE, [place])
        self.refused = ""

    def trust(self, pin: str) -> None:
        """Trust a server by the pin of its key, not by its certificates, for as long as the line is in use."""
        self.handle.setopt(pycurl.SSL_VERIFYPEER, 0)
        self.handle.setopt(pycurl.PINNEDPUBLICKEY, pin)
        self.is_pinned = True

    @property
    def lacks_issuer(self) -> bool:
        """Whether the last server has shown a certificate whose issuer is not known."""
        return self.handle.getinfo(pycurl.SSL_VERIFYRESULT) in _NO_ISSUER

    def _open(self, _purpose: int, address: Any) -> Any:
        """Open a socket to an address that may be connected to: the last to look, whatever was looked up before."""
        self.refused = self.client.policy.objection(*address.addr[:2])
        if self.refused:
            return pycurl.SOCKET_BAD
        return socket.socket(address.family, address.socktype, address.protocol)

    def _failure(self, code: int, message: str) -> Unanswered:
        if self.refused:
            return Unanswered(Problem(Failure.UNSAFE, self.refused))
        system = int(self.handle.getinfo(pycurl.OS_ERRNO))
        problem = problem_of(code, message, system, connected=self.is_connected)
        # What an answer before it has left behind on a connection is no answer.
        is_leftover = problem.failure is Failure.PROTOCOL and self.handle.getinfo(pycurl.NUM_CONNECTS) == 0
        return MayPass(problem) if problem.failure in _MAY_PASS or is_leftover else Unanswered(problem)


def _target(url: str) -> str:
    """Return what is asked of a host, as it is written: libcurl would write escapes in its own way."""
    rest = url.partition("://")[2]
    at = min((at for at in (rest.find("/"), rest.find("?")) if at >= 0), default=len(rest))
    return rest[at:] if rest[at : at + 1] == "/" else f"/{rest[at:]}"


def _place(url: str, addresses: Sequence[str]) -> str:
    """Return where libcurl is to find the host of a URL."""
    scheme, _, rest = url.partition("://")
    netloc = rest.partition("/")[0].partition("?")[0]
    if netloc.startswith("[") or not addresses:
        return ""
    host, _, port = netloc.partition(":")
    if addresses == (host,):
        return ""
    listed = ",".join(f"[{address}]" if ":" in address else address for address in addresses)
    return f"{host}:{port or (443 if scheme == 'https' else 80)}:{listed}"
