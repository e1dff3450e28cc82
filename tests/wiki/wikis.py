"""Real wikis for the tests of what `wiki/` holds: Debian's MediaWiki and DokuWiki, served by PHP.

Each has a configuration, a database and pages of its own in a temporary folder. A request may name
another Verbatim server by its port (`?server=`), so that one that fails can be put in.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

import pytest

from tests.serving import ROOT, fetch

MEDIAWIKI = Path("/usr/share/mediawiki")
DOKUWIKI = Path("/usr/share/dokuwiki")
PARTS = ROOT / "wiki"
PACKAGES = "mediawiki dokuwiki php-cli php-curl php-intl php-mbstring php-sqlite3 php-xml"
TOKEN = "a-wiki-may-ask-with-it"  # noqa: S105 - of no server but the tests'


@dataclass(frozen=True)
class Wiki:
    """A running wiki, and how one writes in it."""

    url: str
    page: str  # how the address of a page goes on, before its name
    tag: Callable[
        ..., str
    ]  # a question, and options such as "interactive" -> what an editor writes
    show: Callable[[str, int], str]  # wiki text, port of a Verbatim server -> HTML
    log: Path

    def address(self, name: str, **query: object) -> str:
        """Where a page is."""
        return f"{self.url}{self.page}{name}&{urlencode(query)}"


def need_packages() -> None:
    """Skip the tests where the wikis are not installed."""
    missing = [str(path) for path in (MEDIAWIKI, DOKUWIKI) if not path.is_dir()]
    missing += [] if shutil.which("php") else ["php"]
    if missing:
        pytest.skip(f"no {', '.join(missing)}: apt-get install --no-install-recommends {PACKAGES}")


def free_port() -> int:
    """A port that nobody listens on; a wiki has to know its own address before it starts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _run(*command: str, **more: str) -> None:
    done = subprocess.run(command, env=os.environ | more, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@contextlib.contextmanager
def _php(root: Path, port: int, log: Path, **more: str) -> Iterator[None]:
    """PHP's own web server; several workers, since a page of a wiki loads parts of itself."""
    environment = os.environ | {"PHP_CLI_SERVER_WORKERS": "4"} | more
    command = ["php", "-d", "log_errors=1", "-d", "display_errors=0"]
    command += ["-S", f"127.0.0.1:{port}", "-t", str(root)]
    with (
        log.open("w") as lines,
        subprocess.Popen(
            command, env=environment, stdout=lines, stderr=lines, start_new_session=True
        ) as process,
    ):
        try:
            _wait(f"http://127.0.0.1:{port}/")
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # the workers too


def _wait(url: str) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            fetch(url)
        except URLError:
            assert time.monotonic() < end
            time.sleep(0.1)
        else:
            return


# --- MediaWiki


@contextlib.contextmanager
def mediawiki(folder: Path, port: int, verbatim: str, pages: Mapping[str, str]) -> Iterator[Wiki]:
    """MediaWiki with our extension."""
    url = f"http://127.0.0.1:{port}"
    maintenance = MEDIAWIKI / "maintenance"
    place = ["--dbtype=sqlite", f"--dbpath={folder}/data", f"--server={url}", "--scriptpath="]
    named = ["--confpath", str(folder), "--with-extensions", "--pass", "correct horse battery"]
    _run("php", str(maintenance / "install.php"), *place, *named, "Newsroom", "Admin")
    settings = folder / "LocalSettings.php"
    settings.write_text(settings.read_text("utf-8") + _mediawiki_settings(verbatim), "utf-8")
    texts = folder / "texts"
    texts.mkdir()
    for name, text in pages.items():
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    files = [str(path) for path in texts.iterdir()]
    configured = {"MW_CONFIG_FILE": str(settings)}
    _run("php", str(maintenance / "importTextFiles.php"), "-u", "Admin", *files, **configured)

    def show(text: str, server: int) -> str:
        query = {"action": "parse", "format": "json", "contentmodel": "wikitext", "prop": "text"}
        more = urlencode(query | {"server": server, "text": text})
        return str(json.loads(fetch(f"{url}/api.php?{more}").text)["parse"]["text"]["*"])

    log = folder / "php.log"
    with _php(MEDIAWIKI, port, log, **configured):
        yield Wiki(f"{url}/", "index.php?title=", _mediawiki_tag, show, log)


def _mediawiki_tag(question: str, *options: str) -> str:
    attributes = {"question": question} | {
        o.partition("=")[0]: o.partition("=")[2] for o in options
    }
    written = (f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<verbatim {' '.join(written)} />"


def _mediawiki_settings(verbatim: str) -> str:
    return f"""
error_reporting( -1 );
$wgMainCacheType = CACHE_DB;
wfLoadExtension( 'Verbatim', '{PARTS}/mediawiki/Verbatim/extension.json' );
$wgVerbatimUrl = '{verbatim}';
$wgVerbatimTimeout = 20;
if ( isset( $_GET['server'] ) ) {{
    $wgVerbatimUrl = 'http://127.0.0.1:' . (int)$_GET['server'];
    $wgVerbatimToken = "{TOKEN}";
    $wgVerbatimTimeout = 1;
}}
if ( isset( $_GET['csp'] ) ) {{
    $wgCSPHeader = [ 'default-src' => [], 'script-src' => [] ];
    // MediaWiki takes the same host at another port for itself.
    $wgCanonicalServer = 'http://wiki.example';
}}
$wgShowExceptionDetails = true;
"""


# --- DokuWiki


@contextlib.contextmanager
def dokuwiki(folder: Path, port: int, verbatim: str, pages: Mapping[str, str]) -> Iterator[Wiki]:
    """DokuWiki with our plugin."""
    root, data, url = folder / "wiki", folder / "data", f"http://127.0.0.1:{port}/"
    shutil.copytree(DOKUWIKI, root, ignore=shutil.ignore_patterns(".htaccess", "preload.php"))
    shutil.copytree(PARTS / "dokuwiki" / "verbatim", root / "lib/plugins/verbatim")
    kept = shutil.ignore_patterns("*.auth.php", "local.php", ".htaccess", "htaccess")
    shutil.copytree("/etc/dokuwiki", root / "conf", ignore=kept)
    (root / "conf" / "local.php").write_text(_dokuwiki_settings(data, verbatim), "utf-8")
    for part in "pages attic media media_attic media_meta meta cache index locks tmp log".split():
        (data / part).mkdir(parents=True)
    for name, text in pages.items():
        (data / "pages" / f"{name}.txt").write_text(text, encoding="utf-8")
    numbers = count(1)

    def show(text: str, server: int) -> str:
        name = f"shown{next(numbers)}"
        (data / "pages" / f"{name}.txt").write_text(text, encoding="utf-8")
        return fetch(f"{url}doku.php?id={name}&do=export_xhtmlbody&server={server}").text

    log = folder / "php.log"
    with _php(root, port, log):
        yield Wiki(url, "doku.php?id=", _dokuwiki_tag, show, log)


def _dokuwiki_tag(question: str, *options: str) -> str:
    return "{{verbatim>" + "|".join((question, *options)) + "}}"


def _dokuwiki_settings(data: Path, verbatim: str) -> str:
    return f"""<?php
$conf['title'] = 'Newsroom';
$conf['useacl'] = 0;
$conf['savedir'] = '{data}';
$conf['updatecheck'] = 0;
$conf['plugin']['verbatim']['url'] = '{verbatim}';
$conf['plugin']['verbatim']['timeout'] = 20;
if (isset($_GET['server'])) {{
    $conf['plugin']['verbatim']['url'] = 'http://127.0.0.1:' . (int)$_GET['server'];
    $conf['plugin']['verbatim']['token'] = "{TOKEN}";
    $conf['plugin']['verbatim']['timeout'] = 1;
}}
"""
