"""Takes out of quotations what others say in them, and gives it to those, or to nobody.

What somebody only passes on is marked as relayed; of the rest of a quotation its speaker stays.
Knows nothing of cues.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.attribution.drafts import StatementDraft
from index.attribution.inner_speech import InnerSpeech, inner_parts, inner_speech
from index.attribution.speakers import Resolver
from index.language.quotations import Quotation
from index.schema import Span, Speaker


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
class _Passing:
    resolver: Resolver
    start: Callable[[int], int]

    def inner(
        self, draft: StatementDraft, said: Speaker, number: int, outer: Span
    ) -> Iterator[StatementDraft]:
        """What others say in a quotation, which is taken out of it."""
        whole = inner_speech(self.resolver.text, outer)
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
        for inner in inner_parts(self.resolver.text, outer):
            speaker = self._speaker(said, number, inner)
            yield StatementDraft(speaker, None, [inner.content], {number}, None, said)
            own.append(Span(begin, inner.content.start))
            begin = inner.content.end
        if own:
            place = draft.content.index(outer)
            rest = (*own, Span(begin, outer.end))
            kept = [s for s in rest if any(map(str.isalnum, s.of(self.resolver.text)))]
            draft.content[place : place + 1] = kept

    def _speaker(self, said: Speaker, number: int, inner: InnerSpeech) -> Speaker | None:
        """Who is meant by "he" or a name in somebody's own words, if only one can be."""
        person = self.resolver.other_person(self.start(number), inner.who, said.name)
        return None if person is None else Speaker(person.name, inner.mention)
