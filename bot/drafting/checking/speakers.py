"""Checks the speakers of a draft against the statements of the cited sentences.

The right words attributed to the wrong speaker are as wrong as invented words. Only certain
mismatches are faults; unclear ones are marked for the judge. Knows nothing of numbers or negations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.drafting.checking.judge_input import Mark, Standing
from bot.drafting.checking.quoting import folded_words, quoted_words
from bot.drafting.checking.sources import CitedStatement, Sources
from index.document import read_document
from index.language.folding import fold, is_description
from index.language.names import TITLES, is_role
from index.language.numerals import read_numeral
from index.language.offices import role_words
from index.language.places import SEATS, places_of
from index.language.stems import base_of
from index.language.words import PRONOUNS
from index.schema import Span, Statement

_SPEAKING = PRONOUNS | frozenset("who which that".split())
_CLOSE = 0.05  # of two matches, from which both may be meant

# Whether the words are this speaker's; "another's" only if the rules are certain.
Fit = Literal["own", "unclear", "another's"]


@dataclass(frozen=True, slots=True)
class DraftSpeaker:
    """A speaker in a draft: where the draft names them, by what name, and whether that fits."""

    span: Span
    name: str
    fit: Fit


def read_speakers(
    draft: str, sources: Sources, names: Sequence[Mark], before: str = ""
) -> Iterator[DraftSpeaker]:
    """Every speaker in a draft; `before` is the text before it, to which its "he" may refer."""
    text = f"{before}\n{draft}" if before else draft
    shift = len(text) - len(draft)
    statements = [s for s in read_document(text).statements if s.span.end > shift]
    for statement in statements:
        if statement.speaker is None or _is_inside(statement, statements):
            continue
        mention = statement.speaker.mention
        name, said = statement.speaker.name, mention.of(text)
        called = (name,) if said.lower() in _SPEAKING else (name, said)
        own = Span(max(mention.start - shift, 0), max(mention.end - shift, 0))
        if name.lower() in _SPEAKING:
            continue
        quoted = _own_quotations(statement, statements, text)
        strange = [Span(n.start, n.end) for n in names if n.standing != Standing.NAME]
        fit = _fit(called, quoted, sources, far=any(map(own.overlaps, strange)))
        # The draft's "he" and the article's are resolved by the same rules; of "the firm, which
        # had complained" no speaker in the article need be meant.
        is_personal = said.lower() in PRONOUNS
        if fit == "unclear" and is_personal and not any(s.is_unknown for s in sources.said):
            fit = "another's"
        yield DraftSpeaker(own, name, fit)


def _own_quotations(statement: Statement, others: Sequence[Statement], text: str) -> list[str]:
    """The quotations of a statement, without those of the statements inside it."""
    inner = [other for other in others if _is_inside(other, [statement])]
    passed_on = {words for other in inner for words in _quoted(other, text)}
    return [words for words in _quoted(statement, text) if words not in passed_on]


def _quoted(statement: Statement, text: str) -> Iterator[str]:
    return (words for piece in statement.content for words in quoted_words(piece.of(text)))


def _is_inside(statement: Statement, others: Sequence[Statement]) -> bool:
    """Whether a statement is part of what somebody else says."""
    cue = statement.cue or statement.span
    return any(
        piece.start <= cue.start and cue.end <= piece.end
        for other in others
        if other is not statement
        for piece in other.content
    )


def _fit(names: Sequence[str], quoted: Sequence[str], sources: Sources, *, far: bool) -> Fit:
    theirs = [said for said in sources.said if is_speaker(names, said, sources)]
    for words in map(folded_words, quoted):
        wanted = words.rstrip(",.").lower()
        owners = [said for said in sources.said if wanted in folded_words(said.text).lower()]
        if owners and not any(said in theirs for said in owners):
            return "another's" if all(map(_is_by_name, owners)) else "unclear"
    if theirs:
        return "own"
    if far and sources.said and all(map(_is_by_name, sources.said)):
        return "another's"
    return "unclear" if far or sources.said else "own"


def _is_by_name(said: CitedStatement) -> bool:
    """Whether the article names the speaker right there, and no "he" or "the mayor"."""
    return not said.is_unknown and not any(map(is_description, said.names))


def is_speaker(names: Sequence[str], said: CitedStatement, sources: Sources) -> bool:
    """Whether a draft's name for a speaker fits the one who says this in the article."""
    if said.is_unknown or any(_same_name(name, other) for name in names for other in said.names):
        return True
    if said.identity is None:
        return False
    matches = sources.directory.match(names[-1]) + sources.directory.match(names[0])
    best = max((match.score for match in matches), default=0.0)
    return any(m.identity == said.identity and m.score >= best - _CLOSE for m in matches)


def _same_name(name: str, other: str) -> bool:
    """Whether two names are one: "Putin", "President Vladimir Putin"; "the army", "army"."""
    if _is_seat(name, other) or _is_seat(other, name):
        return True
    if is_description(name) or is_description(other):
        a, b = _described(name), _described(other)
        return bool(a) and bool(b) and (a <= b or b <= a)
    ours, theirs = _core(name), _core(other)
    if not ours or not theirs:
        return False
    return ours[-1] == theirs[-1] and (set(ours) <= set(theirs) or set(theirs) <= set(ours))


def _described(name: str) -> set[str]:
    """The words of a description but for numbers: "more than two million people"."""
    words = {base_of(word) for word in role_words(name)} - {"more", "than", "about", "some"}
    return {word for word in words if not (word.isdigit() or read_numeral([word]))}


def _is_seat(name: str, other: str) -> bool:
    """Whether the other is governed from there: "Tehran", "the Iranian government"."""
    words = _core(name)
    governed = {place for word in fold(other) for place in places_of(word)}
    return SEATS.keys() >= set(words) and any(not SEATS[w].isdisjoint(governed) for w in words)


def _core(name: str) -> list[str]:
    words = [word for word in fold(name) if word not in ("the", "s")]
    plain = [word for word in words if word not in TITLES and not is_role(word)]
    return plain or words
