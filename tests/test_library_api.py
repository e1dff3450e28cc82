"""The API over a real archive, all but the chat page; no server, so that each test is quick."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from starlette.routing import Route

from bot.answerer import Answerer
from bot.library.saved_answer import without_words
from bot.service import Service
from bot.settings import Limits, Secrets, Settings
from bot.web.chat.turns import show_again
from bot.web.site import make_site
from index.correcting import give_statement
from index.schema import Article
from tests.archives import folder_of
from tests.echo import PLACE, Echo

WRITER = "the-writers-token"
KEY = {"Authorization": f"Bearer {WRITER}"}
PUTIN = {"question": "what did Putin say about peacekeepers?"}
FERRY = {
    "id": "ferry",
    "title": "The ferry <b>stops</b>",
    "source": "Port Lisle Post",
    "published": "2024-03-04",
    "body": "The ferry will stop, mayor Anna Lee said.\n“We have no money,” Lee said on Monday.",
}
AWKWARD = ["a/b", "a b?c#d", "ü\u202ex", "../../etc/passwd", "%2e%2e", "x" * 500, "<script>", "."]

Send = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def app(answerer: Answerer) -> FastAPI:
    settings = Settings(
        secrets=Secrets(write_token=WRITER), limits=Limits(articles=3, question=100)
    )
    return make_site(Service(lambda: answerer, settings.limits.question), settings)


@pytest.fixture
def send(app: FastAPI, answerer: Answerer) -> Iterator[Send]:
    """Sends a request; what a test adds to the archive is taken out after it."""
    before = {summary.id for summary in answerer.archive.articles()}

    def send(method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://own") as client:
                return await client.request(method, path, **more)

        return asyncio.run(go())

    yield send
    for made in answerer.archive.corrections():
        answerer.archive.take_back(made.id)
    for summary in answerer.archive.articles():
        if summary.id not in before:
            answerer.archive.remove(summary.id)


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream, as name and data."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((fields["event"], json.loads(fields["data"])))
    return found


# --- asking


def test_an_answer_comes_as_events_block_by_block_and_then_whole(send: Send) -> None:
    whole = send("POST", "/api/ask", json=PUTIN).json()
    reply = send("POST", "/api/ask", json=PUTIN, headers={"Accept": "text/event-stream"})
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.headers["x-accel-buffering"] == "no"
    (first, understood), *grown, (last, answer) = events(reply.text)
    assert (first, last) == ("understood", "answer")
    assert understood == {name: whole[name] for name in ("understood", "message")}
    assert answer == whole
    # Each block comes before its sentences.
    assert [name for name, _ in grown] == [
        name
        for block in whole["blocks"]
        for name in ("block", *["sentence"] * len(block["citations"]))
    ]
    assert [block for name, block in grown if name == "block"] == whole["blocks"]
    sentences = [sentence for name, sentence in grown if name == "sentence"]
    for sentence, expected in zip(sentences, whole["sentences"], strict=True):
        assert sentence["text"] == expected["text"] == sentence["citations"][0]["text"]
        assert [c["number"] for c in sentence["citations"]] == expected["citations"]


def test_the_description_has_every_field_of_an_answer(send: Send) -> None:
    answer = send("POST", "/api/ask", json=PUTIN).json()
    schemas = send("GET", "/openapi.json").json()["components"]["schemas"]
    for record, name in (
        (answer, "AnswerRecord"),
        (answer["citations"][0], "CitationRecord"),
        (answer["sentences"][0], "CitedSentenceRecord"),
        (answer["blocks"][0], "BlockRecord"),
        (answer["blocks"][0]["voices"][0], "VoiceRecord"),
        (answer["parts"][0], "PartRecord"),
    ):
        assert record.keys() == schemas[name]["properties"].keys()


def test_a_refusal_comes_as_events_too(send: Send) -> None:
    body = {"question": "what did Zork say about tulips?"}
    reply = send("POST", "/api/ask", json=body, headers={"Accept": "text/event-stream"})
    assert [name for name, _ in events(reply.text)] == ["understood", "answer"]
    assert events(reply.text)[1][1]["status"] == "refused"


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
@pytest.mark.parametrize("body", [{"question": " "}, {"question": "x" * 101}, {}])
def test_a_question_that_cannot_be_asked_is_refused_before_a_stream_begins(
    send: Send, accept: str, body: dict[str, str]
) -> None:
    reply = send("POST", "/api/ask", json=body, headers={"Accept": accept})
    assert reply.status_code == 400
    assert reply.json().keys() == {"error"}


# --- reading


def test_an_article_is_given_with_its_spans(send: Send, article: Article) -> None:
    found = send("GET", f"/api/articles/{article.id}").json()
    assert found["text"] == article.text
    assert found["version"] == article.version
    assert {"title", "author", "source", "published", "url", "label"} <= found.keys()
    sentences = [found["text"][s["start"] : s["end"]] for s in found["sentences"]]
    assert "legitimate targets" in "".join(sentences)
    spoken = [s for s in found["statements"] if s["speaker"]]
    assert {s["speaker"]["name"] for s in spoken} >= {"Vladimir Putin"}
    for statement in spoken:
        for place in (statement["speaker"], *statement["content"]):
            assert 0 <= place["start"] < place["end"] <= len(article.text)
    assert "Vladimir Putin" in {person["name"] for person in found["people"]}


def test_the_list_of_articles_is_searched_and_cut(send: Send) -> None:
    send("POST", "/api/articles", json={"articles": [FERRY]}, headers=KEY)
    everything = send("GET", "/api/articles").json()
    assert everything["total"] == 2
    (found,) = send("GET", "/api/articles?q=ferry").json()["articles"]
    assert (found["id"], found["title"]) == ("ferry", FERRY["title"])
    assert (found["n_sentences"], found["n_statements"]) == (2, 2)
    one = send("GET", "/api/articles?offset=1&limit=1").json()
    assert (one["total"], one["articles"]) == (2, everything["articles"][1:])
    assert send("GET", "/api/articles?q=zork").json() == {"total": 0, "articles": []}


def test_statements_are_found_by_speaker_topic_and_day(send: Send, article: Article) -> None:
    send("POST", "/api/articles", json={"articles": [FERRY]}, headers=KEY)
    said = send("GET", "/api/statements?speaker=Putin&topic=peacekeepers").json()
    assert said["total"] >= 1
    assert {s["speaker"] for s in said["statements"]} == {"Vladimir Putin"}
    for statement in said["statements"]:
        start, end = statement["start"], statement["end"]
        assert article.text[start:end] == statement["text"]
        assert all(start <= p["start"] < p["end"] <= end for p in statement["content"])
    dated = "/api/statements?from=2024-03-04&to=2024-03-04"
    assert {s["article_id"] for s in send("GET", dated).json()["statements"]} == {"ferry"}
    assert send("GET", "/api/statements?from=2024-03-05").json()["total"] == 0


def test_people_are_counted(send: Send) -> None:
    people = send("GET", "/api/people").json()
    counts = [person["n_statements"] for person in people["people"]]
    assert counts == sorted(counts, reverse=True)
    assert people["people"][0]["name"] == "Vladimir Putin"
    (putin,) = send("GET", "/api/people?q=putin").json()["people"]
    assert putin["topics"]


@pytest.mark.parametrize(
    "path",
    [
        "articles?limit=0",
        "articles?limit=201",
        "articles?offset=-1",
        "articles?offset=9999999999999999999999",
        "articles?limit=many",
        "articles?q=" + "x" * 201,
        "people?limit=NaN",
        "statements?from=yesterday",
        "statements?to=2024-02-30",
        "statements?speaker=" + "x" * 201,
        "statements?speeker=Putin",
        "articles?q=a&x",
        "complete?q=a&limit=3",
        "articles/seed?full=1",
    ],
)
def test_a_parameter_that_cannot_be_gets_400_and_a_reason(send: Send, path: str) -> None:
    reply = send("GET", f"/api/{path}")
    assert reply.status_code == 400
    assert reply.json().keys() == {"error"}
    assert "\n" not in reply.json()["error"]


@pytest.mark.parametrize(
    "q", ["%00", "%ff", '"', "*", "a AND", "NEAR(", "ü\u202e", "'; DROP TABLE", "-"]
)
@pytest.mark.parametrize(
    "path", ["articles?q=", "people?q=", "statements?topic=", "statements?speaker="]
)
def test_hostile_words_are_only_words(send: Send, path: str, q: str) -> None:
    assert send("GET", f"/api/{path}{q}").status_code == 200


# --- changing


def test_an_article_is_added_corrected_cited_and_removed(send: Send) -> None:
    known = [{"id": "ferry", "title": FERRY["title"]}]
    none: dict[str, list[object]] = {
        what: [] for what in ("added", "replaced", "unchanged", "withdrawn", "problems")
    }
    for body, what in ((FERRY, "added"), (FERRY, "unchanged")):
        reply = send("POST", "/api/articles", json={"articles": [body]}, headers=KEY)
        assert reply.json() == none | {what: known}
    ask = {"question": "what will the ferry do?"}
    cited, *_ = send("POST", "/api/ask", json=ask).json()["sentences"]
    assert cited["text"] == "The ferry will stop, mayor Anna Lee said."
    later = FERRY | {"body": FERRY["body"].replace("stop", "run")}
    reply = send("POST", "/api/articles", json={"articles": [later]}, headers=KEY)
    told = {"before": "“The ferry <b>stops</b>” of Port Lisle Post"}
    assert reply.json() == none | {"replaced": [known[0] | told]}
    assert "will run" in send("POST", "/api/ask", json=ask).text
    (earlier,) = send("GET", "/api/versions?article=ferry").json()["versions"]
    assert [change["what"] for change in earlier["changes"]] == ["altered"]
    removed = send("DELETE", "/api/articles/ferry", headers=KEY).json()
    assert (removed["removed"], removed["wiped"]) == ("ferry", True)
    assert removed["gone"]["versions"] == 1
    assert send("POST", "/api/ask", json=ask).json()["status"] == "refused"
    again = send("DELETE", "/api/articles/ferry", headers=KEY)
    assert (again.status_code, again.json()) == (404, {"error": "There is no article 'ferry'."})


def test_files_are_read_as_on_the_command_line_with_a_line_for_each_loss(send: Send) -> None:
    files = [
        ("files", ("note.txt", b"The bridge is open, Tom Reed said.")),
        ("files", ("../../up.md", b"# Up\nNo, Ann Ray said.")),
        ("files", ("bad.exe", b"MZ")),
        ("files", ("empty.txt", b"")),
        ("files", ("more.jsonl", b'{"body": "Yes, Ann Ray said."}\n{"body": 7}\n')),
    ]
    for _, (name, _) in files:
        assert send("GET", f"/api/articles/{quote(name)}").status_code == 404
    limited = send("POST", "/api/articles", files=files, headers=KEY)
    assert limited.status_code == 400  # three are allowed
    reply = send("POST", "/api/articles", files=files[:3], headers=KEY).json()
    assert [known["id"] for known in reply["added"]] == ["note", "up"]
    assert [lost["name"] for lost in reply["problems"]] == ["bad.exe"]
    reply = send("POST", "/api/articles", files=files[3:], headers=KEY).json()
    assert len(reply["added"]) == 1
    assert [lost["name"] for lost in reply["problems"]] == ["empty.txt", "more.jsonl:2"]
    assert "/tmp" not in json.dumps(reply)  # noqa: S108 - is not there


def test_no_more_articles_are_taken_than_allowed_whatever_they_come_in(send: Send) -> None:
    lines = "".join(json.dumps({"id": f"n{n}", "body": f"News {n}."}) + "\n" for n in range(5))
    reply = send("POST", "/api/articles", files=[("files", ("all.jsonl", lines))], headers=KEY)
    assert len(reply.json()["added"]) == 3
    (rest,) = reply.json()["problems"]
    assert rest["name"] == "after 3"
    assert "limits.articles" in rest["problem"]
    articles = [{"id": f"m{n}", "body": "News."} for n in range(5)]
    reply = send("POST", "/api/articles", json={"articles": articles}, headers=KEY)
    assert len(reply.json()["added"]) == 3


def test_of_a_file_of_a_million_articles_a_request_reads_those_that_it_may_add(send: Send) -> None:
    files = [("files", ("export.csv", b"body\n" + b"a\n" * 1_000_000))]
    began = time.process_time()
    reply = send("POST", "/api/articles", files=files, headers=KEY).json()
    # All of them take half a minute to be read.
    assert time.process_time() - began < 10
    assert len(reply["added"]) == 1
    names = [each["name"] for each in reply["problems"]]
    assert names == ["export.csv:3", "export.csv:4", "after 3"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "file:///etc/passwd", "no address", "http://[::1]/"]
)
def test_an_address_that_may_not_be_fetched_is_a_problem_in_one_line(send: Send, url: str) -> None:
    reply = send("POST", "/api/articles", json={"url": url}, headers=KEY)
    assert reply.status_code == 200
    assert reply.json()["added"] == []
    (problem,) = reply.json()["problems"]
    assert "\n" not in problem["problem"]


@pytest.mark.parametrize("article_id", AWKWARD)
def test_any_id_can_be_read_and_removed(send: Send, article_id: str) -> None:
    body = {"articles": [{"id": article_id, "body": "It rained, Ann Lee said."}]}
    assert len(send("POST", "/api/articles", json=body, headers=KEY).json()["added"]) == 1
    path = f"/api/articles/{quote(article_id, safe='')}"
    assert send("GET", path.replace("/.", "/%2e")).json()["id"] == article_id
    assert send("DELETE", path.replace("/.", "/%2e"), headers=KEY).json()["removed"] == article_id


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"articles": []},
        {"articles": [7]},
        {"articles": "x"},
        {"articles": [FERRY], "url": "http://a.example/"},
        {"url": 7},
        {"urls": ["http://a.example/"]},
        [],
    ],
)
def test_a_body_that_adds_nothing_gets_400(send: Send, body: object) -> None:
    reply = send("POST", "/api/articles", json=body, headers=KEY)
    assert reply.status_code == 400
    assert reply.json().keys() == {"error"}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("multipart/form-data; boundary=x", b"garbage"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="files"\r\n\r\nno file\r\n--x--',
        ),
    ],
)
def test_a_form_without_files_gets_400(send: Send, content_type: str, body: bytes) -> None:
    headers = KEY | {"Content-Type": content_type}
    assert send("POST", "/api/articles", content=body, headers=headers).status_code == 400


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_nobody_changes_the_library_without_the_token(
    send: Send, method: str, article: Article
) -> None:
    path = "/api/articles" + (f"/{article.id}" if method == "DELETE" else "")
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"X-Remote-User": "ann"}):
        reply = send(method, path, headers=headers)
        assert reply.status_code == 401
        assert reply.json().keys() == {"error"}
    assert send("GET", f"/api/articles/{article.id}").status_code == 200


# --- the description


def test_the_description_says_what_each_route_needs(send: Send) -> None:
    paths = send("GET", "/openapi.json").json()["paths"]
    assert paths["/api/articles"]["post"]["security"] == [{"token": []}]
    assert paths["/api/articles"]["get"]["security"] == [{}, {"token": []}]
    assert "security" not in paths["/healthz"]["get"]
    assert {"200", "400", "401", "403", "413", "429"} <= paths["/api/ask"]["post"][
        "responses"
    ].keys()
    assert not any("422" in o["responses"] for path in paths.values() for o in path.values())


def test_a_path_that_nobody_serves_is_a_line_too(send: Send) -> None:
    for path in ("/api/nothing", "/nothing"):
        reply = send("GET", path)
        assert (reply.status_code, reply.json().keys()) == (404, {"error"})
    assert send("GET", "/api/ask").status_code == 405
    assert send("GET", "/api/ask").json().keys() == {"error"}


def test_the_archives_place_is_in_no_reply(send: Send, answerer: Answerer) -> None:
    folder = str(Path(folder_of(answerer.archive)).parent)
    for path in ("/api/articles", "/api/articles/none", "/openapi.json", "/readyz"):
        assert folder not in send("GET", path).text


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "TRACE", "BREW"])
def test_a_method_that_a_path_has_not_is_a_line_too(send: Send, method: str) -> None:
    reply = send(method, "/api/links", headers=KEY)
    assert (reply.status_code, reply.json().keys()) == (405, {"error"})
    assert reply.headers["allow"] == "POST"
    assert send(method, "/api/nothing", headers=KEY).status_code == 404


def test_a_fault_of_ours_is_a_line_without_its_cause() -> None:
    async def fail(request: Request) -> Response:
        raise RuntimeError(f"no such file: {PLACE}")

    site = make_site(Service(Echo), Settings())
    site.router.routes.insert(0, Route("/api/fail", fail))

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(site, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://own") as client:
            return await client.get("/api/fail")

    reply = asyncio.run(go())
    assert (reply.status_code, reply.json().keys()) == (500, {"error"})
    assert PLACE not in reply.text


# --- corrections by hand


@pytest.fixture
def said(send: Send) -> dict[str, Any]:
    """A statement of Putin's, as a correction names it."""
    (one, *_) = send("GET", "/api/statements", params={"speaker": "Vladimir Putin"}).json()[
        "statements"
    ]
    content = one["content"]
    return {
        "what": "statement",
        "article_id": one["article_id"],
        "start": content[0]["start"],
        "end": content[-1]["end"],
    }


