"""Lets a language model phrase an answer: it proposes, the checker decides.

The model sees the chosen sentences and nothing else. Of what it writes, a sentence is shown once
it has passed; one that fails gives way to the article's own. Knows nothing of how sentences are
found or checked, nor of how an answer is shown.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from bot.answer import Answer, Block, Citation, Draft, Writing
from bot.drafting.checker import Checker, FaultKind, Verdict
from bot.drafting.drafts import cut_draft
from bot.drafting.model import LanguageModel, ModelFailed
from bot.drafting.prompts import make_prompt

_CHARACTERS_A_TOKEN = 16  # a draft that is longer does not keep to its limit
_NOTHING = "Nothing that the language model wrote passed the check."
_TOO_LONG = "The sentences found are too long for the language model."
_UNREADABLE = "The language model sent what is not read."
# For the reader, who never gets to see the draft's own words.
REASONS: dict[FaultKind, str] = {
    "citation": "it named no sentence that it rests on, or one that is not there",
    "quotation": "its quotation is not what was said word for word",
    "speaker": "it gave somebody another’s words",
    "figure": "it has a number or a date that the sentences do not have",
    "name": "it has a name that the sentences do not have",
    "negation": "it turned a “not”, a “may” or a “could”",
    "support": "the sentences do not carry what it says",
    "text": "it was no plain sentence",
}
_UNCHECKED = "it could not be checked"

_log = logging.getLogger(__name__)


class Writer:
    """Phrases answers with a model. Holds nothing of an answer between two calls."""

    def __init__(self, model: LanguageModel, checker: Checker) -> None:
        self._model = model
        self._checker = checker

    async def write(self, answer: Answer) -> AsyncGenerator[Answer]:
        """The answer as it grows, sentence by sentence, from none; the last one is whole.

        Whatever the model does, that one comes. A refusal is never sent to a model, nor an answer
        in sections.
        """
        if answer.refusal or answer.sections:
            yield answer
            return
        page = _Page(answer, self._model)
        yield page.so_far
        problem = ""
        try:
            async with self._model.place(), aclosing(self._drafts(answer)) as drafts:
                async for draft, evidence in drafts:
                    verdict, part = await self._judge(draft, evidence, page.text)
                    if page.take(verdict, part):
                        yield page.so_far
        except ModelFailed as failure:
            problem = str(failure)
        yield page.whole(problem)

    async def finish(self, answer: Answer) -> Answer:
        """The whole answer, for who does not watch it grow."""
        return [step async for step in self.write(answer)][-1]

    async def _drafts(self, answer: Answer) -> AsyncGenerator[tuple[str, tuple[Citation, ...]]]:
        """The sentences of the model's draft, each with what it may cite."""
        prompt = make_prompt(answer.question, answer.understood, answer.blocks)
        if not prompt.evidence:
            raise ModelFailed(_TOO_LONG)
        left = _CHARACTERS_A_TOKEN * self._model.settings.max_tokens
        rest = ""
        async with aclosing(self._model.stream(prompt.system, prompt.user)) as pieces:
            async for piece in pieces:
                left -= len(piece)
                rest += piece
                if left < 0 or self._model.is_given_away_by(rest):
                    raise ModelFailed(_UNREADABLE)
                # Where no word has ended, no sentence has.
                cut = cut_draft(rest) if any(map(str.isspace, piece)) else ([], rest)
                sentences, rest = cut
                for sentence in sentences:
                    yield sentence, prompt.evidence
        for sentence in cut_draft(rest, is_whole=True)[0]:
            yield sentence, prompt.evidence

    async def _judge(
        self, draft: str, evidence: tuple[Citation, ...], before: str
    ) -> tuple[Verdict | None, Verdict | None]:
        """What the checker says of a draft, and of the part of it that passes where it does not.

        Nothing if it cannot say: then it has not passed.
        """

        def judge() -> tuple[Verdict, Verdict | None]:
            verdict = self._checker.check(draft, evidence, before)
            return verdict, None if verdict.passes else self._checker.part(draft, evidence, before)

        task = asyncio.ensure_future(asyncio.to_thread(judge))
        await asyncio.wait([task])
        if error := task.exception():
            _log.error("A draft could not be checked", exc_info=error)
            return None, None
        return task.result()


class _Page:
    """What is shown of one answer so far."""

    def __init__(self, answer: Answer, model: LanguageModel) -> None:
        self._answer = answer
        self._writing = Writing(model.name, model.host, answer.blocks)
        self._body: list[Block | Draft] = []

    @property
    def text(self) -> str:
        """What the reader has read."""
        return " ".join(sentence.text for sentence in self.so_far.sentences)

    @property
    def so_far(self) -> Answer:
        """The answer with what is shown now."""
        return replace(self._answer, body=tuple(self._body), writing=self._writing)

    def take(self, verdict: Verdict | None, part: Verdict | None = None) -> bool:
        """Show the draft, or its `part`, or what it should have been; whether there is more now."""
        if verdict is None or not verdict.passes:
            self._remove(verdict)
            if part is None:
                instead = verdict.instead if verdict and verdict.citations else None
                return instead is not None and self._quote(instead)
            verdict = part
        own = next((c for c in verdict.citations if c.text.split() == verdict.text.split()), None)
        if own:
            return self._quote(own)
        return self._show(Draft(verdict.text, verdict.citations))

    def _remove(self, verdict: Verdict | None) -> None:
        """Tell that something was removed, and why."""
        reason = REASONS[verdict.faults[0].kind] if verdict else _UNCHECKED
        self._writing = replace(self._writing, removed=(*self._writing.removed, reason))

    def whole(self, problem: str) -> Answer:
        """The answer at the end; what the model left out through a fault of its own is added."""
        if not problem and not self._body:
            problem = _NOTHING
        self._writing = replace(self._writing, problem=problem, is_over=True)
        if problem:
            for block in self._answer.blocks:
                for citation in block.run.citations:
                    self._quote(citation)
        return self.so_far

    def _quote(self, citation: Citation) -> bool:
        """Show the article's own words, unless the reader has the sentence already."""
        cited = {c.number for sentence in self.so_far.sentences for c in sentence.citations}
        if citation.number in cited:
            return False
        return self._show(next(b for b in self._answer.blocks if citation in b.run.citations))

    def _show(self, item: Block | Draft) -> bool:
        has_it = isinstance(item, Draft) and item.text in {s.text for s in self.so_far.sentences}
        if has_it or item in self._body:
            return False
        self._body.append(item)
        return True
