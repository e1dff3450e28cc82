import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.echo import PLACE
from tests.serving import Server, fetch, serve, visit
from tests.test_request_bodies import BAD

READER = "the-readers-token"


def echo(folder: Path, gate: str | None, config: str = "") -> AbstractContextManager[Server]:
    """The web app over an answerer that echoes; `gate` is what its gate says, None to keep it."""
    if gate is not None:
        (folder / "gate").write_text(gate, encoding="utf-8")
    (folder / "verbatim.toml").write_text(config, encoding="utf-8")
    arguments = (str(folder / "gate"), str(folder / "verbatim.toml"))
    return serve(folder, "-m", "tests.echo", *arguments)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with echo(tmp_path_factory.mktemp("echo"), "open") as server:
        yield server.url


# --- the API


@pytest.mark.parametrize(
    "body",
    [
        *BAD,
        b'{"question": ""}',
        b'{"question": "half \\ud83d pair"}',
        json.dumps({"question": "x" * 1001}).encode(),
        json.dumps({"question": "q", "history": ["x" * 1001]}).encode(),
    ],
)
def test_a_bad_body_gets_400_and_a_reason_in_json(url: str, body: bytes) -> None:
    reply = fetch(url + "api/ask", body)
    assert reply.status == 400
    assert reply.json().keys() == {"error"}
    assert reply.json()["error"].endswith(".")
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/x-y"])
def test_json_is_read_whatever_it_is_called(url: str, content_type: str) -> None:
    body = '{"question": "Wer sagte „nein“?"}'.encode()
    reply = fetch(url + "api/ask", body, **{"Content-Type": content_type})
    assert reply.json()["question"] == "Wer sagte „nein“?"


def test_a_body_beyond_the_limit_gets_413_and_a_reason(url: str) -> None:
    body = json.dumps({"question": "q", "more": "x" * 70_000}).encode()
    reply = fetch(url + "api/ask", body)
    assert (reply.status, reply.json().keys()) == (413, {"error"})


def test_a_fault_tells_the_visitor_nothing_of_the_machine(url: str) -> None:
    reply = fetch(url + "api/ask", b'{"question": "break"}')
    assert reply.status == 500
    assert reply.json() == {"error": "Something went wrong. The server’s log has the details."}


# --- what is not served


@pytest.mark.parametrize(
    "path",
    """redoc monitoring monitoring/summary login logout user
    gradio_api/upload gradio_api/upload_progress gradio_api/monitoring gradio_api/runs
    gradio_api/openapi.json gradio_api/call/ask gradio_api/run/ask gradio_api/api/ask
    gradio_api/file=app.py gradio_api/proxy=http://127.0.0.1/ gradio_api/app_id
    gradio_api/deep_link gradio_api/vibe-edit verbatim/../web.py verbatim/%2e%2e/web.py
    static/../../../app.py nothing""".split(),
)
@pytest.mark.parametrize("body", [None, b"{}"])
def test_nothing_is_served_that_the_page_does_not_need(
    url: str, path: str, body: bytes | None
) -> None:
    reply = fetch(url + path, body)
    assert reply.status in (403, 404, 405)
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("path", ["", "healthz", "verbatim/cite.js", "gradio_api/upload", "none"])
def test_every_reply_carries_the_security_headers(url: str, path: str) -> None:
    headers = fetch(url + path).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["", "config", "api/ask", "healthz"])
def test_other_sites_may_not_read_the_replies(url: str, path: str) -> None:
    body = b'{"question": "q"}' if path == "api/ask" else None
    headers = fetch(url + path, body, Origin="https://evil.example", Host="news.example").headers
    assert "access-control-allow-origin" not in headers


# --- a newsroom that is closed, but for its wiki


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    config = 'origins = ["https://wiki.example"]\n[access]\nask = "token"\nread = "token"\n'
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERBATIM_READ_TOKEN", READER)
        with echo(tmp_path_factory.mktemp("closed"), "open", config) as server:
            yield server.url


@pytest.mark.parametrize("path", ["gradio_api/queue/join", "api/ask", "api/links", "api/feedback"])
def test_who_has_no_token_may_not_ask_by_any_way(closed: str, path: str) -> None:
    record = {"question": "q", "data": ["q", None], "fn_index": 0, "session_hash": "s"}
    reply = fetch(closed + path, json.dumps(record).encode())
    assert (reply.status, reply.json().keys()) == (401, {"error"})


@pytest.mark.parametrize(
    "path", ["", "library", "article?id=x", "people", "frame?q=q", "api/people"]
)
def test_who_has_no_token_reads_nothing(closed: str, path: str) -> None:
    assert fetch(closed + path).status == 401
    assert fetch(closed + path, Accept="text/html").headers["www-authenticate"].startswith("Basic")


def test_a_browser_is_asked_for_the_token_and_then_the_page_answers(
    closed: str, browser: Browser
) -> None:
    context = browser.new_context(http_credentials={"username": "me", "password": READER})
    try:
        page = context.new_page()
        page.goto(closed)
        page.fill("#question textarea", "who?")
        page.press("#question textarea", "Enter")
        expect(page.locator("#chat .bot-row p").first).to_have_text("who?")
    finally:
        context.close()