def speakers_at(send: Send, place: dict[str, Any]) -> list[Any]:
    article = send("GET", f"/api/articles/{place['article_id']}").json()
    return [
        statement["speaker"] and statement["speaker"]["name"]
        for statement in article["statements"]
        if statement["content"][0]["start"] == place["start"]
    ]


def test_a_statement_is_put_right_everywhere_and_taken_back(
    send: Send, said: dict[str, Any]
) -> None:
    reply = send("POST", "/api/corrections", headers=KEY, json=said | {"speaker": "Ann Lee"})
    assert reply.status_code == 200, reply.text
    made = reply.json()
    assert (made["what"], made["speaker"], made["holds"]) == ("statement", "Ann Lee", True)
    article = send("GET", f"/api/articles/{said['article_id']}").json()
    assert made["words"] == article["text"][made["start"] : made["end"]]
    assert speakers_at(send, said) == ["Ann Lee"]
    people = send("GET", "/api/people", params={"q": "ann lee"}).json()["people"]
    assert [(card["name"], card["n_statements"]) for card in people] == [("Ann Lee", 1)]
    (one,) = send("GET", "/api/statements", params={"speaker": "Ann Lee"}).json()["statements"]
    assert one["corrected"] == made["made_at"]
    answer = send("POST", "/api/ask", json={"question": "what did Ann Lee say?"}).json()
    assert answer["citations"][0]["speaker"] == "Ann Lee"
    assert answer["citations"][0]["corrected"] == made["made_at"]
    assert send("GET", "/api/corrections").json()["corrections"] == [made]
    taken = send("DELETE", f"/api/corrections/{made['id']}", headers=KEY)
    assert taken.json() == {"taken_back": made["id"]}
    assert speakers_at(send, said) == ["Vladimir Putin"]
    assert send("GET", "/api/people", params={"q": "ann lee"}).json()["total"] == 0
    again = send("DELETE", f"/api/corrections/{made['id']}", headers=KEY)
    assert again.status_code == 404


