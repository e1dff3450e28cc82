"""The only access to a language model: an OpenAI-compatible server, or Ollama.

Everything sent to a model is sent here: to the configured server only, with the headers named below
and no others, whatever proxies or variables the libraries would use. Replies are bounded in time
and bytes, and every failure is a `ModelFailed` with one line to show. Knows nothing of prompts or
answers.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from bot.settings import Model, Secret, Settings
from index.schema import VerbatimError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

T = TypeVar("T")

# Not the name and version of this machine's system, nor an organisation from the environment.
_SENT = ("host", "content-type", "content-length", "accept")
_MIN_BYTES = 64 * 1024
_BYTES_A_TOKEN = 1024  # a token in its envelope has about 300
_LIBRARIES = ("llama_index.llms.openai_like", "llama_index.llms.ollama")
_PATIENCE_S = 5.0
_TICK_S = 0.02
_CONTEXT = 8192  # tokens; less than that, Ollama's default, would cut some prompts silently

_log = logging.getLogger(__name__)


class ModelFailed(VerbatimError):
    """The model gave no text, or not all of it; the message is one line for the reader."""


class NoModelLibraries(VerbatimError):
    """A model is configured, but its client libraries are not installed."""


class LanguageModel:
    """A configured model. Between two calls it holds no connection and no text."""

    def __init__(self, settings: Model, key: Secret | None = None) -> None:
        self.settings = settings
        self._key = key
        self._served = 0
        self._url = httpx.URL(settings.base_url)
        # The system's certificates: a newsroom's own authority is installed there.
        self._tls = ssl.create_default_context()
        missing = [name for name in _LIBRARIES if not find_spec(name)]
        if missing:
            raise NoModelLibraries(f"model: {missing[0]} is not installed; run: make model")

    @classmethod
    def of(cls, settings: Settings) -> "LanguageModel | None":
        """The configured model; None if there is none."""
        return cls(settings.model, settings.secrets.model_key) if settings.model else None

    def prepare(self) -> None:
        """Load the libraries now, which takes seconds, and not at the first question."""
        _messages("", "")
        self._connect()

    @property
    def name(self) -> str:
        """The server's name for the model."""
        return self.settings.name

    @property
    def host(self) -> str:
        """Where the text goes, for the reader."""
        return self._url.host

    def is_given_away_by(self, text: str) -> bool:
        """Whether a text contains the key, which a server may echo."""
        return self._key is not None and self._key.get_secret_value() in text

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Take one of the places for concurrent requests; raises ModelFailed if none gets free.

        Beyond a few seconds of waiting a verbatim answer is better.
        """
        clock = asyncio.get_running_loop().time
        end = clock() + min(_PATIENCE_S, self.settings.silence_s)
        while self._served >= self.settings.concurrency:
            if clock() > end:
                raise self._failed("is busy")
            await asyncio.sleep(_TICK_S)
        self._served += 1
        try:
            yield
        finally:
            self._served -= 1

    async def stream(self, system: str, user: str) -> AsyncGenerator[str]:
        """The model's text as it is streamed; raises ModelFailed, also in the middle."""
        end = asyncio.get_running_loop().time() + self.settings.timeout_s
        is_empty, is_finished = True, False
        server, llm = self._connect()
        async with server, aclosing(_chunks(llm, _messages(system, user))) as chunks:
            while (chunk := await self._next(chunks, end)) is not None:
                piece = chunk.delta or ""
                is_empty = is_empty and not piece.strip()
                is_finished = is_finished or _is_finished(chunk.raw)
                yield piece
        if is_empty or not is_finished:
            raise self._failed("sent no text" if is_empty else "was cut off")

    def _connect(self) -> "tuple[AbstractAsyncContextManager[Any], LLM]":
        """A client for one answer: it is closed with it, whoever leaves first."""
        limit = _MIN_BYTES + _BYTES_A_TOKEN * self.settings.max_tokens
        transport = _Transport(self._url, self._key, limit, self._tls)
        return (_ollama if self.settings.kind == "ollama" else _openai)(self.settings, transport)

    async def _next(self, chunks: AsyncGenerator[T], end: float) -> T | None:
        """The next chunk, or None at the end; raises ModelFailed for any failure."""
        left = end - asyncio.get_running_loop().time()
        task = asyncio.ensure_future(anext(chunks, None))
        try:
            await asyncio.wait([task], timeout=max(0, min(left, self.settings.silence_s)))
        finally:
            if late := not task.done():
                task.cancel()
                await asyncio.wait([task])
        if late:
            raise self._failed("did not answer in time")
        if error := task.exception():
            raise self._failed(_reason(error), error) from None
        return task.result()

    def _failed(self, reason: str, error: BaseException | None = None) -> ModelFailed:
        line = f"The language model at {self.host} {reason}."
        # Of the error only its class: the server's own words may hold anything, the key too.
        _log.warning("%s%s", line, f" ({type(error).__name__})" if error else "")
        return ModelFailed(line)