def test_a_listed_site_may_call_the_api_and_read_what_it_says(closed: str) -> None:
    asked = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    headers = {"Origin": "https://wiki.example", "Authorization": f"Bearer {READER}"}
    allowed = fetch(closed + "api/ask", b'{"question": "q"}', **headers)
    assert allowed.status == 200
    assert allowed.headers["access-control-allow-origin"] == "https://wiki.example"
    refused = fetch(closed + "api/ask", b'{"question": "q"}', Origin="https://wiki.example")
    assert refused.status == 401  # which it may read too
    assert refused.headers["access-control-allow-origin"] == "https://wiki.example"
    other = fetch(
        closed + "api/ask", b'{"question": "q"}', **headers | {"Origin": "https://b.example"}
    )
    assert other.status == 403
    assert "access-control-allow-origin" not in other.headers
    for origin, allows in (("https://wiki.example", True), ("https://b.example", False)):
        flight = fetch(closed + "api/ask", None, "OPTIONS", **asked | {"Origin": origin})
        assert (flight.status == 200) == allows
        assert ("access-control-allow-origin" in flight.headers) == allows


# --- the page while the archive opens


def test_the_page_says_that_it_is_opening_and_answers_what_was_asked_meanwhile(
    browser: Browser, tmp_path: Path
) -> None:
    with echo(tmp_path, None) as server, visit(browser, server.url) as visitor:
        page = visitor.page
        expect(page.locator("#status")).to_contain_text("Opening the archive")
        page.fill("#question textarea", "who spoke?")
        page.press("#question textarea", "Enter")
        expect(page.locator("#chat .bot-row")).to_contain_text("Opening the archive")
        assert server.get("/readyz").status == 503
        (tmp_path / "gate").touch()
        expect(page.locator("#chat .bot-row p").first).to_have_text("who spoke?")
        expect(page.locator("#status")).to_be_hidden()


def test_an_archive_that_cannot_be_opened_is_said_without_its_place(
    browser: Browser, tmp_path: Path
) -> None:
    with echo(tmp_path, "fail") as server, visit(browser, server.url) as visitor:
        expect(visitor.page.locator("#status")).to_contain_text("could not be opened")
        visitor.ask("who?")
        expect(visitor.page.locator("#chat .bot-row")).to_contain_text("could not be opened")
        assert server.get("/healthz").status == 200
        ready, asked = server.get("/readyz"), server.post("/api/ask", b'{"question": "q"}')
        assert (ready.status, asked.status) == (500, 500)
        assert ready.json()["status"] == "failed"
        assert "could not be opened" in asked.json()["error"]
        assert PLACE not in ready.text + asked.text + visitor.page.content()
    assert PLACE in (tmp_path / "stderr").read_text(encoding="utf-8")


def test_the_page_outlives_a_fault(url: str, browser: Browser) -> None:
    with visit(browser, url) as visitor:
        visitor.ask("break")
        expect(visitor.page.locator("#chat .bot-row")).to_contain_text("Something went wrong")
        visitor.ask("who?")
        expect(visitor.page.locator("#chat .bot-row").nth(1).locator("p")).to_have_text("who?")


def test_a_question_longer_than_the_box_is_cut_there(url: str, browser: Browser) -> None:
    with visit(browser, url) as visitor:
        visitor.page.focus("#question textarea")
        visitor.page.keyboard.insert_text("x" * 1001)
        visitor.page.keyboard.press("Enter")
        expect(visitor.page.locator("#chat .user-row")).to_have_text("x" * 1000)


def test_a_question_can_be_given_up_and_another_asked(url: str, browser: Browser) -> None:
    with visit(browser, url) as visitor:
        page = visitor.page
        page.fill("#question textarea", "wait")
        page.press("#question textarea", "Enter")
        expect(page.locator("#chat [role=log]")).to_have_attribute("aria-busy", "true")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("#chat .bot-row p").first).to_have_text("Stopped.")
        expect(page.locator("#chat [role=log]")).to_have_attribute("aria-busy", "false")
        expect(page.get_by_role("button", name="Stop")).to_be_hidden()
        visitor.ask("who?")
        expect(page.locator("#chat .bot-row").nth(1).locator("p")).to_have_text("who?")
        expect(page.locator("div[role=status].heard")).to_have_text("Answer ready: who?")
        assert visitor.complaints == []


# --- twenty visitors


def talk(url: str, name: str) -> list[str]:
    """Two questions by the page's own queue, as the page asks them; all that comes back."""
    said = []
    for question in (f"{name} first?", f"{name} second?"):
        record = {"data": [question, "", "", None], "fn_index": 0, "session_hash": name}
        assert fetch(url + "gradio_api/queue/join", json.dumps(record).encode()).status == 200
        said.append(fetch(f"{url}gradio_api/queue/data?session_hash={name}").text)
    return said


def test_twenty_visitors_at_once_see_their_own_conversation_only(url: str) -> None:
    names = [f"visitor{n:02}" for n in range(20)]
    with ThreadPoolExecutor(20) as pool:
        talks = list(pool.map(lambda name: talk(url, name), names))
    for name, (first, second) in zip(names, talks, strict=True):
        assert f"{name} first" in first
        assert f"{name} second" in second
        assert f"{name} first" in second
        assert "process_completed" in second
        others = [other for other in names if other != name]
        assert [other for other in others if other in first + second] == []
