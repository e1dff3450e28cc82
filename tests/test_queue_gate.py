"""What of Gradio's own paths may be sent, to a real server with the page."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.serving import Server
from tests.test_site import echo

GOOD: dict[str, object] = {
    "data": ["whoever", "", "", None],
    "fn_index": 0,
    "session_hash": "abcdefghij",
    "trigger_id": 9,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page over an echo; whatever the tests send, it writes no traceback."""
    folder: Path = tmp_path_factory.mktemp("echo")
    with echo(folder, "open") as server:
        yield server
        assert "Traceback" not in (folder / "stderr").read_text(encoding="utf-8")


def join(server: Server, **changed: object) -> int:
    """Send an event; its status."""
    return server.post("/gradio_api/queue/join", json.dumps(GOOD | changed).encode()).status


def test_what_the_page_sends_is_answered(server: Server) -> None:
    assert join(server) == 200
    assert "whoever" in server.get("/gradio_api/queue/data?session_hash=abcdefghij").text


@pytest.mark.parametrize(
    "changed",
    [
        {"session_hash": "y" * 60_000},
        {"session_hash": "y" * 21},
        {"session_hash": "../../x"},
        {"session_hash": ""},
        {"session_hash": None},
        {"session_hash": 1234567890},
        {"fn_index": 99},
        {"fn_index": -1},
        {"fn_index": None},
        {"fn_index": "0"},
        {"fn_index": 2**70},
        {"data": ["who?", "", ""]},
        {"data": ["who?", "", "", None, None]},
        {"data": []},
        {"data": None},
        {"data": "who?"},
        {"data": ["who?", "", "", "state"]},
        {"data": [], "fn_index": 99},
        {"data": ["who?", "", "", {"turns": []}]},
        {"data": [{"path": "/etc/passwd"}, "", "", None]},
        {"data": ["x" * 20_001, "", "", None]},
        {"trigger_id": -1},
        {"trigger_id": [9]},
    ],
)
def test_what_no_page_would_send_is_refused(server: Server, changed: dict[str, object]) -> None:
    reply = server.post("/gradio_api/queue/join", json.dumps(GOOD | changed).encode())
    assert reply.status == 400
    assert reply.json().keys() == {"error"}
    assert len(reply.text) < 300


@pytest.mark.parametrize("empty", [["whoever", None, None, None], [None, "whoever", None, None]])
def test_a_box_that_is_not_drawn_yet_is_empty(server: Server, empty: list[str | None]) -> None:
    """Gradio's page takes a question before it has drawn all of its boxes."""
    assert join(server, session_hash="tooearly", data=empty) == 200
    assert server.get("/gradio_api/queue/data?session_hash=tooearly").status == 200


def test_what_is_asked_as_a_stream_ends_is_told_of_in_the_same_stream(server: Server) -> None:
    """The page believes that a stream whose end it has not read will tell of this too."""
    assert join(server, session_hash="onestream") == 200
    url = f"{server.url}gradio_api/queue/data?session_hash=onestream"
    with urllib.request.urlopen(url, timeout=PATIENCE) as stream:  # noqa: S310
        for line in stream:
            if b"process_completed" in line:
                break
        assert join(server, session_hash="onestream", data=["another", "", "", None]) == 200
        rest = stream.read().decode()
    assert "another" in rest
    assert rest.count("close_stream") == 1
    assert rest.rstrip().endswith('"event_id":null}')


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"data": []}'])
def test_no_body_is_too_odd(server: Server, body: bytes) -> None:
    assert server.post("/gradio_api/queue/join", body).status == 400


def test_whatever_else_is_sent_with_it_is_left_out(server: Server) -> None:
    odd = {"event_data": {"x": [1] * 1000}, "batched": True, "simple_format": True, "request": 1}
    assert join(server, session_hash="evenmoreodd", **odd) == 200
    assert "whoever" in server.get("/gradio_api/queue/data?session_hash=evenmoreodd").text


@pytest.mark.parametrize(
    "query", ["", "?session_hash=", "?session_hash=x", "?session_hash=" + "z" * 9]
)
def test_a_page_that_is_not_known_is_told_so(server: Server, query: str) -> None:
    """As one that was left open while the server began anew."""
    reply = server.get(f"/gradio_api/queue/data{query}")
    assert reply.status == 200
    assert json.loads(reply.text.removeprefix("data: "))["session_not_found"]


@pytest.mark.parametrize("body", [b"{}", b"", b"{", b'{"event_id": "x"}'])
@pytest.mark.parametrize("path", ["cancel", "reset"])
def test_what_gradio_would_give_up_is_no_concern_of_its_own(
    server: Server, path: str, body: bytes
) -> None:
    assert server.post(f"/gradio_api/{path}", body).status == 200
    assert server.get("/gradio_api/heartbeat/abcdefghij").status == 204


def test_a_page_has_only_so_much_waiting_and_nobody_works_for_who_does_not_listen(
    server: Server,
) -> None:
    statuses = [join(server, session_hash="neverlistens") for _ in range(10)]
    assert statuses == [200] * 4 + [503] * 6
    assert join(server, session_hash="anotherpage") == 200
