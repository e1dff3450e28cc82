"""Answers many visitors' questions at once, from an archive that may still be opening.

The one place that bounds the length of questions, orders them fairly and limits how many wait.
Knows nothing of web frameworks.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from typing import TYPE_CHECKING, Literal, TypeVar

from bot.drafting.writer import Writer
from bot.fair_queue import FairQueue, Overloaded
from bot.filters import NO_FILTERS, Filters
from bot.query.grammar.question import MAX_HISTORY, MAX_LENGTH
from index.archive.errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveFull,
    ArchiveGone,
    ArchiveUnwritable,
)
from index.schema import RequestError, VerbatimError

if TYPE_CHECKING:
    from bot.answer import Answer
    from bot.answerer import Answerer
    from bot.drafting.model import LanguageModel

T = TypeVar("T")
State = Literal["opening", "ready", "failed"]
Cause = Literal["failed", "busy", "full"]

# More at a time would only share the same cores.
_WORKERS = 2
EXAMPLES = 4
_READERS = 2
_MOST_WAITING = 256
_EACH_WAITING = 32
# A visitor who would wait longer, and cannot be shown progress, is told to come back.
PATIENCE_S = 20.0
_BUSY = (ArchiveBusy, ArchiveGone, ArchiveUnwritable)

_log = logging.getLogger(__name__)


class Unavailable(VerbatimError):
    """It cannot be done now. The message is for visitors and says nothing of the machine."""

    def __init__(self, reason: str, cause: Cause = "failed", retry_s: int | None = None) -> None:
        super().__init__(reason)
        self.cause = cause
        self.retry_s = retry_s


class BadQuestion(RequestError):
    """The question cannot be asked as it stands; the message says why."""


class Service:
    """An Answerer that is opened in the background and shared by all visitors.

    A `visitor` is a name by which the fair queue counts; empty for a single one.
    """

    def __init__(
        self,
        open_answerer: Callable[[], "Answerer"],
        max_length: int = MAX_LENGTH,
        model: "LanguageModel | None" = None,
        *,
        each_waiting: int = _EACH_WAITING,
    ) -> None:
        self.model = model
        # Set when the process is told to stop: long work checks it.
        self.stopping = threading.Event()
        self._max_length = max_length
        self._answers = FairQueue("answer", workers=_WORKERS, each=each_waiting, most=_MOST_WAITING)
        # Plain reading never waits for questions, nor these for changes.
        self._readings = FairQueue("read", workers=_READERS, each=_EACH_WAITING, most=_MOST_WAITING)
        # One at a time: whoever comes second finds what the first has worked out.
        self._aside = FairQueue("aside", workers=1, each=_EACH_WAITING, most=_MOST_WAITING)
        self._changes = FairQueue("change", workers=1, each=_MOST_WAITING, most=_MOST_WAITING)
        opener = ThreadPoolExecutor(1, thread_name_prefix="open")
        self._opening: Future[Answerer] = opener.submit(open_answerer)
        self._opening.add_done_callback(_report)
        self._opening.add_done_callback(self._prepare)
        opener.shutdown(wait=False)

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
            raise Unavailable("The archive could not be opened. The server’s log has the reason.")
        return opening.result()

    async def answer(
        self,
        question: str,
        history: Sequence[str] = (),
        filters: Filters = NO_FILTERS,
        *,
        visitor: str = "",
        waits: bool = True,
    ) -> "Answer":
        """Answer a question; `history` holds the earlier ones of the conversation, oldest first.

        Unless it `waits`, raises Unavailable at once if the answer would take longer than
        `PATIENCE_S`.
        """
        history = history[-MAX_HISTORY:]
        for each in (*history, question):
            self.check(each)
        known = await self.do(lambda each: each.cached(question, history, filters), visitor)
        if known:
            return known
        wait_s = self._answers.wait_s(visitor)
        if not waits and wait_s > PATIENCE_S:
            raise _told(Overloaded("Too many people are asking at once.", wait_s))
        return await self.ask(lambda each: each.answer(question, history, filters), visitor)

    async def answers(  # noqa: PLR0913 -- what is asked, and by whom
        self,
        question: str,
        history: Sequence[str] = (),
        filters: Filters = NO_FILTERS,
        *,
        verbatim: bool = False,
        visitor: str = "",
        waits: bool = True,
    ) -> "AsyncGenerator[Answer]":
        """The answer as it grows: each one contains more than the one before.

        A configured language model phrases it, unless it is to be `verbatim`.
        """
        answer = await self.answer(question, history, filters, visitor=visitor, waits=waits)
        if self.model is None or verbatim:
            yield answer
            return
        writer = Writer(self.model, (await self.answerer()).checker)
        async with aclosing(writer.write(answer)) as steps:
            async for step in steps:
                yield step

    def wait_s(self, visitor: str = "") -> float:
        """The estimated seconds until the visitor's next question would be answered."""
        return self._answers.wait_s(visitor)

    def check(self, question: str) -> str:
        """The question itself; raises BadQuestion if it cannot be asked."""
        return check_question(question, self._max_length)

    async def examples(self, visitor: str = "") -> tuple[str, ...]:
        """Up to `EXAMPLES` questions that the archive answers."""
        return await self._run(self._aside, lambda a: a.examples(EXAMPLES), visitor)

    async def do(self, work: "Callable[[Answerer], T]", visitor: str = "") -> T:
        """Run reading work with the answerer, as soon as it is open."""
        return await self._run(self._readings, work, visitor)

    async def ask(self, work: "Callable[[Answerer], T]", visitor: str = "") -> T:
        """The same for work that asks questions, in fair order."""
        return await self._run(self._answers, work, visitor)

    async def change(self, work: "Callable[[Answerer], T]") -> T:
        """The same for work that may take minutes, such as adding articles, one at a time."""
        return await self._run(self._changes, work, "")

    def change_now(self, work: "Callable[[Answerer], T]") -> T:
        """The same from a thread that may block; the archive must be open."""
        answerer = self._opening.result()
        return self._changes.submit(lambda: work(answerer)).result()

    def when_ready(self) -> "Answerer | None":
        """Block until the archive is open; None if it cannot be opened."""
        return None if self._opening.exception() else self._opening.result()

    def _prepare(self, opening: "Future[Answerer]") -> None:
        """Compute ahead what the first visitor would wait for."""
        if not opening.cancelled() and not opening.exception() and not self.stopping.is_set():
            answerer = opening.result()
            self._aside.submit(lambda: answerer.examples(EXAMPLES))
            self._aside.submit(lambda: answerer.library.complete(""))

    def yield_to_questions(self, most_s: float = 1.0) -> None:
        """Wait while questions are being answered, at most `most_s`; for use between long work."""
        self._answers.wait_until_idle(most_s)

    def close(self) -> None:
        """Let running work end, drop what waits, close the archive."""
        self.stopping.set()
        for queue in (self._answers, self._readings, self._aside, self._changes):
            queue.close()
        if self.state == "ready":
            self._opening.result().archive.close()

    async def _run(self, queue: FairQueue, work: "Callable[[Answerer], T]", visitor: str) -> T:
        answerer = await self.answerer()
        try:
            task = asyncio.wrap_future(queue.submit(lambda: work(answerer), visitor))
        except Overloaded as error:
            raise _told(error) from error
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()  # if the visitor left: work that has not begun is dropped
        if task.cancelled():
            raise Unavailable("The server is stopping.", "busy")
        failure = task.exception()
        if failure is None:
            return task.result()
        raise failure if isinstance(failure, RequestError) else _told(failure)