def test_what_is_nobodys_is_cited_as_nobodys(send: Send, said: dict[str, Any]) -> None:
    send("POST", "/api/corrections", headers=KEY, json=said | {"speaker": None})
    assert speakers_at(send, said) == [None]


def test_people_are_put_together_and_told_to_be_nobody(send: Send) -> None:
    def put(**what: object) -> httpx.Response:
        return send("POST", "/api/corrections", headers=KEY, json=what)

    def names() -> set[str]:
        return {card["name"] for card in send("GET", "/api/people").json()["people"]}

    assert {"Vladimir Putin", "Emmanuel Macron"} <= names()
    one = put(what="person", person="Emmanuel Macron", name="Vladimir Putin").json()
    assert one["names"] == ["Emmanuel Macron"]
    assert "Emmanuel Macron" not in names()
    # Who is asked for by the old name is found by the new one.
    asked = {"question": "what did Emmanuel Macron say about peacekeepers?"}
    answer = send("POST", "/api/ask", json=asked).json()
    assert {c["speaker"] for c in answer["citations"]} == {"Vladimir Putin"}
    said = send("GET", "/api/statements", params={"speaker": "Emmanuel Macron"}).json()
    assert {s["speaker"] for s in said["statements"]} == {"Vladimir Putin"}
    assert put(what="person", person="Emmanuel Macron", name=None).status_code == 404
    put(what="person", person="Vladimir Putin", name=None)
    assert "Vladimir Putin" not in names()
    for made in send("GET", "/api/corrections").json()["corrections"]:
        send("DELETE", f"/api/corrections/{made['id']}", headers=KEY)
    assert {"Vladimir Putin", "Emmanuel Macron"} <= names()


