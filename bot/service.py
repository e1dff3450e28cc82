"""Answers many visitors' questions at once, from an archive that may still be opening.

The one place that knows how long a question may be and how many are answered at a time. Knows
nothing of web frameworks.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from typing import TYPE_CHECKING, Literal, TypeVar

from bot.drafting.writer import Writer
from bot.query.question import MAX_HISTORY, MAX_LENGTH
from index.schema import RequestError, VerbatimError

if TYPE_CHECKING:
    from bot.answer import Answer
    from bot.answerer import Answerer
    from bot.drafting.model import LanguageModel

T = TypeVar("T")
State = Literal["opening", "ready", "failed"]

# More at a time would only share the same cores.
_WORKERS = 2

_log = logging.getLogger(__name__)


class Unavailable(VerbatimError):
    """The archive could not be opened. Says nothing of the machine: visitors read it."""


class BadQuestion(RequestError):
    """The question cannot be asked as it stands."""


class Service:
    """An Answerer that is opened in the background and shared by all visitors."""

    def __init__(
        self,
        open_answerer: Callable[[], "Answerer"],
        max_length: int = MAX_LENGTH,
        model: "LanguageModel | None" = None,
    ) -> None:
        self.model = model
        self._max_length = max_length
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="answer")
        # One after the other, and never in the way of questions.
        self._changes = ThreadPoolExecutor(1, thread_name_prefix="change")
        self._opening: Future[Answerer] = self._pool.submit(open_answerer)
        self._opening.add_done_callback(_report)

    @property
    def state(self) -> State:
        """Whether questions can be answered now."""
        if not self._opening.done():
            return "opening"
        return "failed" if self._opening.exception() else "ready"

    async def answerer(self) -> "Answerer":
        """The answerer, as soon as it is open."""
        opening = asyncio.wrap_future(self._opening)
        # `wait` and not `await`: a visitor who leaves must not stop the opening for everybody.
        await asyncio.wait([opening])
        if opening.exception():
            raise Unavailable("The archive could not be opened. The server’s log says why.")
        return opening.result()

    async def answer(self, question: str, history: Sequence[str] = ()) -> "Answer":
        """Answer a question; `history` holds the earlier ones of the conversation, oldest first."""
        checked = self.check(question)
        earlier = [self.check(each) for each in history[-MAX_HISTORY:]]
        return await self.do(lambda answerer: answerer.answer(checked, earlier))

    async def answers(
        self, question: str, history: Sequence[str] = (), *, verbatim: bool = False
    ) -> "AsyncGenerator[Answer]":
        """The answer as it comes to be: each one holds more than the one before.

        Where a language model is configured, it phrases the answer, unless it is to be `verbatim`.
        """
        answer = await self.answer(question, history)
        if self.model is None or verbatim:
            yield answer
            return
        writer = Writer(self.model, (await self.answerer()).checker)
        async with aclosing(writer.write(answer)) as steps:
            async for step in steps:
                yield step

    def check(self, question: str) -> str:
        """The question, or BadQuestion with the reason."""
        return check_question(question, self._max_length)

    async def examples(self, n: int) -> tuple[str, ...]:
        """Up to `n` questions that the archive answers."""
        return await self.do(lambda answerer: answerer.examples(n))

    async def do(self, work: "Callable[[Answerer], T]") -> T:
        """Do some work with the answerer, as soon as it is open, in a thread of its own."""
        return await self._run(self._pool, work)

    async def change(self, work: "Callable[[Answerer], T]") -> T:
        """The same for work that may take minutes, such as adding articles."""
        return await self._run(self._changes, work)

    async def _run(self, pool: ThreadPoolExecutor, work: "Callable[[Answerer], T]") -> T:
        answerer = await self.answerer()
        task = asyncio.wrap_future(pool.submit(work, answerer))
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()  # of one who left: what has not begun is not done
        error = task.exception()
        if isinstance(error, RequestError):
            raise error
        if error:
            # What went wrong may name files of this machine: visitors get none of it.
            _log.error("A request could not be answered", exc_info=error)
            raise Unavailable("Something went wrong. The server’s log says what.")
        return task.result()


def _report(opening: "Future[Answerer]") -> None:
    error = opening.exception()
    if isinstance(error, VerbatimError):
        _log.error("The archive could not be opened: %s", error)
    elif error:
        _log.error("The archive could not be opened", exc_info=error)


def check_question(question: str, max_length: int = MAX_LENGTH) -> str:
    """The question, or BadQuestion with the reason."""
    if not question.strip():
        raise BadQuestion("The question is empty: write what you want to know.")
    if len(question) > max_length:
        raise BadQuestion(f"The question is too long: at most {max_length:,} characters are read.")
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise BadQuestion("The question holds half a character (a lone surrogate): write it anew.")
    return question
