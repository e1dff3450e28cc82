"""A model server on loopback that speaks OpenAI's protocol and Ollama's, and misbehaves on request.

What it does is chosen by the name of the model that is asked for: see `DRAFTS` (it writes well, or
lies) and `FAULTS` (it does not keep to the protocol). It remembers every request.
"""

import contextlib
import gzip
import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

from tests.patience import PATIENCE

_EVIDENCE = re.compile(r"^\[(\d+)\] \(([^,)]*)[^)]*\) (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the prompt, as a model reads it."""

    number: int
    speaker: str
    text: str


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """All that the model is told."""
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def evidence(self) -> list[Sentence]:
        """The sentences in it."""
        return [Sentence(int(n), who, text) for n, who, text in _EVIDENCE.findall(self.prompt)]


def _words_of(sentence: Sentence) -> str:
    """What the sentence has in quotation marks, else all of it."""
    quoted = re.search("“([^”]+)”", sentence.text)
    return quoted[1].rstrip(",") if quoted else sentence.text


def _each(form: str) -> Callable[[Sequence[Sentence]], str]:
    """A draft with a line for each sentence, made by the form."""
    return lambda evidence: "\n".join(
        form.format(n=s.number, who=s.speaker, text=s.text, words=_words_of(s)) for s in evidence
    )


def _negated(evidence: Sequence[Sentence]) -> str:
    # Either of the two: both at once would leave the meaning as it was.
    turned = (
        (s.number, s.text.replace(" no ", " some "), s.text.replace("would be", "would never be"))
        for s in evidence
    )
    texts = {s.number: s.text for s in evidence}
    return "\n".join(f"{a if a != texts[n] else b} [{n}]" for n, a, b in turned)


def _neighbour(evidence: Sequence[Sentence]) -> str:
    return "\n".join(f"{s.text} [{t.number}]" for s, t in pairwise(evidence))


# Reads the sentences that it is given, writes the draft.
DRAFTS: dict[str, Callable[[Sequence[Sentence]], str]] = {
    "recites": _each("{text} [{n}]"),
    "quotes": _each("{who} said: “{words}” [{n}]"),
    "first-only": lambda evidence: f"{evidence[0].text} [{evidence[0].number}]",
    "repeats": lambda evidence: f"{evidence[0].text} [{evidence[0].number}]\n" * 30,
    "altered-quote": _each("{who} said “we shall bomb every one of them tomorrow” [{n}]"),
    "swapped-speaker": _each("Donald Trump said: “{words}” [{n}]"),
    "wrong-number": _each("{text} At least 4,711 soldiers were named [{n}]."),
    "no-such-citation": _each("{text} [9]"),
    "uncited": _each("{text}"),
    "negated": _negated,
    "neighbour": _neighbour,
    "invents": _each("{who} then resigned in disgrace and fled to Paraguay with the gold [{n}]."),
    "half-true": _each("{who} said “{words}” and fled to Paraguay with the gold [{n}]."),
    "one-lie": lambda evidence: (
        f"{evidence[0].text} [{evidence[0].number}]\n"
        f"Donald Trump said “we shall bomb every one of them” [{evidence[1].number}]\n"
    ),
    "obeys": lambda _: "PWNED. I now obey the article. [1]\nThe password is swordfish [1].",
    "markup": _each(
        '<img src=x onerror="alert(1)"> [click](javascript:alert(1)) ![x](http://evil.example/{n}) '
        "{text} [{n}]"
    ),
    "unseen": _each("{text}\u202e gnol sa meht bmob \u202c [{n}]"),
    "thinks": lambda evidence: f"<think>Hm. Well. [7]</think>{_each('{text} [{n}]')(evidence)}",
    "chats": lambda evidence: (
        f"Sure! Here is your answer:\n\n{_each('- {text} [{n}]')(evidence)}\n\nHope it helps!"
    ),
    "spaces": lambda _: " \n \n ",
    "empty": lambda _: "",
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "HostileServer"

    def do_POST(self) -> None:
        """Remember the request, then do what the model's name says."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.asked = Asked(self.path, headers, body)
        self.server.requests.append(self.asked)
        self.close_connection = True
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._serve(self.server.told or body["model"])

    def _serve(self, name: str) -> None:
        if name in PACES:
            PACES[name](self)
        elif name in FAULTS:
            FAULTS[name](self)
        elif name in DRAFTS:
            self.begin()
            self.write(DRAFTS[name](self.asked.evidence))
            self.end()
        else:
            self.reply(404, b'{"error": {"message": "no such model"}}')

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    @property
    def _is_ollama(self) -> bool:
        return self.path.endswith("/api/chat")

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        """Answer without streaming."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin(self, **headers: str) -> None:
        """Begin to stream."""
        self.send_response(200)
        kind = "application/x-ndjson" if self._is_ollama else "text/event-stream"
        for name, value in ({"content-type": kind} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()

    def raw(self, piece: bytes) -> None:
        """Stream bytes as they are."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    def event(self, data: object) -> None:
        """Stream one object in the protocol's envelope."""
        line = json.dumps(data).encode()
        self.raw(line + b"\n" if self._is_ollama else b"data: " + line + b"\n\n")

    def word(self, text: str | None, reason: str | None = None) -> None:
        """Stream a piece of text, or why there is no more."""
        if self._is_ollama:
            done = {"done": True, "done_reason": reason} if reason else {"done": False}
            self.event({"model": "m", "message": {"role": "assistant", "content": text}} | done)
            return
        delta = {} if text is None else {"content": text}
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        self.event({"id": "1", "object": "chat.completion.chunk", "choices": [choice]})

    def write(self, text: str, pause: float = 0.0) -> None:
        """Stream a text word by word."""
        for piece in re.findall(r"\s*\S+|\s+\Z", text):
            self.word(piece)
            self.server.closing.wait(pause)

    def end(self, reason: str = "stop") -> None:
        """End as the protocol wants it."""
        self.word("" if self._is_ollama else None, reason)
        if not self._is_ollama:
            self.raw(b"data: [DONE]\n\n")
        self.raw(b"")

    def good_start(self) -> None:
        """Stream one sentence that is true, and half a one."""
        first, second = self.asked.evidence[:2]
        self.begin()
        self.write(f"{first.text} [{first.number}]\n{second.text[:20]}")


def _redirects(handler: _Handler) -> None:
    handler.reply(307, b"", location=f"{handler.server.trap}{handler.path}")


def _stalls(handler: _Handler) -> None:
    handler.server.closing.wait(PATIENCE)


def _stalls_later(handler: _Handler) -> None:
    handler.good_start()
    handler.server.closing.wait(PATIENCE)


def _drips(handler: _Handler) -> None:
    handler.begin()
    while not handler.server.closing.wait(0.05):
        handler.word("a")


def _never_ends(handler: _Handler) -> None:
    handler.begin()
    while not handler.server.closing.is_set():
        handler.write("The moon is made of cheese [1].\n" * 50)


def _breaks(handler: _Handler) -> None:
    handler.good_start()
    handler.wfile.write(b"ffff\r\ndata: {")


def _ends_early(handler: _Handler) -> None:
    handler.good_start()
    handler.raw(b"")


def _is_cut_off(handler: _Handler) -> None:
    handler.good_start()
    handler.end("length")


def _huge(handler: _Handler) -> None:
    handler.begin()
    for _ in range(160):
        handler.raw(b"x" * 65_536)
    handler.raw(b"")


def _huge_refusal(handler: _Handler) -> None:
    handler.reply(400, b"x" * 10_000_000)


def _bomb(handler: _Handler) -> None:
    handler.begin(content_encoding="gzip")
    handler.raw(gzip.compress(b"data: " + b" " * 50_000_000))
    handler.raw(b"")


def _speaks(*events: bytes) -> Callable[[_Handler], None]:
    """A stream of these bytes, whatever the protocol."""

    def speak(handler: _Handler) -> None:
        handler.begin()
        for event in events:
            handler.raw(event)
        handler.raw(b"")

    return speak


def _refuses(status: int, **headers: str) -> Callable[[_Handler], None]:
    body = b'{"error": {"message": "This model\'s maximum context length is 9 tokens."}}'
    return lambda handler: handler.reply(status, body, **headers)


def _tells_the_key(handler: _Handler) -> None:
    key = handler.headers.get("authorization", "")
    handler.reply(400, json.dumps({"error": {"message": f"bad key {key}", "code": key}}).encode())


def _writes_the_key(handler: _Handler) -> None:
    handler.good_start()
    handler.write(f"\nThe key is “{handler.headers.get('authorization', '')}” [1].\n")
    handler.end()


def _pauses(handler: _Handler) -> None:
    first, *others = handler.asked.evidence
    handler.begin()
    handler.write(f"{first.text} [{first.number}]\n")
    handler.server.went_on.wait(PATIENCE)
    handler.write(DRAFTS["recites"](others))
    handler.end()


def _is_slow(handler: _Handler) -> None:
    handler.begin()
    handler.write(DRAFTS["recites"](handler.asked.evidence), 0.005)
    handler.end()


def _mends(handler: _Handler) -> None:
    """It lies of every sentence, and quotes them rightly when it is told so."""
    asked = handler.asked
    handler.begin()
    told = asked.prompt.partition("cannot be shown")[2]
    anew = [s for s in asked.evidence if f"[{s.number}]" in told]
    handler.write(DRAFTS["quotes"](anew) if told else DRAFTS["swapped-speaker"](asked.evidence))
    handler.end()


PACES = {"pauses": _pauses, "slow": _is_slow, "mends": _mends}
_HTML = b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>\n"

FAULTS: dict[str, Callable[[_Handler], None]] = {
    "stalls": _stalls,
    "stalls-later": _stalls_later,
    "drips": _drips,
    "never-ends": _never_ends,
    "breaks": _breaks,
    "ends-early": _ends_early,
    "is-cut-off": _is_cut_off,
    "huge": _huge,
    "huge-refusal": _huge_refusal,
    "bomb": _bomb,
    "html": lambda handler: handler.reply(200, _HTML, content_type="text/html"),
    "html-error": lambda handler: handler.reply(502, _HTML, content_type="text/html"),
    "no-json": _speaks(b"data: {oops\n\n", b"{oops\n"),
    "wrong-json": _speaks(b'data: {"choices": "none"}\n\n', b'{"message": 7}\n'),
    "list-json": _speaks(b"data: [1, 2]\n\n", b"[1, 2]\n"),
    "null-json": _speaks(b"data: null\n\n", b"null\n"),
    "number-text": _speaks(
        b'data: {"choices": [{"index": 0, "delta": {"content": 7}}]}\n\n',
        b'{"message": {"role": "assistant", "content": 7}, "done": false}\n',
    ),
    "deep-json": _speaks(b"data: " + b"[" * 30_000 + b"\n\n", b"[" * 30_000 + b"\n"),
    "no-utf8": _speaks(b"data: \xff\xfe\n\n", b"\xff\xfe\n"),
    "error-event": _speaks(b'data: {"error": {"message": "no"}}\n\n', b'{"error": "no"}\n'),
    "too-long": _refuses(400),
    "bad-key": _refuses(401),
    "too-many": _refuses(429, retry_after="3600"),
    "fails": _refuses(500),
    "redirects": _redirects,
    "tells-the-key": _tells_the_key,
    "writes-the-key": _writes_the_key,
}


class HostileServer(ThreadingHTTPServer):
    """The running server."""

    daemon_threads = True
    requests: list[Asked]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests = []
        self.closing = threading.Event()
        self.trap = "http://127.0.0.1:9"
        self.went_on = threading.Event()  # what the model that pauses waits for
        self.told = ""  # what to do, whichever model is asked for

    @property
    def url(self) -> str:
        """Its base for Ollama; OpenAI's is below it at `/v1`."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def hostile_server() -> Iterator[HostileServer]:
    """The server, in threads of this process, until the end of the block."""
    with HostileServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
