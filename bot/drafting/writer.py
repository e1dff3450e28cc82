"""Lets a language model phrase an answer: the model proposes, the checker decides.

The model sees the chosen sentences and nothing else. A drafted sentence is shown once it has
passed; one that fails is replaced by the article's own. Knows nothing of how sentences are found or
checked, nor of how an answer is shown.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace

from bot.answer import Answer, Block, Citation, Draft, Writing
from bot.drafting.checking.checker import Checker, FaultKind, Verdict
from bot.drafting.draft_sentences import cut_draft
from bot.drafting.model import LanguageModel, ModelFailed
from bot.drafting.prompts import Prompt, make_prompt

CHARACTERS_A_TOKEN = 16  # a draft that is longer does not keep to its limit
# A sentence that takes a model no longer than this is not waited for.
QUICK_S = 1.0
_NOTHING = "No sentence of the language model passed the check."
_TOO_LONG = "The sentences found are too long for the language model."
_UNREADABLE = "The language model sent an unusable reply."
# Shown to the reader in place of the draft's words.
REASONS: dict[FaultKind, str] = {
    "citation": "it cited no sentence, or one that does not exist",
    "quotation": "its quotation does not match the article word for word",
    "speaker": "it attributed words to the wrong person",
    "figure": "it has a number or date that is not in the cited sentences",
    "name": "it has a name that is not in the cited sentences",
    "negation": "it changed a “not”, “may” or “could”",
    "support": "the cited sentences do not support it",
    "text": "it was not a plain sentence",
}
_UNCHECKED = "it could not be checked"

_log = logging.getLogger(__name__)


class Writer:
    """Phrases answers with a model; keeps no state between calls."""

    def __init__(self, model: LanguageModel, checker: Checker, *, quick_s: float = QUICK_S) -> None:
        """A model that takes at most `quick_s` per sentence may rewrite a failed one."""
        self._model = model
        self._checker = checker
        self._quick_s = quick_s

    async def write(self, answer: Answer) -> AsyncGenerator[Answer]:
        """The answer as it grows, sentence by sentence; the last one is complete.

        That one always comes, whatever the model does. Refusals and answers in sections are never
        sent to a model.
        """
        if answer.refusal or answer.sections:
            yield answer
            return
        page = _ShownAnswer(answer, self._model)
        yield page.so_far
        problem = ""
        prompt = make_prompt(answer.question, answer.understood, answer.blocks)
        try:
            async with self._model.place(), aclosing(self._drafts(prompt)) as drafts:
                began, n = time.monotonic(), 0
                async for draft in drafts:
                    n += 1
                    judged = await self._judge(draft, prompt, page.text)
                    # One more sentence would not be noticed.
                    if judged.fails and time.monotonic() - began < self._quick_s * n:
                        judged = await self._again(draft, judged, prompt, page.text)
                    if page.take(judged):
                        yield page.so_far
        except ModelFailed as failure:
            problem = str(failure)
        yield page.whole(problem)

    async def finish(self, answer: Answer) -> Answer:
        """The complete answer, for callers that do not stream."""
        return [step async for step in self.write(answer)][-1]

    async def _drafts(self, prompt: Prompt) -> AsyncGenerator[str]:
        """The sentences of the model's draft."""
        if not prompt.evidence:
            raise ModelFailed(_TOO_LONG)
        left = CHARACTERS_A_TOKEN * self._model.settings.max_tokens
        rest = ""
        async with aclosing(self._model.stream(prompt.system, prompt.user)) as pieces:
            async for piece in pieces:
                left -= len(piece)
                rest += piece
                if left < 0 or self._model.is_given_away_by(rest):
                    raise ModelFailed(_UNREADABLE)
                # Without the end of a word there is no end of a sentence.
                cut = cut_draft(rest) if any(map(str.isspace, piece)) else ([], rest)
                sentences, rest = cut
                for sentence in sentences:
                    yield sentence
        for sentence in cut_draft(rest, is_whole=True)[0]:
            yield sentence

    async def _judge(self, draft: str, prompt: Prompt, before: str) -> "_Judged":
        """The verdict on a draft; if the check itself fails, the draft does not pass."""

        def judge() -> _Judged:
            verdict = self._checker.check(draft, prompt.evidence, before)
            if verdict.passes:
                return _Judged(verdict)
            return _Judged(verdict, self._checker.part(draft, prompt.evidence, before))

        task = asyncio.ensure_future(asyncio.to_thread(judge))
        await asyncio.wait([task])
        if error := task.exception():
            _log.error("A draft could not be checked", exc_info=error)
            return _Judged(None)
        return task.result()

    async def _again(self, draft: str, judged: "_Judged", prompt: Prompt, before: str) -> "_Judged":
        """The sentence rewritten by a model that was told what was wrong with it.

        The first verdict, if nothing better arrives quickly.
        """
        anew = ""
        with suppress(TimeoutError, ModelFailed):
            asked = prompt.again(draft, judged.reason, judged.words)
            async with asyncio.timeout(self._quick_s), aclosing(self._drafts(asked)) as drafts:
                anew = await anext(drafts, "")
        better = await self._judge(anew, prompt, before) if anew else judged
        return better if not better.fails and better.cited & judged.cited else judged