def _told(error: BaseException) -> Unavailable:
    """The failure as visitors are told of it; details of the machine go to the log."""
    if isinstance(error, Overloaded):
        return Unavailable(str(error), "busy", error.retry_s)
    if isinstance(error, ArchiveError):
        _log.error("%s", error)
        busy: Cause = "busy" if isinstance(error, _BUSY) else "failed"
        return Unavailable(error.reason, "full" if isinstance(error, ArchiveFull) else busy)
    _log.error("A request could not be answered", exc_info=error)
    return Unavailable("Something went wrong. The server’s log has the details.")


def _report(opening: "Future[Answerer]") -> None:
    error = opening.exception()
    if isinstance(error, VerbatimError):
        _log.error("The archive could not be opened: %s", error)
    elif error:
        _log.error("The archive could not be opened", exc_info=error)


def check_question(question: str, max_length: int = MAX_LENGTH) -> str:
    """The question itself; raises BadQuestion if it cannot be asked."""
    if not question.strip():
        raise BadQuestion("The question is empty. Write what you want to know.")
    if len(question) > max_length:
        raise BadQuestion(
            f"The question is too long: at most {max_length:,} characters are allowed."
        )
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise BadQuestion(
            "The question contains a broken character (a lone surrogate). Write it again."
        )
    return question
