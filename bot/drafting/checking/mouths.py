"""Holds whom a draft says said what, and whom it names, against the cited sentences.

The right words in the wrong mouth are as wrong as invented words. Two people's words may stand in
one draft only if each has their own. Knows nothing of numbers, negations or quotation marks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.drafting.checking.sources import Said, Sources
from bot.drafting.checking.tokens import Token, split, stem_of, stems
from index.document import read_document
from index.language.dates import find_dates
from index.language.folding import fold, is_description, role_words
from index.language.names import TITLES, is_role
from index.language.numerals import read_numeral
from index.language.quotations import find_quotations
from index.language.words import DAYS, PRONOUNS
from index.schema import Span, Statement

_PARTS = re.compile(r"[,;:—–]|\b(?:and|but|while|whereas|because|although|as|after|before)\b")
_SPEAKING = PRONOUNS | frozenset("who which that".split())
# How much more of a part must be in another's words than in the speaker's own.
_CLEARLY = 0.34
_INITIALS = 2
_AHEAD = 6  # words
_INSIDE = frozenset(("the", "of", "a", "an", "s"))
_ENDING = 3  # letters


@dataclass(frozen=True, slots=True)
class Claim:
    """That somebody said something: how a draft calls them, and the parts of what they said."""

    names: tuple[str, ...]
    parts: tuple[str, ...]


def read_claims(draft: str, before: str = "") -> tuple[Claim, ...]:
    """Who says what in a draft; what a speaker of it says that others said is their own claim."""
    text = f"{before}\n{draft}" if before else draft
    shift = len(text) - len(draft)
    statements = [s for s in read_document(text).statements if s.span.end > shift]
    outer = [s for s in statements if not _is_inside(s, statements)]
    ends = [*(_start(s) for s in outer[1:]), len(text)]
    found = (
        Claim(names, tuple(_parts(statement, text, end)))
        for statement, end in zip(outer, ends, strict=False)
        if (names := _names(statement, text))
    )
    return (*found, *_passive(draft))


def _passive(draft: str) -> Iterator[Claim]:
    """Who says something after a "by": "the deal was acknowledged by the company"."""
    tokens = split(draft)
    for n in range(len(tokens) - 2):
        if not (tokens[n].is_cue and tokens[n].low.endswith("ed") and tokens[n + 1].low == "by"):
            continue
        end = n + 2
        while end < len(tokens) and (tokens[end].is_content or tokens[end].low in _INSIDE):
            end += 1
        name = draft[tokens[n + 2].start : tokens[end - 1].end] if end > n + 2 else ""
        if any(character.isupper() for character in name):
            yield Claim((name,), (draft[: tokens[n].start],))


def _start(statement: Statement) -> int:
    """Where a statement begins, be it with its speaker, its cue or its words."""
    parts = (statement.span, statement.cue, statement.speaker and statement.speaker.mention)
    return min(part.start for part in parts if part)


def _names(statement: Statement, text: str) -> tuple[str, ...]:
    if statement.speaker is None:
        return ()
    name, mention = statement.speaker.name, statement.speaker.mention.of(text)
    return (name,) if mention.lower() in _SPEAKING else tuple(dict.fromkeys((name, mention)))


def _is_inside(statement: Statement, others: Sequence[Statement]) -> bool:
    """Whether a statement is part of what somebody else says."""
    cue = statement.cue or statement.span
    return any(
        piece.start <= cue.start and cue.end <= piece.end
        for other in others
        if other is not statement
        for piece in other.content
    )


def _parts(statement: Statement, text: str, end: int) -> Iterator[str]:
    """What is said, in pieces; after "she said" all the rest of the sentence up to the next."""
    for n, piece in enumerate(statement.content, 1):
        runs_on = n == len(statement.content) and statement.cue and statement.cue.end <= piece.start
        content = text[piece.start : max(piece.end, end)] if runs_on else piece.of(text)
        start = 0
        for mark in _PARTS.finditer(content):
            yield content[start : mark.start()]
            start = mark.end()
        yield content[start:]


def wrong_speakers(draft: str, sources: Sources, before: str = "") -> tuple[str, ...]:
    """The speakers of a draft who do not say, in the cited sentences, what it lets them say."""
    return tuple(
        claim.names[0] for claim in read_claims(draft, before) if not _holds(claim, sources)
    )


def _holds(claim: Claim, sources: Sources) -> bool:
    if not sources.said and claim.names[0].lower() in _SPEAKING:
        return True  # nobody says anything there: "he was declared dead"
    own = [said for said in sources.said if _is_speaker(claim.names, said, sources)]
    own = own or _introduced(claim.names, sources)
    others = [said for said in sources.said if said not in own]
    if not own:
        return _is_subject(claim, others, sources) or _is_told_beside(claim, sources)
    places = {said.place for said in own}
    theirs = [*others, *(_sentence(sources, p, ()) for p in {s.place for s in others} - places)]
    ours = [*own, *(_sentence(sources, place, others) for place in places)]
    return not any(_is_anothers(part, ours, theirs) for part in claim.parts)


def _introduced(names: Sequence[str], sources: Sources) -> list[Said]:
    """What is said by whoever the cited sentence names, and no other person, beside the words.

    The rules may take the end of "Ann Lee of Utopia University and contributor to Slate" for the
    speaker; that sentence and all others of the same speaker are Lee's.
    """
    people = [
        p.name for known in sources.known.values() for p in known.document.people if " " in p.name
    ]
    last_words = {word for name in people for word in fold(name)[-1:]}
    wanted = set(_core(names[0])[-1:])

    def is_introduced(said: Said) -> bool:
        told = _sentence(sources, said.place, sources.said).text
        return bool(wanted) and last_words.intersection(fold(told)) == wanted

    found = {said.names for said in sources.said if is_introduced(said)}
    return [said for said in sources.said if said.names in found]


def _sentence(sources: Sources, place: int, others: Sequence[Said]) -> Said:
    """A whole sentence as what is said in it, but for what others say there."""
    text = sources.citations[place].text
    for said in others:
        if said.place == place:
            for piece in said.pieces:
                text = text.replace(piece, " ")
    return Said((), None, (text,), place)


def _is_speaker(names: Sequence[str], said: Said, sources: Sources) -> bool:
    """Whether a draft's name for a speaker is one of whoever says this in the article."""
    if names[0].lower().split()[-1] in _SPEAKING:
        return True
    if said.is_unknown:
        told = frozenset[str]().union(*(_stems(k.article.text) for k in sources.known.values()))
        return _name_stems(names[0]) <= told
    if any(_same_name(name, other) for name in names for other in said.names):
        return True
    if _is_apposed(names[0], said, sources):
        return True
    if said.identity is None:
        return False
    matches = sources.directory.match(names[-1]) + sources.directory.match(names[0])
    best = max((match.score for match in matches), default=0.0)
    return any(m.identity == said.identity and m.score >= best - 0.05 for m in matches)


