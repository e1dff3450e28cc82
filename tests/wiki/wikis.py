"""Real wikis for the tests of what `wiki/` holds: Debian's MediaWiki and DokuWiki, served by PHP.

Each has a configuration, a database and pages of its own in a temporary folder. A request may name
another Verbatim server by its port (`?server=`), so that one that fails can be put in.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.serving import ROOT, fetch

MEDIAWIKI = Path("/usr/share/mediawiki")
DOKUWIKI = Path("/usr/share/dokuwiki")
PARTS = ROOT / "wiki"
PACKAGES = "mediawiki dokuwiki php-cli php-curl php-intl php-mbstring php-sqlite3 php-xml"


@dataclass(frozen=True)
class Wiki:
    """A running wiki."""

    url: str
    page: str  # how the address of a page goes on, its name left out

    def address(self, name: str, **query: object) -> str:
        """Where a page is."""
        more = "".join(f"&{key}={value}" for key, value in query.items())
        return f"{self.url}{self.page}{name}{more}"


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
def _php(root: Path, port: int, folder: Path, **more: str) -> Iterator[None]:
    """PHP's own web server; several workers, since a page of a wiki loads parts of itself."""
    environment = os.environ | {"PHP_CLI_SERVER_WORKERS": "4"} | more
    command = ["php", "-d", "display_errors=1", "-d", "error_reporting=-1"]
    command += ["-S", f"127.0.0.1:{port}", "-t", str(root)]
    with (
        (folder / "php.log").open("w") as log,
        subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        ) as process,
    ):
        try:
            _wait(f"http://127.0.0.1:{port}/")
            yield
        finally:
            os.killpg(process.pid, 15)  # the workers too
            process.wait(10)


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


@contextlib.contextmanager
def mediawiki(folder: Path, port: int, verbatim: str, pages: Mapping[str, str]) -> Iterator[Wiki]:
    """MediaWiki with our extension and our gadget, which is on for everybody."""
    url = f"http://127.0.0.1:{port}"
    maintenance = MEDIAWIKI / "maintenance"
    database = ["--dbtype", "sqlite", "--dbpath", str(folder / "data")]
    place = ["--server", url, "--scriptpath", "", "--confpath", str(folder)]
    install = ["php", str(maintenance / "install.php"), *database, *place]
    _run(*install, "--with-extensions", "--pass", "correct horse battery", "Newsroom", "Admin")
    settings = folder / "LocalSettings.php"
    settings.write_text(settings.read_text("utf-8") + _mediawiki_settings(verbatim), "utf-8")
    texts = folder / "texts"
    texts.mkdir()
    for name, text in pages.items():
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    files = [str(path) for path in texts.iterdir()]
    configured = {"MW_CONFIG_FILE": str(settings)}
    _run("php", str(maintenance / "importTextFiles.php"), "-u", "Admin", *files, **configured)
    with _php(MEDIAWIKI, port, folder, **configured):
        yield Wiki(f"{url}/", "index.php?title=")


def _mediawiki_settings(verbatim: str) -> str:
    return f"""
error_reporting( -1 );
wfLoadExtension( 'Verbatim', '{PARTS}/mediawiki/Verbatim/extension.json' );
$wgVerbatimUrl = '{verbatim}';
$wgVerbatimTimeout = 20;
if ( isset( $_GET['server'] ) ) {{
    $wgVerbatimUrl = 'http://127.0.0.1:' . (int)$_GET['server'];
    $wgVerbatimTimeout = 1;
}}
$wgCSPHeader = isset( $_GET['csp'] ) ? [ 'default-src' => [], 'script-src' => [] ] : false;
$wgShowExceptionDetails = true;
"""


@contextlib.contextmanager
def dokuwiki(folder: Path, port: int, verbatim: str, pages: Mapping[str, str]) -> Iterator[Wiki]:
    """DokuWiki with our plugin."""
    root = folder / "wiki"
    shutil.copytree(DOKUWIKI, root, ignore=shutil.ignore_patterns(".htaccess", "preload.php"))
    shutil.copytree(PARTS / "dokuwiki" / "verbatim", root / "lib/plugins/verbatim")
    configuration = root / "conf"
    kept = shutil.ignore_patterns("*.auth.php", "local.php", ".htaccess", "htaccess")
    shutil.copytree("/etc/dokuwiki", configuration, ignore=kept)
    (configuration / "local.php").write_text(_dokuwiki_settings(folder, verbatim), "utf-8")
    data = folder / "data"
    for part in "pages attic media media_attic media_meta meta cache index locks tmp log".split():
        (data / part).mkdir(parents=True)
    for name, text in pages.items():
        (data / "pages" / f"{name}.txt").write_text(text, encoding="utf-8")
    with _php(root, port, folder):
        yield Wiki(f"http://127.0.0.1:{port}/", "doku.php?id=")


def _dokuwiki_settings(folder: Path, verbatim: str) -> str:
    return f"""<?php
$conf['title'] = 'Newsroom';
$conf['useacl'] = 0;
$conf['savedir'] = '{folder}/data';
$conf['updatecheck'] = 0;
$conf['plugin']['verbatim']['url'] =
    isset($_GET['server']) ? 'http://127.0.0.1:' . (int)$_GET['server'] : '{verbatim}';
$conf['plugin']['verbatim']['timeout'] = isset($_GET['server']) ? 1 : 20;
"""
