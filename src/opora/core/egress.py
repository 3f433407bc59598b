"""The only outgoing HTTP of the product: one page asked by its address, bounded in time and size, never of an inner network.

Nothing leaves the machine unless an operator has turned it on (OPORA_EGRESS). An address is judged when it is connected
to, on every hop, and the very address that was judged is connected to: neither a redirect nor a name that changes its
mind leads inside.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import httpcore2
import httpx2
from django.conf import settings

from opora.core.addresses import full_address

SECONDS: Final = 15.0
MOST_BYTES: Final = 2 * 1024 * 1024
MOST_REDIRECTS: Final = 5
_MOST_TRIED: Final = 3
_READ: Final = re.compile(r"text/|application/xhtml|^$", re.IGNORECASE)
_META: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,20})", re.IGNORECASE)
_CHARSETS: Final = frozenset(
    {"utf-8", "utf8", "windows-1251", "cp1251", "koi8-r", "iso-8859-5", "iso-8859-1", "us-ascii", "utf-16"}
)
# `ipaddress` calls NAT64, 6to4 and multicast global: this is our own table of what is never asked.
_CLOSED_V4: Final = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Of IPv6 only unicast that is routed at all, without tunnels that carry an IPv4 address inside.
_OPEN_V6: Final = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6: Final = tuple(
    ipaddress.IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)

OFF, INNER, SILENT, TLS = "off", "inner", "silent", "certificate"
REDIRECTS, LARGE, LATE, ADDRESS = "redirects", "large", "late", "address"
WORDS: Final[dict[str, str]] = {
    OFF: "Проверка адресов выключена.",
    INNER: "Это внутренний адрес: он не запрашивается.",
    SILENT: "Сайт не отвечает.",
    TLS: "Сайт не открывается: ошибка сертификата.",
    REDIRECTS: "Слишком много перенаправлений.",
    LARGE: "Слишком большой ответ: больше 2 МБ.",
    LATE: "Сайт не отвечает: ответа нет 15 секунд.",
    ADDRESS: "Адрес не подходит: нужен http:// или https:// без имени и пароля, обычный порт.",
}


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open network, by our own table."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in net for net in _CLOSED_V4)
    return ip in _OPEN_V6 and not any(ip in net for net in _CLOSED_V6)


@dataclass(frozen=True, slots=True)
class Gate:
    """What may be connected to and for how long; another one than the default is only for tests of a local server."""

    is_allowed: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443})
    seconds: float = SECONDS


PUBLIC: Final = Gate()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: `why` is empty when the site answered, else a code of WORDS.

    `address` is the last one asked, `text` is the page decoded; a file that is not a text has none, `kind` names it.
    """

    address: str
    status: int = 0
    kind: str = ""
    text: str = ""
    why: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether the site gave the page and not a refusal of its own."""
        return not self.why and self.status < 400

    @property
    def words(self) -> str:
        """In Russian, why there is no page; empty when there is."""
        if self.why:
            return WORDS[self.why]
        return "" if self.status < 400 else f"Сайт ответил отказом (код {self.status})."


class _Closed(Exception):
    """The address, the time or the size is not allowed; `why` is a code of WORDS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def is_on() -> bool:
    """Whether the operator allowed the product to ask outside addresses."""
    return bool(settings.EGRESS)


def ask(address: str, *, gate: Gate = PUBLIC) -> Answer:
    """Ask for a page by GET within 15 seconds, 2 MiB and five redirects; what went wrong is told, never raised."""
    if not is_on():
        return Answer(address, why=OFF)
    ends = time.monotonic() + gate.seconds
    asked = address
    try:
        with httpx2.Client(
            transport=_Transport(gate, ends), trust_env=False, headers=_headers(), timeout=None
        ) as client:
            for _ in range(MOST_REDIRECTS + 1):
                url = _checked(asked, gate)
                with client.stream("GET", url) as response:
                    if not response.has_redirect_location:
                        return _answer(asked, response)
                    asked = str(url.join(response.headers["location"]))
        return Answer(asked, why=REDIRECTS)
    except _Closed as closed:
        return Answer(asked, why=closed.why)
    except (httpcore2.TimeoutException, TimeoutError):
        # No time is given but what is left until the deadline.
        return Answer(asked, why=LATE)
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, UnicodeError, ValueError):
        return Answer(asked, why=ADDRESS)
    except (
        httpcore2.ConnectError,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        httpx2.HTTPError,
        OSError,
    ) as error:
        return Answer(asked, why=TLS if isinstance(error.__context__, ssl.SSLError) else SILENT)


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"Opora (publication check; +{full_address('/')})",
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
        "Accept-Language": "ru",
        "Accept-Encoding": "identity",
    }


