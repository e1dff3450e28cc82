"""What the tests of the wikis share: a Verbatim server, both wikis, two plain sites, a browser."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser

from tests.conftest import SEED
from tests.serving import ROOT, Server, chromium, serve, wait_until_ready
from tests.wiki.servers import site
from tests.wiki.wikis import PARTS, Wiki, dokuwiki, free_port, mediawiki, need_packages

PUTIN = "what did Putin say about peacekeepers?"
# All of them, however well the reader likes each.
QUILL = "list all quotes by Zoe Quill on the harbour tariff"
NOBODY = "what did Putin say about volcanoes?"
# Every sentence is about the same thing and said by the same person, so that the question finds it.
NASTY = [
    f"“{nasty} The harbour tariff must go,” Mayor Zoe Quill said of the harbour tariff."
    for nasty in (
        "<script>alert(1)</script><img src=x onerror=alert(2)></blockquote>",
        "{{evil}} [[x]] '''b''' <ref>r</ref> __NOTOC__ ~~~~ [http://evil.example e] -{x}-",
        "{{verbatim>who?}} **b** //i// ((f)) <html><b>h</b></html> \\\\ &lt;u&gt;",
        "\u202eesrever\u202c \x7f'\"`UNIQ--verbatim-00000000-QINU`\"'\x7f",
    )
]
NASTY_TITLE = "<img src=x onerror=alert(5)> '''Tariff'''"


@pytest.fixture(scope="session")
def ports() -> Mapping[str, int]:
    """Where each site is; a wiki and Verbatim have to know of each other before they start."""
    need_packages()
    return {name: free_port() for name in ("mediawiki", "dokuwiki", "listed", "unlisted")}


@pytest.fixture(scope="session")
def verbatim(
    ports: Mapping[str, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The app on the seeds and a hostile article; all sites but one may embed it."""
    folder = tmp_path_factory.mktemp("verbatim")
    record = {"id": 'x"><b>', "title": NASTY_TITLE, "source": "<i>Post</i> {{evil}}"}
    record |= {"published": "2025-09-05T10:00:00Z", "body": "\n".join(NASTY)}
    record |= {"url": "https://post.example/'\"><script>alert(6)</script>"}
    (folder / "nasty.jsonl").write_text(json.dumps(record), encoding="utf-8")
    add = ["-m", "index", "add", "--archive", str(folder / "archive")]
    command = [sys.executable, *add, str(SEED), str(folder / "nasty.jsonl")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    origins = [f"http://127.0.0.1:{port}" for name, port in ports.items() if name != "unlisted"]
    (folder / "verbatim.toml").write_text(f"origins = {json.dumps(origins)}\n")
    arguments = ("--archive", str(folder / "archive"), "--config", str(folder / "verbatim.toml"))
    with serve(folder, "app.py", "--port", "0", *arguments) as server:
        wait_until_ready(server)
        yield server


def _pages(tag: str, interactive: str, frame: str, hostile: str, refused: str) -> dict[str, str]:
    """The same pages for each wiki, each name in the form that both take."""
    return {
        "answer": f"Before.\n\n{tag}\n\nAfter.\n",
        "interactive": f"{interactive}\n",
        "frame": f"{frame}\n",
        "hostile": f"{hostile}\n",
        "refused": f"{refused}\n\nAfter.\n",
    }


@pytest.fixture(scope="session", params=["mediawiki", "dokuwiki"])
def wiki(request: pytest.FixtureRequest) -> Wiki:
    """Each of the wikis."""
    found: Wiki = request.getfixturevalue(f"{request.param}_site")
    return found


@pytest.fixture(scope="session")
def mediawiki_site(
    verbatim: Server, ports: Mapping[str, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wiki]:
    """MediaWiki with the extension, and with embed.js both as a gadget and in Common.js."""
    pages = _pages(
        f'<verbatim question="{PUTIN}" />',
        f'<verbatim question="{PUTIN}" interactive />',
        f'<verbatim question="{PUTIN}" frame theme="dark" />',
        f'<verbatim question="{QUILL}" />',
        f'<verbatim question="{NOBODY}" />',
    )
    script = (PARTS / "mediawiki/gadget.js").read_text(encoding="utf-8")
    gadget = script.replace("https://verbatim.example/", verbatim.url)
    pages |= {
        "Div": f'<div class="verbatim" data-question="{PUTIN}">[{verbatim.url} Ask Verbatim]</div>'
        '\n<div class="verbatim" data-theme="dark">[https://x.example/ Ask]</div>',
        "Words": "The '''pier''' is [[closed]], said {{nobody}}[[Ann Lee|Ann Lee]].",
        "MediaWiki:Gadgets-definition": "* verbatim[ResourceLoader|default]|verbatim.js",
        "MediaWiki:Gadget-verbatim.js": gadget,
        "MediaWiki:Gadget-verbatim": "Verbatim",
        "MediaWiki:Common.js": gadget,
    }
    folder = tmp_path_factory.mktemp("mediawiki")
    with mediawiki(folder, ports["mediawiki"], verbatim.url, pages) as running:
        yield running


@pytest.fixture(scope="session")
def dokuwiki_site(
    verbatim: Server, ports: Mapping[str, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wiki]:
    """DokuWiki with the plugin."""
    tag = "{{verbatim>%s}}"
    pages = _pages(
        tag % PUTIN,
        tag % f"{PUTIN}|interactive",
        tag % f"{PUTIN}|frame|theme=dark",
        tag % QUILL,
        tag % NOBODY,
    )
    folder = tmp_path_factory.mktemp("dokuwiki")
    with dokuwiki(folder, ports["dokuwiki"], verbatim.url, pages) as running:
        yield running


@pytest.fixture(scope="session")
def sites(
    verbatim: Server, ports: Mapping[str, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, str]]:
    """The same plain page on a site that may embed Verbatim, and on one that may not."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text(_plain_page(verbatim.url), encoding="utf-8")
    (folder / "blank.html").write_text("<title>Site</title>", encoding="utf-8")
    with (
        site(folder, ports["listed"]) as listed,
        site(folder, ports["unlisted"]) as unlisted,
    ):
        yield {"listed": listed, "unlisted": unlisted}


def _plain_page(verbatim: str) -> str:
    return f"""<!doctype html><html lang="en"><head><title>Site</title>
<meta name="viewport" content="width=device-width"></head><body>
<div class="verbatim" data-question="{PUTIN}"><a href="{verbatim}">Ask Verbatim</a></div>
<script src="{verbatim}embed.js" async></script></body></html>"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser; each test opens a profile of its own in it."""
    with chromium() as browser:
        yield browser