def _is_apposed(name: str, said: Said, sources: Sources) -> bool:
    """Whether the cited sentence puts a description beside the speaker's name, after a comma."""
    last, wanted = fold(said.names[0])[-1:], set(role_words(name))
    words = sources.citations[said.place].text.split(",")
    return bool(last and wanted) and any(
        last == fold(before)[-1:] and wanted <= set(role_words(after))
        for before, after in pairwise(words)
    )


def _same_name(name: str, other: str) -> bool:
    """Whether two names are one: "Putin", "President Vladimir Putin"; "the army", "army"."""
    if is_description(name) or is_description(other):
        a, b = _described(name), _described(other)
        return bool(a) and bool(b) and (a <= b or b <= a)
    ours, theirs = _core(name), _core(other)
    if not ours or not theirs:
        return False
    return ours[-1] == theirs[-1] and (set(ours) <= set(theirs) or set(theirs) <= set(ours))


def _described(name: str) -> set[str]:
    """The words of a description but for numbers: "more than two million people"."""
    words = [
        stem_of(word) for word in role_words(name) if word not in ("more", "than", "about", "some")
    ]
    return {word for word in words if not (word.isdigit() or read_numeral([word]))}


def _core(name: str) -> list[str]:
    words = [word for word in fold(name) if word not in ("the", "s")]
    plain = [word for word in words if word not in TITLES and not is_role(word)]
    return plain or words