def test_details_of_an_article_are_put_right(send: Send, said: dict[str, Any]) -> None:
    about = {"what": "detail", "article_id": said["article_id"], "detail": "published"}
    wrong = send("POST", "/api/corrections", headers=KEY, json=about | {"value": "31/05/2024"})
    assert wrong.status_code == 400
    assert send("POST", "/api/corrections", headers=KEY, json=about).status_code == 400
    made = send("POST", "/api/corrections", headers=KEY, json=about | {"value": "2019-05-31"})
    assert made.json()["value"] == "2019-05-31"
    articles = send("GET", "/api/articles").json()["articles"]
    assert "2019-05-31" in {each["published"] for each in articles}
    answer = send("POST", "/api/ask", json={"question": "what did Putin say?"}).json()
    assert {each["published"] for each in answer["citations"]} == {"2019-05-31"}


def test_a_role_is_denied(send: Send) -> None:
    def roles() -> list[str]:
        (card,) = send("GET", "/api/people", params={"q": "macron"}).json()["people"]
        return list(card["roles"])

    for role in roles():
        body = {"what": "role", "person": "Emmanuel Macron", "role": role}
        assert send("POST", "/api/corrections", headers=KEY, json=body).status_code == 200
        assert role not in roles()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 400),  # nobody's has to be said
        ({"speaker": ""}, 400),
        ({"speaker": "x" * 201}, 400),
        ({"speaker": "Ann\nLee"}, 400),
        ({"speaker": "Ann", "start": 0, "end": 2}, 400),
        ({"speaker": "Ann", "start": 7, "end": 3}, 400),
        ({"speaker": "Ann", "start": -1}, 400),
        ({"speaker": "Ann", "version": "older"}, 400),
        ({"speaker": "Ann", "article_id": "absent"}, 404),
        ({"speaker": "Ann", "more": 1}, 400),
        ({"speaker": ["Ann"]}, 400),
        ({"what": "person", "person": "Nobody At All", "name": None}, 404),
        ({"what": "person", "person": "Vladimir Putin"}, 400),
        ({"what": "role", "person": "Vladimir Putin", "role": " "}, 400),
        ({"what": "text"}, 400),
    ],
)
def test_what_cannot_be_put_right_is_refused_in_a_line(
    send: Send, said: dict[str, Any], change: dict[str, Any], status: int
) -> None:
    reply = send("POST", "/api/corrections", headers=KEY, json=said | change)
    assert reply.status_code == status
    assert len(reply.json()["error"].splitlines()) == 1
    assert send("GET", "/api/corrections").json()["total"] == 0


@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("DELETE", "/0123456789abcdef")])
def test_nobody_puts_right_without_the_write_right(send: Send, method: str, path: str) -> None:
    assert send(method, f"/api/corrections{path}", json={}).status_code == 401


def test_a_kept_answer_says_that_its_speaker_was_put_right(
    send: Send, said: dict[str, Any], answerer: Answerer
) -> None:
    answer = answerer.answer(PUTIN["question"])
    kept = without_words(answer, (), answerer.archive.generation)
    assert show_again(kept, answerer) == (answer, "")
    cited = answer.citations[0]
    for statement in answerer.archive.statements(cited.article.id):
        if statement.span.overlaps(cited.span):
            span = statement.span
            give_statement(answerer.archive, cited.article.id, span, "Emmanuel Macron")
    _, why = show_again(kept, answerer)
    assert "the speaker was corrected" in why
