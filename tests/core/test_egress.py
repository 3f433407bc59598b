"""The only outgoing HTTP: what is refused before connecting, what is bounded, what a page says."""

from __future__ import annotations

import contextlib
import gzip
import ssl
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from opora.core.egress import Gate, ask, is_public

INNER = (
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.0.0.1",
    "192.88.99.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
    "2002:7f00:1::", "2001::1", "2001:db8::1", "3fff::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1",
    "ff02::1", "100::1", "не адрес", "",
)  # fmt: skip
TITLE = "Отчёт о реализации дорожной карты"


class Site(BaseHTTPRequestHandler):
    """A school's site of every temper."""

    def log_message(self, *words: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, self.headers.get("User-Agent", "")))
        with contextlib.suppress(OSError):
            getattr(self, f"show_{self.path.strip('/').split('?')[0].split('-')[0]}")()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content_type": "text/html", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def show_page(self) -> None:
        self.answer(f"<h1>{TITLE}</h1>".encode(), content_type="text/html; charset=utf-8")

    def show_old(self) -> None:
        self.answer(f'<meta charset="windows-1251"><h1>{TITLE}</h1>'.encode("cp1251"))

    def show_odd(self) -> None:
        self.answer(TITLE.encode(), content_type="text/html; charset=zlib_codec")

    def show_gone(self) -> None:
        self.answer(b"no", 404)

    def show_file(self) -> None:
        self.answer(b"%PDF-1.7", content_type="application/pdf")

    def show_hop(self) -> None:
        left = int(self.path.split("-")[1])
        self.answer(b"", 302, location=f"/hop-{left - 1}" if left else "/page")

    def show_inside(self) -> None:
        self.answer(b"", 302, location="http://169.254.169.254/latest/")

    def show_port(self) -> None:
        self.answer(b"", 302, location="http://127.0.0.1:22/")

    def show_scheme(self) -> None:
        self.answer(b"", 302, location="file:///etc/passwd")

    def show_large(self) -> None:
        self.answer(b"x" * (2 * 1024 * 1024 + 1))

    def show_bomb(self) -> None:
        self.answer(gzip.compress(b"x" * 30_000_000), content_encoding="gzip")

    def show_packed(self) -> None:
        self.answer(
            gzip.compress(TITLE.encode()), content_encoding="gzip", content_type="text/html; charset=utf-8"
        )

    def show_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(200):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def show_slow(self) -> None:
        for _ in range(200):
            self.wfile.write(b"H")
            self.wfile.flush()
            time.sleep(0.05)

    def show_break(self) -> None:
        self.connection.close()


@pytest.fixture
def site() -> Iterator[Any]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.seen = []
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _turned_on(settings: Any) -> None:
    settings.EGRESS = True


def gate(site: Any, seconds: float = 5) -> Gate:
    """The door of the product with one more address behind it: that of the test's own server."""
    return Gate(
        is_allowed=lambda ip: ip == "127.0.0.1" or is_public(ip),
        ports=frozenset({80, 443, site.server_port}),
        seconds=seconds,
    )


def at(site: Any, path: str) -> str:
    return f"http://127.0.0.1:{site.server_port}/{path}"


def self_signed(place: Path) -> Path:
    """A key and a certificate that the site wrote for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2050, 1, 1))
    plain = serialization.NoEncryption()
    kept = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    place.write_bytes(kept + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return place


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_not_of_the_open_network(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "77.88.55.242", "2a02:6b8::2:242", "2606:4700::1111"])
def test_an_outer_address_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://0x7f000001/", "http://2130706433/", "http://127.1/", "http://169.254.169.254/latest",
        "http://10.0.0.5/", "http://0.0.0.0/", "http://100.64.0.1/", "https://127.0.0.1/", "http://[64:ff9b::7f00:1]/",
    ],
)  # fmt: skip
def test_an_inner_address_is_refused_before_connecting(address: str) -> None:
    answer = ask(address)

    assert (answer.why, answer.status) == ("inner", 0)
    assert "внутренний адрес" in answer.words


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://example.org/", "http://", "", "просто слова", "http://user@127.0.0.1/",
        "http://user:word@127.0.0.1/", "http://127.0.0.1:22/", "http://127.0.0.1:8000/", "http://[::1", "http://a b/",
        "http://127.0.0.1:99999999/", "http://" + "я" * 300 + "/", "http://\x00/",
    ],
)  # fmt: skip
def test_what_is_not_a_web_address_is_refused_in_words(address: str) -> None:
    answer = ask(address)

    assert answer.why in {"address", "silent"}
    assert answer.words
    assert answer.status == 0


def test_nothing_leaves_the_machine_until_it_is_turned_on(site: Any, settings: Any) -> None:
    settings.EGRESS = False

    answer = ask(at(site, "page"), gate=gate(site))

    assert (answer.why, site.seen) == ("off", [])


def test_an_inner_server_that_runs_is_never_touched_by_the_common_gate(site: Any) -> None:
    assert ask(at(site, "page"), gate=Gate(ports=frozenset({site.server_port}))).why == "inner"
    assert site.seen == []


@pytest.mark.parametrize("path", ["page", "old", "odd", "packed", "hop-4"])
def test_a_page_is_read_in_its_own_letters(site: Any, path: str) -> None:
    answer = ask(at(site, path), gate=gate(site))

    assert answer.is_answered
    assert TITLE in answer.text
    assert site.seen[0][1].startswith("Opora (")


def test_a_refusal_of_the_site_is_told_with_its_number(site: Any) -> None:
    answer = ask(at(site, "gone"), gate=gate(site))

    assert not answer.is_answered
    assert "404" in answer.words


def test_a_file_is_not_read_through(site: Any) -> None:
    answer = ask(at(site, "file"), gate=gate(site))

    assert (answer.is_answered, answer.kind, answer.text) == (True, "application/pdf", "")


@pytest.mark.parametrize(
    ("path", "why", "words"),
    [
        ("hop-6", "redirects", "перенаправлений"),
        ("inside", "inner", "внутренний адрес"),
        ("port", "address", "Адрес не подходит"),
        ("scheme", "address", "Адрес не подходит"),
        ("large", "large", "большой ответ"),
        ("bomb", "large", "большой ответ"),
        ("break", "silent", "не отвечает"),
    ],
)
def test_what_is_refused_on_the_way_has_its_words(site: Any, path: str, why: str, words: str) -> None:
    answer = ask(at(site, path), gate=gate(site))

    assert answer.why == why
    assert words in answer.words


@pytest.mark.parametrize("path", ["drip", "slow"])
def test_a_site_that_drips_by_a_byte_does_not_outlive_the_deadline(site: Any, path: str) -> None:
    answer = ask(at(site, path), gate=gate(site, seconds=0.5))

    assert answer.why == "late"


def test_a_site_with_a_certificate_that_nobody_vouched_for_is_told_apart(site: Any, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "site.pem"))
    site.socket = context.wrap_socket(site.socket, server_side=True)

    answer = ask(at(site, "page").replace("http://", "https://"), gate=gate(site))

    assert answer.why == "certificate"
    assert "ошибка сертификата" in answer.words


def test_nobody_listening_is_a_silent_site(site: Any) -> None:
    door = gate(site)
    site.shutdown()
    site.server_close()

    assert ask(at(site, "page"), gate=door).why == "silent"


def test_a_proxy_of_the_environment_is_not_asked(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")

    assert ask(at(site, "page"), gate=gate(site)).is_answered