class _Transport(httpx.AsyncHTTPTransport):
    """Sends to one server only, with the necessary headers, and reads a bounded reply."""

    def __init__(self, url: httpx.URL, key: Secret | None, limit: int, tls: ssl.SSLContext) -> None:
        super().__init__(verify=tls, trust_env=False)
        self._url, self._key, self._limit = url, key, limit

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request without the headers that the server need not see."""
        if (request.url.scheme, request.url.netloc) != (self._url.scheme, self._url.netloc):
            raise _Refused("another server was asked for")
        request.headers = httpx.Headers({n: v for n, v in request.headers.items() if n in _SENT})
        request.headers["accept-encoding"] = "identity"
        if self._key:
            request.headers["authorization"] = f"Bearer {self._key.get_secret_value()}"
        response = await super().handle_async_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _Refused("compressed, though none was asked for")
        assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101
        response.stream = _Bounded(response.stream, self._limit)
        return response


class _Bounded(httpx.AsyncByteStream):
    """A response body, up to a limit."""

    def __init__(self, stream: httpx.AsyncByteStream, limit: int) -> None:
        self._stream, self._left = stream, limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise _Refused("longer than any answer")
            yield piece

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()


class _Refused(Exception):
    """A reply that is not accepted."""


async def _chunks(llm: "LLM", messages: "list[ChatMessage]") -> "AsyncGenerator[ChatResponse]":
    async for chunk in await llm.astream_chat(messages):
        yield chunk


def _messages(system: str, user: str) -> "list[ChatMessage]":
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(system, role="system"), ChatMessage(user, role="user")]


def _openai(
    settings: Model, transport: _Transport
) -> "tuple[AbstractAsyncContextManager[Any], LLM]":
    from llama_index.llms.openai_like import OpenAILike
    from openai import AsyncOpenAI

    # Only the transport knows the key. "none": without one the libraries would look for their own.
    server = AsyncOpenAI(
        api_key="none",
        base_url=settings.base_url,
        max_retries=0,
        http_client=httpx.AsyncClient(
            transport=transport, timeout=settings.timeout_s, trust_env=False
        ),
    )
    _ = server.chat.completions  # loads half of the library, a second at the first question
    return server, OpenAILike(
        model=settings.name,
        api_base=settings.base_url,
        api_key="none",
        is_chat_model=True,
        temperature=0.0,
        max_tokens=settings.max_tokens,
        max_retries=0,
        async_openai_client=server,
    )


def _ollama(
    settings: Model, transport: _Transport
) -> "tuple[AbstractAsyncContextManager[Any], LLM]":
    from llama_index.llms.ollama import Ollama
    from ollama import AsyncClient

    server = AsyncClient(
        settings.base_url,
        transport=transport,
        timeout=settings.timeout_s,
        trust_env=False,
        follow_redirects=False,
    )
    return server, Ollama(
        model=settings.name,
        base_url=settings.base_url,
        temperature=0.0,
        context_window=_CONTEXT,
        thinking=False,
        additional_kwargs={"num_predict": settings.max_tokens},
        async_client=server,
    )


def _is_finished(raw: Any) -> bool:  # noqa: ANN401 - each library's own
    """Whether the model finished by itself and was not cut off at a limit."""
    if isinstance(raw, dict):  # Ollama
        return bool(raw.get("done")) and raw.get("done_reason") in (None, "stop")
    return any(choice.finish_reason == "stop" for choice in raw.choices)


def _reason(error: BaseException) -> str:
    """What went wrong, for the reader, derived from the error and its causes."""
    errors = list(_causes(error))
    status = next((s for e in errors if (s := getattr(e, "status_code", -1)) > 0), None)
    if status is not None:
        says = "failed" if status >= _SERVER_ERROR else "refused the request"
        return f"{_STATUS.get(status, says)} (status {status})"
    for kind, reason in _REASONS:
        if any(isinstance(each, kind) for each in errors):
            return reason
    is_told = any(type(e).__module__.partition(".")[0] in ("openai", "ollama") for e in errors)
    return "reported an error" if is_told else "sent an unreadable reply"


_SERVER_ERROR = 500
_STATUS = {
    401: "refused the key",
    403: "refused the key",
    404: "does not have this model, or has a different address",
    413: "rejected the question as too long",
    429: "has too many requests",
}
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (_Refused, "sent a reply that is not accepted"),
    (ssl.SSLError, "has a certificate that is not trusted"),
    (httpx.ConnectError, "cannot be reached"),
    (ConnectionError, "cannot be reached"),
    (httpx.TransportError, "broke off"),
)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
