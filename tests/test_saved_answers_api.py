"""Links and feedback by the API, over a real archive."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.answerer import Answerer
from bot.library.answer_store import AnswerStore
from bot.library.saved_answer import without_words
from bot.service import Service
from bot.settings import Settings
from bot.web.chat.turns import show_again
from bot.web.site import make_site
from index.schema import Article
from tests.archives import folder_of

PUTIN = "what did Putin say about peacekeepers?"
FOLLOW_UP = {"question": "And what about security guarantees?", "history": [PUTIN]}

Post = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def post(answerer: Answerer) -> Post:
    site = make_site(Service(lambda: answerer), Settings())

    def post(path: str, record: object) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(site)
            async with httpx.AsyncClient(transport=transport, base_url="http://own") as client:
                return await client.post(path, content=json.dumps(record))

        return asyncio.run(go())

    return post


def test_a_link_leads_to_the_answer_that_the_server_made(
    post: Post, answerer: Answerer, article: Article
) -> None:
    foreign = post("/api/links", FOLLOW_UP | {"message": "mine", "sentences": []})
    assert foreign.is_client_error
    assert "message" in foreign.text
    made = post("/api/links", FOLLOW_UP).json()
    assert made["url"].startswith("http://own/?")
    assert parse_qs(urlsplit(made["url"]).query) == {
        "q": [FOLLOW_UP["question"]],
        "a": [made["id"]],
    }
    with AnswerStore.of(answerer.archive.address) as store:
        kept = store.find(made["id"])
    assert kept
    assert kept.history == (PUTIN,)
    expected = answerer.answer(str(FOLLOW_UP["question"]), [PUTIN])
    assert show_again(kept, answerer) == (expected, "")
    assert post("/api/links", FOLLOW_UP).json() == made
    assert post("/api/links", {"question": FOLLOW_UP["question"]}).json()["id"] != made["id"]


def test_nothing_of_the_articles_is_written_down(
    post: Post, answerer: Answerer, article: Article
) -> None:
    post("/api/links", {"question": PUTIN})
    post("/api/feedback", {"question": PUTIN, "verdict": "right"})
    files = folder_of(answerer.archive).glob("kept.sqlite3*")
    held = b"".join(Path(file).read_bytes() for file in files).decode(errors="replace")
    assert "what did Putin say" in held
    for citation in answerer.answer(PUTIN).citations:
        assert citation.text[:25] not in held


def test_feedback_is_kept_with_the_answer_that_it_is_about(post: Post, answerer: Answerer) -> None:
    answer = answerer.answer(PUTIN)
    mine = without_words(answer, (), 0)
    comment = "<script>alert(1)</script> no, “Macron”"
    said = {"question": PUTIN, "verdict": "wrong_speaker", "number": 1, "comment": comment}
    assert post("/api/feedback", said | {"answer": mine.id}).json() == {"id": mine.id}
    with AnswerStore.of(answerer.archive.address) as store:
        kept = store.feedback()[-1]
    assert (kept.verdict, kept.number, kept.comment) == ("wrong_speaker", 1, comment)
    assert kept.answer.generation == answerer.archive.generation
    assert kept.answer.id == mine.id


@pytest.mark.parametrize(
    ("path", "record", "says"),
    [
        ("/api/feedback", {"question": PUTIN}, "verdict"),
        ("/api/feedback", {"question": PUTIN, "verdict": "good"}, "verdict"),
        ("/api/feedback", {"question": PUTIN, "verdict": "wrong", "number": 0}, "number"),
        ("/api/feedback", {"question": PUTIN, "verdict": "wrong", "number": 99}, "citation 99"),
        ("/api/feedback", {"question": PUTIN, "verdict": "wrong", "comment": "x" * 2001}, "comm"),
        ("/api/feedback", {"question": PUTIN, "verdict": "right", "answer": "other"}, "ask it"),
        ("/api/feedback", {"question": "", "verdict": "right"}, "empty"),
        ("/api/links", {"question": "x" * 1001}, "too long"),
        ("/api/links", {"question": "q", "history": ["\ud800"]}, ""),
        ("/api/links", {}, "question"),
        ("/api/links", [], ""),
    ],
)
def test_what_cannot_be_kept_gets_a_reason(
    post: Post,
    path: str,
    record: object,
    says: str,
) -> None:
    reply = post(path, record)
    assert reply.status_code == 400
    assert reply.json().keys() == {"error"}
    assert says in reply.json()["error"]
