"""The proxy's settings of docs/proxy.md, as they stand there, on a real nginx."""

import contextlib
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from index.archive.archive import Archive
from index.schema import Article
from tests.archives import put
from tests.patience import PATIENCE
from tests.serving import ROOT, serve, visit, wait_until_ready

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PAGE = (ROOT / "docs" / "proxy.md").read_text("utf-8")
FOUND = re.findall(r"```nginx\n(.*?)```\n\n```toml\n(.*?)```", PAGE, re.DOTALL)
PLACES = dict(zip(("own", "below"), FOUND, strict=True))
ARTICLE = Article("ferry", "The ferry stops on Monday, said Ann Lee.", "Ferry")
_MAIN = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {server}
}}
"""

pytestmark = pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not installed")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def as_tested(settings: str, port: int, server: str) -> str:
    """The page's settings, for a port of ours and without TLS."""
    if "server_name" not in settings:
        wiki = "location = /favicon.ico { return 204; }"
        settings = f"server {{ listen 443 ssl;\n{wiki}\n{settings} }}"
    settings = re.sub(r"(?m)^\s*ssl_\w+.*$", "", settings)
    settings = settings.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    return settings.replace("http://127.0.0.1:7860", server.rstrip("/"))


@contextlib.contextmanager
def proxied(folder: Path, settings: str, port: int) -> Iterator[None]:
    """A proxy with these settings, as soon as it listens."""
    main = folder / "nginx.conf"
    main.write_text(_MAIN.format(folder=folder, server=settings), "utf-8")
    with subprocess.Popen([NGINX, "-c", str(main), "-e", str(folder / "nginx.log")]) as process:
        try:
            end = time.monotonic() + PATIENCE
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                assert process.poll() is None, (folder / "nginx.log").read_text("utf-8")
                assert time.monotonic() < end
                time.sleep(0.05)
            yield
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The servers' own addresses, by where the page is; all in one process."""
    folder = tmp_path_factory.mktemp("servers")
    with Archive.open(folder / "archive", create=True) as archive:
        put(archive, ARTICLE)
    for name, (_, settings) in PLACES.items():
        settings = settings.replace("verbatim.example", "127.0.0.1")
        settings = f"{settings}\n[limits]\nper_minute = 200\n"
        (folder / name).write_text(settings, "utf-8")
    (folder / "gate").touch()
    places = (str(folder / name) for name in ("gate", "own", "archive", "below"))
    with serve(folder, "-m", "tests.echo", *places) as server:
        other = replace(server, url=server.line())
        for each in (server, other):
            wait_until_ready(each)
        yield {"own": server.url, "below": other.url}


@pytest.fixture(scope="module", params=PLACES)
def address(
    request: pytest.FixtureRequest, urls: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where the proxied page is."""
    nginx, _ = PLACES[request.param]
    port, parts = free_port(), urlsplit(urls[request.param])
    settings = as_tested(nginx, port, f"http://{parts.netloc}")
    with proxied(tmp_path_factory.mktemp("proxy"), settings, port):
        yield f"127.0.0.1:{port}{'' if request.param == 'own' else '/verbatim'}"


def send(
    address: str, method: str, path: str, body: str | None = None, *, by: str, **headers: str
) -> tuple[int, str]:
    """One request of whoever has the loopback address `by`."""
    place, _, below = address.partition("/")
    connection = http.client.HTTPConnection(place, timeout=PATIENCE, source_address=(by, 0))
    with contextlib.closing(connection):
        path = f"/{below}{path}" if below else path
        head = {"Content-Type": "application/json", **headers}
        connection.request(method, path, body, head)
        reply = connection.getresponse()
        return reply.status, reply.read().decode()


def test_the_page_asks_and_answers(address: str, browser: Browser) -> None:
    home = f"http://{address}/"
    with visit(browser, home) as visitor:
        visitor.ask("what did Ann Lee say?")
        expect(visitor.page.locator("#chat .bot-row")).to_contain_text("The ferry stops on Monday")
        visitor.assert_faultless(home)


def test_an_answer_comes_through(address: str) -> None:
    for accept in ("application/json", "text/event-stream"):
        asked = '{"question": "what did Ann Lee say?"}'
        status, said = send(address, "POST", "/api/ask", asked, by="127.0.0.3", Accept=accept)
        assert (status, "The ferry stops on Monday" in said) == (200, True)


def test_nobody_names_themselves(address: str) -> None:
    names = {"X-Remote-User": "boss", "X-Forwarded-For": "127.0.0.1"}
    added = '{"articles": [{"id": "x", "body": "Nothing."}]}'
    assert send(address, "POST", "/api/articles", added, by="127.0.0.4", **names)[0] == 401


def test_visitors_are_told_apart_whatever_they_say_of_themselves(address: str) -> None:
    for n in range(5000):
        names = {"X-Forwarded-For": f"10.0.0.{n % 250}"}
        if send(address, "DELETE", "/api/articles/x", by="127.0.0.5", **names)[0] == 429:
            break
    else:
        pytest.fail("one visitor may send as much as they like")
    assert send(address, "GET", "/people", by="127.0.0.6")[0] == 200
