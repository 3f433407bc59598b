"""The sample of nginx that is shipped: started before the real server, it bears slow clients and refuses gigabytes."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.tree import HOME

SAMPLE = HOME / "docs" / "samples" / "nginx.conf"
LONGEST = 60.0
SLOW_HEADS, SLOW_BODIES = 200, 24
FIVE_GIGABYTES = 5 * 1024**3


class Site(NamedTuple):
    """The two doors of a running site, and the link by which its coordinator comes in first."""

    proxy: int
    server: int
    link: str


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def nginx_program() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    assert found, (
        "Нет nginx: проверка образца docs/samples/nginx.conf без него невозможна (apt install nginx-light)"
    )
    return found


def over_http(sample: str, proxy: int, server: int) -> str:
    """The sample as it is shipped, but for what needs a certificate and the right to low ports."""
    first, second = re.findall(r"^server \{\n.*?^\}\n", sample, re.MULTILINE | re.DOTALL)
    made = sample.replace(first, "")
    for line in re.findall(r"^    (?:listen \[::\]|ssl_).*\n", second, re.MULTILINE):
        made = made.replace(line, "")
    replaced = (
        ("listen 443 ssl;", f"listen 127.0.0.1:{proxy};"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{server};"),
        ("server_name opora.example.ru;", "server_name 127.0.0.1;"),
        ("proxy_set_header Host $host;", "proxy_set_header Host $http_host;"),
    )
    for old, new in replaced:
        assert made.count(old) == 1, old
        made = made.replace(old, new)
    return made


def whole_configuration(folder: Path, site: str) -> str:
    """What Debian's nginx.conf says around a site, in a folder of the test."""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    owner = "user root;\n" if os.geteuid() == 0 else ""
    return (
        f"{owner}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 768; }}\nhttp {{\naccess_log off;\n{temporary}{site}\n}}\n"
    )


def wait_for(port: int, path: str = "/login/") -> None:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if get(port, path)[0] == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"no answer at {port}")


def get(port: int, path: str, cookies: str = "") -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    line.request("GET", path, headers={"Cookie": cookies} if cookies else {})
    answer = line.getresponse()
    body = answer.read().decode()
    line.close()
    return answer.status, body


@contextlib.contextmanager
def running(command: list[str], log: Path, **surroundings: str) -> Iterator[None]:
    with log.open("w") as file:
        started = subprocess.Popen(command, stdout=file, stderr=file, env={**os.environ, **surroundings})
        try:
            yield
        finally:
            started.terminate()
            try:
                started.wait(30)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real server with a small installation, and before it nginx with the sample."""
    folder = tmp_path_factory.mktemp("site")
    proxy, server = free_port(), free_port()
    surroundings = {
        "PYTHONPATH": str(HOME / "src"),
        "DJANGO_SETTINGS_MODULE": "opora.config.settings",
        "OPORA_DATA": str(folder / "data"),
        "OPORA_ADDRESS": f"http://127.0.0.1:{proxy}",
        "OPORA_PROXIES": "1",
        "DATABASE_URL": f"sqlite:///{folder}/opora.sqlite3",
    }
    opora = [sys.executable, "-m", "opora"]
    told = {
        "region": "Примерная область",
        "municipality": "г. о. Примерск",
        "centre": "Методический центр",
        "last-name": "Мостова",
        "first-name": "Анна",
        "email": "anna@example.test",
    }
    options = [word for name, value in told.items() for word in (f"--{name}", value)]
    made = subprocess.run(
        [*opora, "init", *options, "--link"],
        env={**os.environ, **surroundings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    link = re.search(r"/invitation/\S+", made.stdout)
    assert link
    configuration = folder / "nginx.conf"
    configuration.write_text(
        whole_configuration(folder, over_http(SAMPLE.read_text(encoding="utf-8"), proxy, server)),
        encoding="utf-8",
    )
    nginx = [nginx_program(), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(configuration)]
    serve = [*opora, "serve", "--port", str(server), "--workers", "1"]
    with running(serve, folder / "serve.log", **surroundings), running(nginx, folder / "nginx.log"):
        wait_for(server)
        wait_for(proxy)
        yield Site(proxy, server, link[0])


@contextlib.contextmanager
def slow_clients(port: int) -> Iterator[None]:
    """Many who began to say something and never end: heads without an end, bodies of which a part has come."""
    lines = []
    try:
        for number in range(SLOW_HEADS + SLOW_BODIES):
            line = socket.create_connection(("127.0.0.1", port), timeout=LONGEST)
            lines.append(line)
            if number < SLOW_HEADS:
                line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            else:
                head = (
                    f"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100000\r\n\r\nlogin="
                )
                line.sendall(head.encode("ascii"))
        yield
    finally:
        for line in lines:
            line.close()


def test_an_honest_person_works_while_two_hundred_slow_clients_hang_on(site: Site) -> None:
    with slow_clients(site.proxy):
        assert get(site.proxy, "/")[0] == 200
        assert get(site.proxy, "/static/opora.css")[0] == 200
        come_in_by(site)


def come_in_by(site: Site) -> None:
    """Open the invitation, set a password and see the day: the forms know the address that the proxy tells."""
    line = http.client.HTTPConnection("127.0.0.1", site.proxy, timeout=LONGEST)
    line.request("GET", site.link)
    page = line.getresponse()
    mark = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert mark
    cookies = "; ".join(
        value.split(";")[0] for name, value in page.getheaders() if name.lower() == "set-cookie"
    )
    words = "%D0%BC%D0%BE%D1%81%D1%82 %D0%BD%D0%B0 %D1%81%D0%B5%D0%BC%D0%B8 opora".replace(" ", "+")
    body = f"csrfmiddlewaretoken={mark[1]}&password1={words}&password2={words}"
    line.request(
        "POST",
        site.link,
        body,
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookies,
            "Origin": f"http://127.0.0.1:{site.proxy}",
        },
    )
    sent = line.getresponse()
    sent.read()
    assert (sent.status, sent.getheader("Location")) == (302, "/today/")
    session = "; ".join(
        value.split(";")[0] for name, value in sent.getheaders() if name.lower() == "set-cookie"
    )
    assert get(site.proxy, "/today/", session)[0] == 200
    line.close()


@pytest.mark.parametrize("door", ["proxy", "server"])
def test_five_announced_gigabytes_are_refused_at_once(site: Site, door: str) -> None:
    port = getattr(site, door)
    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST) as line:
        head = (
            f"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1:{site.proxy}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            f"Content-Length: {FIVE_GIGABYTES}\r\n\r\n--x\r\n"
        )
        line.sendall(head.encode("ascii"))
        told = b""
        while piece := line.recv(65536):
            told += piece
            if b"</html>" in told:
                break
    assert told.startswith(b"HTTP/1.1 413 ")
    assert "Слишком много за один раз" in told.decode()


def test_what_a_client_says_of_its_address_does_not_reach_the_server() -> None:
    sample = SAMPLE.read_text(encoding="utf-8")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in sample
    assert "proxy_add_x_forwarded_for" not in sample


def test_the_unit_stops_all_processes_and_hides_files() -> None:
    unit = (HOME / "docs" / "samples" / "opora.service").read_text(encoding="utf-8")
    for line in ("KillMode=control-group", "UMask=0077", "Restart=always", "User=opora"):
        assert f"\n{line}\n" in unit