def _is_subject(claim: Claim, others: Sequence[Said], sources: Sources) -> bool:
    """Whether the cited text names them where the rules find no statement of anybody else."""
    words = _name_stems(claim.names[0])
    if not words or not words <= _stems(sources.text):
        return False
    return not any(_share(part, said) > _CLEARLY for part in claim.parts for said in others)


def _is_told_beside(claim: Claim, sources: Sources) -> bool:
    """Whether the cited text has them say it in passing: "with Ann Lee calling it a coup"."""
    last = _core(claim.names[0])[-1:]
    for citation in sources.citations:
        tokens = split(citation.text)
        for n, token in enumerate(tokens):
            ahead = tokens[n + 1 : n + 1 + _AHEAD]
            if fold(token.text) == last and any(t.is_cue and t.low.endswith("ing") for t in ahead):
                said = Said((), None, (citation.text[token.end :],), 0)
                return all(_share(part, said) > _CLEARLY for part in claim.parts if part.strip())
    return False


def _is_anothers(part: str, own: Sequence[Said], others: Sequence[Said]) -> bool:
    best = max((_share(part, said) for said in own), default=0.0)
    return any(_share(part, said) > best + _CLEARLY for said in others)


def _share(part: str, said: Said) -> float:
    """How much of a part is in somebody's words."""
    words = stems(split(part))
    return len(words & stems(split(said.text))) / len(words) if words else 0.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in split(text))


def _name_stems(name: str) -> frozenset[str]:
    return frozenset(stem_of(word) for word in _core(name))


def unknown_names(draft: str, sources: Sources) -> tuple[str, ...]:
    """The names in a draft that neither stand in the cited sentences nor stand for what does."""
    dates = [Span(date.start, date.end) for date in find_dates(draft, None)]
    quoted = [quotation.span for quotation in find_quotations(draft)]
    tokens = [
        token
        for token in split(draft)
        if not any(span.overlaps(Span(token.start, token.end)) for span in (*dates, *quoted))
    ]
    known = sources.named
    expanded = _expanded(tokens, known)
    return tuple(
        token.text
        for n, token in enumerate(tokens)
        if _is_name(tokens, n, sources)
        and token.stem not in known
        and n not in expanded
        and not _is_acronym(token, sources)
        and not _is_ending(token, sources)
    )


def _is_name(tokens: Sequence[Token], n: int, sources: Sources) -> bool:
    token = tokens[n]
    if not token.is_capital or token.low in DAYS or not token.is_content:
        return False
    if token.low in TITLES or is_role(token.low):
        return False
    if n and tokens[n - 1].text not in (".", ":", "!", "?"):
        return True
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    return bool(after and after.is_capital and after.is_content) or any(
        token.text in person.name.split()
        for k in sources.known.values()
        for person in k.document.people
    )


def _expanded(tokens: Sequence[Token], known: frozenset[str]) -> set[int]:
    """The words of names that the cited text has by their initials: "World Health Organization"."""
    found: set[int] = set()
    capitals = [n for n, token in enumerate(tokens) if token.is_capital]
    for first in range(len(capitals)):
        for last in range(first + _INITIALS, len(capitals) + 1):
            run = capitals[first:last]
            if run[-1] - run[0] < len(run) + _INITIALS:
                initials = "".join(tokens[n].low[0] for n in run)
                if stem_of(initials) in known or initials in known:
                    found.update(run)
    return found


def _is_ending(token: Token, sources: Sources) -> bool:
    """Whether a cited name is the same but for its ending: "Hong Kong", "Hong Kongers"."""
    return any(
        other.is_capital
        and other.low.startswith(token.low)
        and len(token.low) > _ENDING
        and len(other.low) - len(token.low) <= _ENDING
        for other in split(sources.text)
    )


def _is_acronym(token: Token, sources: Sources) -> bool:
    """Whether the letters are the initials of a name in the cited text, or in its article."""
    if not token.text.isupper() or len(token.text) < _INITIALS:
        return False
    letters = r"[\w'’]*\W+(?:(?:of|the|and|for|on)\s+)*".join(token.text)
    initials = re.compile(rf"\b{letters}")
    return bool(initials.search(sources.text))
