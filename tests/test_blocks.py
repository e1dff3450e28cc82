"""A quotation stays whole and in its order wherever an answer goes: one test a surface."""

import asyncio
import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.answer import Answer
from bot.answerer import Answerer
from bot.drafting.prompts import make_prompt
from bot.library.saved_answer import from_record, to_record, without_words
from bot.mcp import make_server
from bot.rendering.answer_json import to_json
from bot.rendering.answer_markdown import markdown_parts
from bot.rendering.answer_text import to_text
from bot.service import Service
from bot.settings import Settings
from bot.web.chat.turns import PageTurn, pane_of, show_again
from bot.web.site import make_site
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering
from tests.fragments import Browser
from tests.visitors import READER

WORDS = (
    "Mayor Ruth Amari wrote on Twitter: “The harbour of Port Lisle stays open. Literally. Nobody "
    "will lose a job over the harbour. We have a plan for every crane. Read it on Monday.”"
)
TEXT = f"""Port Lisle has argued over its harbour for a year.
{WORDS} The council meets in March.
“The harbour is finished,” said Tom Reed, who owns two of the cranes."""
QUESTION = "what did Ruth Amari say about jobs at the harbour?"


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(
        tmp_path_factory.mktemp("archive"), embedder, [Article("harbour", TEXT, "The harbour")]
    ) as made:
        yield made


@pytest.fixture(scope="module")
def answer(answerer: Answerer) -> Answer:
    return answerer.answer(QUESTION)


@pytest.fixture(scope="module")
def site(answerer: Answerer) -> TestClient:
    app: FastAPI = make_site(Service(lambda: answerer), Settings())
    return TestClient(app, base_url="http://127.0.0.1")


def holds_whole(text: str) -> bool:
    """Whether the quotation stands in the text once, whole and in its order."""
    plain = " ".join(text.split())
    return plain.count(WORDS) == plain.count("Literally.") == 1


def test_the_best_sentence_is_not_the_first_and_the_block_begins_with_that(answer: Answer) -> None:
    (block,) = answer.blocks
    assert holds_whole(block.run.text)
    assert [c.number for c in block.run.citations] == [1, 2, 3, 4, 5]
    assert [c.number for c in answer.citations] != [1, 2, 3, 4, 5]


def test_in_json_and_events(site: TestClient) -> None:
    record = site.post("/api/ask", json={"question": QUESTION}).json()
    assert holds_whole(" ".join(sentence["text"] for sentence in record["sentences"]))
    assert holds_whole(record["blocks"][0]["text"])
    events = site.post(
        "/api/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"}
    ).text
    blocks = [e for e in events.split("\n\n") if e.startswith("event: block\n")]
    assert holds_whole(json.loads(blocks[0].partition("data: ")[2])["text"])


def test_in_the_terminal_and_what_copy_copies(answer: Answer) -> None:
    assert holds_whole(to_text(answer))
    assert to_text(answer).count("[1-5]") == 2  # at the words, and at the source


def test_on_the_page(answer: Answer) -> None:
    markdown = "".join(markdown_parts(answer))
    assert holds_whole(Browser(markdown).text)
    assert markdown.count("(#cite-1-") == 1


def test_beside_the_answer(answer: Answer, answerer: Answerer) -> None:
    turn = PageTurn(1, QUESTION, answer=answer)
    html = asyncio.run(pane_of(Service(lambda: answerer), turn, READER))
    assert re.findall(r'class="sent cited"[^>]*title="([^"]*)"', html) == ["1-5"]
    assert html.count('class="sent cited"') == 5


def test_in_a_frame(site: TestClient) -> None:
    page = site.get("/frame", params={"q": QUESTION}).text
    (quoted,) = re.findall("<blockquote>(.*?)</blockquote>", page)
    assert holds_whole(unescape(quoted))
    assert page.count('class="number"') == 1


def test_in_a_kept_link(answer: Answer, answerer: Answerer) -> None:
    kept = from_record(to_record(without_words(answer, (), 0)))
    assert kept
    assert show_again(kept, answerer) == (answer, "")


@pytest.mark.parametrize("format", ["text", "markdown", "html", "mediawiki", "dokuwiki"])
def test_in_every_notation(site: TestClient, answer: Answer, format: str) -> None:
    span = answer.blocks[0].run.span
    place = f"article=harbour&start={span.start}&end={span.end}&format={format}"
    assert "Literally. Nobody will lose a job" in site.get(f"/api/cite?{place}").text


def test_for_a_language_model(answer: Answer) -> None:
    prompt = make_prompt(answer.question, answer.understood, answer.blocks).user
    said = re.findall(r"^\[\d\] \([^)]*\) (.*)$", prompt, re.MULTILINE)
    assert holds_whole(" ".join(said))


def test_for_a_language_models_client(answerer: Answerer) -> None:
    from mcp import types

    server = make_server(Service(lambda: answerer))
    request = types.CallToolRequest(
        params=types.CallToolRequestParams(name="ask", arguments={"question": QUESTION})
    )

    async def call() -> types.ServerResult:
        return await server.request_handlers[types.CallToolRequest](request)

    result = asyncio.run(call()).root
    assert isinstance(result, types.CallToolResult)
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    assert holds_whole(content.text)


def test_what_comes_nearest_to_an_answer_is_whole_too(answerer: Answerer) -> None:
    refused = answerer.answer("what did Ruth Amari say about volcanoes?")
    assert refused.refusal
    assert all(holds_whole(block.run.text) for block in refused.nearest)
    assert refused.nearest
    assert to_json(refused)["nearest_blocks"]