@dataclass(frozen=True, slots=True)
class _Judged:
    """The verdict on a draft, None if it could not be checked; and on a part of it that passes."""

    verdict: Verdict | None
    part: Verdict | None = None

    @property
    def fails(self) -> bool:
        """Whether no part of it may be shown."""
        return self.part is None and (self.verdict is None or not self.verdict.passes)

    @property
    def cited(self) -> frozenset[int]:
        """The numbers of its citations."""
        citations = self.verdict.citations if self.verdict else ()
        return frozenset(citation.number for citation in citations)

    @property
    def reason(self) -> str:
        """Why it may not be shown as a whole."""
        return REASONS[self.verdict.faults[0].kind] if self.verdict else _UNCHECKED

    @property
    def words(self) -> str:
        """Its words that are at fault, where some stand out."""
        faults = self.verdict.faults if self.verdict else ()
        return ", ".join(dict.fromkeys(fault.words for fault in faults if fault.words))


class _ShownAnswer:
    """What is shown of one answer so far."""

    def __init__(self, answer: Answer, model: LanguageModel) -> None:
        self._answer = answer
        self._writing = Writing(model.name, model.host, answer.blocks)
        self._body: list[Block | Draft] = []

    @property
    def text(self) -> str:
        """The text shown so far."""
        return " ".join(sentence.text for sentence in self.so_far.sentences)

    @property
    def so_far(self) -> Answer:
        """The answer as it is shown now."""
        return replace(self._answer, body=tuple(self._body), writing=self._writing)

    def take(self, judged: _Judged) -> bool:
        """Show the draft, or its part, or the verbatim sentence; whether anything was added."""
        verdict = judged.verdict
        if verdict is None or not verdict.passes:
            self._writing = replace(self._writing, removed=(*self._writing.removed, judged.reason))
            if judged.part is None:
                instead = verdict.instead if verdict and verdict.citations else None
                return instead is not None and self._quote(instead)
            verdict = judged.part
        own = next((c for c in verdict.citations if c.text.split() == verdict.text.split()), None)
        if own:
            return self._quote(own)
        if verdict.text in {sentence.text for sentence in self.so_far.sentences}:
            return False
        self._body.append(Draft(verdict.text, verdict.citations))
        return True

    def whole(self, problem: str) -> Answer:
        """The final answer; blocks that the model omitted by a fault of its own are added."""
        if not problem and not self._body:
            problem = _NOTHING
        self._writing = replace(self._writing, problem=problem, is_over=True)
        if problem:
            for block in self._answer.blocks:
                for citation in block.run.citations:
                    self._quote(citation)
        return self.so_far

    def _quote(self, citation: Citation) -> bool:
        """Show the article's own sentence, unless it is shown already."""
        cited = {c.number for sentence in self.so_far.sentences for c in sentence.citations}
        if citation.number in cited:
            return False
        self._body.append(next(b for b in self._answer.blocks if citation in b.run.citations))
        return True
