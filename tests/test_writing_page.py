"""The web app with a language model behind it that lies and breaks off: API and page, for real."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import SEED
from tests.hostile_server import HostileServer, hostile_server
from tests.patience import PATIENCE
from tests.serving import ROOT, Server, Visit, serve, visit, wait_until_ready

PUTIN = "what did Putin say about peacekeepers?"
KEY = "sk-0123456789abcdef-secret"


@pytest.fixture(scope="module")
def model() -> Iterator[HostileServer]:
    with hostile_server() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("writing")


@pytest.fixture(scope="module")
def server(model: HostileServer, folder: Path) -> Iterator[Server]:
    index = [sys.executable, "-m", "index", "add", "--archive", str(folder / "archive")]
    subprocess.run([*index, str(SEED)], cwd=ROOT, check=True)
    config = folder / "verbatim.toml"
    config.write_text(f'[model]\nbase_url = "{model.url}/v1"\nname = "m"\nsilence_s = 5.0\n')
    arguments = ("--archive", str(folder / "archive"), "--port", "0", "--config", str(config))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERBATIM_MODEL_KEY", KEY)
        with serve(folder, "app.py", *arguments) as server:
            wait_until_ready(server)
            yield server


@pytest.fixture
def desk(server: Server, browser: Browser) -> Iterator[Visit]:
    with visit(browser, server.url) as visitor:
        yield visitor
        visitor.assert_faultless(server.url)
        assert KEY not in visitor.page.content()


def events(server: Server, question: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The answer's events, as they come."""
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    body = json.dumps({"question": question}).encode()
    request = urllib.request.Request(server.url + "api/ask", body, headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310
        name = ""
        for line in reply:
            head, _, rest = line.decode().rstrip("\n").partition(": ")
            name = rest if head == "event" else name
            if head == "data":
                yield name, json.loads(rest)


def test_each_sentence_is_sent_when_it_has_passed(server: Server, model: HostileServer) -> None:
    model.told = "pauses"
    seen: list[tuple[str, dict[str, object]]] = []
    for event in events(server, PUTIN):
        seen.append(event)
        if [name for name, _ in seen] == ["understood", "block", "sentence"]:
            assert not model.went_on.is_set()  # the model has not written more than this yet
            model.went_on.set()
    blocks = [["block", *["sentence"] * n] for n in (1, 3)]
    assert [name for name, _ in seen] == ["understood", *blocks[0], *blocks[1], "answer"]
    assert seen[-1][1]["writer"] == {
        "model": "m",
        "host": "127.0.0.1",
        "removed": [],
        "problem": None,
    }


@pytest.mark.parametrize("told", ["breaks", "tells-the-key", "html", "too-many", "obeys"])
def test_a_question_is_answered_once_whatever_the_model_does(
    server: Server, model: HostileServer, told: str
) -> None:
    model.told = told
    reply = server.post("/api/ask", json.dumps({"question": PUTIN}).encode())
    record = reply.json()
    assert reply.status == 200
    assert record["writer"]["problem"] or record["writer"]["removed"]
    cited = {c["number"]: c["text"] for c in record["citations"]}
    assert [s["text"] for s in record["sentences"]] == [cited[n] for n in sorted(cited)]
    assert KEY not in reply.text


def test_a_refusal_is_not_sent_to_the_model(server: Server, model: HostileServer) -> None:
    n_requests = len(model.requests)
    assert server.ask("what did Xi Jinping say about peacekeepers?")["status"] == "refused"
    assert len(model.requests) == n_requests


def test_the_page_says_where_the_text_goes_before_anything_is_asked(desk: Visit) -> None:
    expect(desk.page.locator("#goes-to")).to_contain_text("127.0.0.1")


def test_the_page_shows_what_passed_and_why_the_rest_is_missing(
    desk: Visit, model: HostileServer
) -> None:
    model.told = "one-lie"
    desk.ask(PUTIN)
    # In the place of the lie stands the whole block that it should have rested on.
    expect(desk.page.locator("#chat li")).to_have_count(2)
    expect(desk.page.locator("#chat li").first).to_contain_text("legitimate")
    expect(desk.page.locator("#chat li").last).to_contain_text("full stop,” Putin said.")
    expect(desk.page.locator("#chat .writer")).to_contain_text("1 sentence of its draft")
    expect(desk.page.locator("#chat")).not_to_contain_text("bomb")
    model.told = "markup"
    desk.ask(PUTIN)
    assert desk.page.locator("#chat img").count() == 0
    assert desk.page.locator("#chat a[href^='javascript']").count() == 0


def test_the_page_marks_the_models_words_and_their_numbers_lead_to_the_article(
    desk: Visit, model: HostileServer
) -> None:
    model.told = "quotes"
    desk.ask(PUTIN)
    drafted = desk.page.locator("#chat li", has_text="Phrased").first
    expect(drafted).to_be_visible()
    verbatim = desk.page.locator("#chat .writer details p").first
    expect(verbatim).to_be_hidden()
    desk.page.locator("#chat .writer summary").click()
    expect(verbatim).to_contain_text("would be a “legitimate” target")
    drafted.locator("a[href^='#cite-']").first.click()
    expect(desk.page.locator("#pane mark.hit").first).to_be_visible()


def test_the_page_says_that_the_model_failed_and_shows_the_sentences(
    desk: Visit, model: HostileServer
) -> None:
    model.told = "tells-the-key"
    desk.ask(PUTIN)
    expect(desk.page.locator("#chat .writer")).to_contain_text("(status 400)")
    assert desk.page.locator("#chat ol li").count() == 2


def test_the_key_and_the_models_words_are_in_no_log_and_nobody_else_was_contacted(
    server: Server, folder: Path
) -> None:
    log = (folder / "stderr").read_text()
    assert "The language model at 127.0.0.1" in log
    assert KEY not in log
    assert "swordfish" not in log
    assert server.leaks.read_text() == ""