def _checked(address: str, gate: Gate) -> httpx2.URL:
    url = httpx2.URL(address)
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    if url.userinfo or not url.host or port not in gate.ports or url.scheme not in {"http", "https"}:
        raise _Closed(ADDRESS)
    return url


def _answer(asked: str, response: httpx2.Response) -> Answer:
    kind = response.headers.get("content-type", "").split(";")[0].strip()[:80]
    if not _READ.match(kind):
        return Answer(asked, response.status_code, kind)
    body = bytearray()
    for piece in _plain(response):
        body += piece
        if len(body) > MOST_BYTES:
            raise _Closed(LARGE)
    return Answer(asked, response.status_code, kind, _decoded(bytes(body), response.charset_encoding or ""))


def _plain(response: httpx2.Response) -> Iterator[bytes]:
    """The body unpacked, when the site packed it unasked: piece by piece, so that a bomb meets the limit."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in {"", "identity"}:
        yield from response.iter_raw()
        return
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise _Closed(SILENT)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for piece in response.iter_raw():
            yield unpack.decompress(piece, MOST_BYTES + 1)
            if unpack.unconsumed_tail:
                raise _Closed(LARGE)
    except zlib.error as error:
        raise _Closed(SILENT) from error


def _decoded(body: bytes, named: str) -> str:
    meta = _META.search(body[:4096])
    for charset in (named, meta.group(1).decode() if meta else "", "utf-8"):
        if charset.lower() in _CHARSETS:
            try:
                return body.decode(charset)
            except UnicodeDecodeError:
                continue
    return body.decode("windows-1251", errors="replace")


class _Transport(httpx2.BaseTransport):
    """One pool for one asking; no proxy, no cookies of others, no name resolved by anybody else."""

    def __init__(self, gate: Gate, ends: float) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=_Judge(gate, ends), max_connections=2
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class _Judge(httpcore2.NetworkBackend):
    """Connects only to an address that the gate allows, and bounds all that is read from it by one deadline."""

    def __init__(self, gate: Gate, ends: float) -> None:
        self._gate, self._ends, self._plain = gate, ends, httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Refused (`_Closed`) when any address of the name is not allowed; the judged one is connected to."""
        if port not in self._gate.ports:
            raise _Closed(ADDRESS)
        found = _resolved(host, port, _left(self._ends))
        if not found or not all(self._gate.is_allowed(ip) for ip in found):
            raise _Closed(INNER if found else SILENT)
        failed: Exception = httpcore2.ConnectError()
        for ip in found[:_MOST_TRIED]:
            try:
                stream = self._plain.connect_tcp(ip, port, _left(self._ends), None, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _Bounded(stream, self._ends)
        raise failed

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        """Never: there is nothing to ask behind a file."""
        raise _Closed(INNER)


class _Bounded(httpcore2.NetworkStream):
    """A stream whose every reading ends by the deadline: a body that drips by a byte does not outlive it."""

    def __init__(self, stream: httpcore2.NetworkStream, ends: float) -> None:
        self._stream, self._ends = stream, ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._ends))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._ends))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, _left(self._ends)), self._ends)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise _Closed(LATE)
    return left


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a name; a resolver that is silent is not waited for longer than the deadline."""
    box: queue.Queue[list[str]] = queue.Queue(1)

    def resolve() -> None:
        try:
            told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            told = []
        box.put(list(dict.fromkeys(str(one[4][0]) for one in told)))

    threading.Thread(target=resolve, name="resolver", daemon=True).start()
    try:
        return box.get(timeout=seconds)
    except queue.Empty as error:
        raise _Closed(LATE) from error
