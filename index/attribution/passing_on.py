r"""Takes out of quotations what others say in them, and gives it to those, or to nobody.

What somebody only passes on, "“He said, ‘Go,’” Lee said.", is marked as relayed: it is his, or
nobody's where "he" may be several. Of the rest of a quotation its speaker stays. Knows nothing of
cues.

>>> found = _whole("“She said, ‘Go away,’”", Span(0, 22))
>>> (found.who, found.content) if found else None
('She', Span(start=11, end=21))
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.attribution.drafts import StatementDraft
from index.attribution.speakers import Resolver
from index.language.quotations import Quotation
from index.language.verbs import SAYING
from index.schema import Span, Speaker

_SAID = "|".join(sorted(SAYING))
_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2}"
# A subject, a verb of saying, whom it is said to, and a mark of the other sort.
_TOLD = (
    rf"(?P<who>[Hh]e|[Ss]he|{_NAME})\s(?:just\s|then\s|only\s)?(?:would\s)?(?:{_SAID})"
    r"(?:\s(?:to\s)?(?:me|us|him|her|them))?\s?[,:]?\s(?P<mark>[\"“'‘])"
)
_OPENING = re.compile(rf"[\"“”'‘«]\s*(?:(?:And|But|So|Then|Well)\b,?\s)?{_TOLD}")
_INSIDE = re.compile(rf"(?:(?<=[,;.!?…—]\s)|(?<=\band\s)|(?<=\bbut\s)){_TOLD}")
_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'"}
_AFTER = "\"”’'»,.!? "


def with_inner(
    drafts: Sequence[StatementDraft],
    quotations: Sequence[Quotation],
    resolver: Resolver,
    start: Callable[[int], int],
) -> list[StatementDraft]:
    """The drafts, with what is passed on apart; `start` has the sentence of a quotation."""
    passing, found = _Passing(resolver, start), list(drafts)
    for draft in drafts:
        for number in sorted(draft.quotations):
            outer = quotations[number].span
            if draft.speaker is not None and outer in draft.content:
                found += passing.inner(draft, draft.speaker, number, outer)
    return [draft for draft in found if draft.content]


@dataclass(frozen=True, slots=True)
class _InnerSpeech:
    """Who speaks in a quotation by its own words, where that stands, and what they say."""

    who: str
    mention: Span
    content: Span


@dataclass(frozen=True, slots=True)
class _Passing:
    resolver: Resolver
    start: Callable[[int], int]

    def inner(
        self, draft: StatementDraft, said: Speaker, number: int, outer: Span
    ) -> Iterator[StatementDraft]:
        """What others say in a quotation, which is taken out of it."""
        whole = _whole(self.resolver.text, outer)
        if whole is None:
            yield from self._parts(draft, said, number, outer)
            return
        draft.content.remove(outer)
        speaker = self._speaker(said, number, whole)
        yield StatementDraft(speaker, None, [whole.content], {number}, None, said)
        yield StatementDraft(said, draft.cue, [outer], {number}, "relayed")

    def _parts(
        self, draft: StatementDraft, said: Speaker, number: int, outer: Span
    ) -> Iterator[StatementDraft]:
        begin, own = outer.start, list[Span]()
        for inner in _parts(self.resolver.text, outer):
            speaker = self._speaker(said, number, inner)
            yield StatementDraft(speaker, None, [inner.content], {number}, None, said)
            own.append(Span(begin, inner.content.start))
            begin = inner.content.end
        if own:
            place = draft.content.index(outer)
            rest = (*own, Span(begin, outer.end))
            kept = [s for s in rest if any(map(str.isalnum, s.of(self.resolver.text)))]
            draft.content[place : place + 1] = kept

    def _speaker(self, said: Speaker, number: int, inner: _InnerSpeech) -> Speaker | None:
        """Who is meant by "he" or a name in somebody's own words, if only one can be."""
        person = self.resolver.other_person(self.start(number), inner.who, said.name)
        return None if person is None else Speaker(person.name, inner.mention)


def _whole(text: str, quotation: Span) -> _InnerSpeech | None:
    """What a quotation only passes on; None where it says something of its own, or "I said"."""
    match = _OPENING.match(text, quotation.start, quotation.end)
    if match is None or match.group()[0] == match["mark"]:
        return None
    inner = _closed(text, quotation, match)
    alone = inner is not None and not text[inner.content.end : quotation.end].strip(_AFTER)
    return inner if alone else None


def _parts(text: str, quotation: Span) -> Iterator[_InnerSpeech]:
    """What others say within a quotation of somebody's: "“If I asked, she said, ‘Enough.’”"."""
    for match in _INSIDE.finditer(text, quotation.start + 1, quotation.end):
        inner = None if match["mark"] == text[quotation.start] else _closed(text, quotation, match)
        if inner is not None:
            yield inner


def _closed(text: str, quotation: Span, match: re.Match[str]) -> _InnerSpeech | None:
    """What stands in the marks that a match opens, if they are closed in the quotation."""
    # An apostrophe has a letter behind it.
    closing = re.compile(rf"{_CLOSING[match['mark']]}(?!\w)")
    end = closing.search(text, match.end(), quotation.end)
    if end is None:
        return None
    content = Span(match.start("mark"), end.end())
    return _InnerSpeech(match["who"], Span(*match.span("who")), content)
