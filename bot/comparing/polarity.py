"""Finds changed polarity and modality: an added or missing "not", an antonym, a "may" for a "will".

The words that two texts share are compared: negated or not, and how certain. Words that only one
has are ignored. Knows nothing of speakers or figures.

>>> turned("The state did not pay.", "The state paid in full.")
Turned(surely=('not',), perhaps=('pay',))
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.comparing.tokens import Token, split
from index.language.stems import base_of
from index.language.word_lists import read_table, word_set
from index.language.words import AUXILIARIES, DETERMINERS

Mood = Literal["possible", "certain", "bound"]

_NEGATORS = word_set("negators", "bot.comparing")
# "not only", "no doubt"; and "rather than" for a negation of what comes after it.
_NO_NEGATION = {
    "not": frozenset(("only", "just", "merely")),
    "no": frozenset(("doubt", "sooner")),
}
_NO_FEWER = re.compile(r"\bno (?:fewer|less) than\b", re.IGNORECASE)
_TWO_WORDS = {"rather": "than", "instead": "of"}
_PREFIXES = ("un", "non", "in", "im", "ir", "il", "dis")
_SURE_PREFIXES = ("un", "non")
_NEGATIVE = re.compile(r"(?:un(?!it|ion|iv|iq|der|til|less)|non)\w{4,}")
# Negate the noun after them, not the clause.
_NOMINAL = frozenset("without lack lacks lacked lacking rather instead non".split())
_MOOD_WORDS: dict[Mood, str] = {
    "possible": "may might could can perhaps possibly maybe potentially able",
    "certain": "will would shall going definitely certainly undoubtedly",
    "bound": "must should ought need needs needed obliged required forced",
}
_MOODS = {word: mood for mood, words in _MOOD_WORDS.items() for word in words.split()}
# Of the words after a negation the nearest are surely under it; of those further on one cannot say.
_SURE, _PERHAPS = 2, 7
_DEGREES = frozenset("much many far long well good big high".split())  # "not as much"
_DOUBTS = word_set("doubts", "bot.comparing")
# Words that state something as certain, and words that leave it open.
_PROOFS = word_set("proofs", "bot.comparing")
_SETTLED = frozenset("confirmed established determined settled decided".split())
_MUSING = frozenset(
    "considering mulling weighing contemplating alleged allegedly suspected".split()
)
_OPEN = _DOUBTS | word_set("open", "bot.comparing")
_JOINTS = frozenset(
    "and or which who whom if as so after before when since that because while although".split()
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A word in its context: `sign` is -1 if negated, 1 if not, 0 if that is uncertain.

    `group` is the position of the negation, which all words under it share.
    """

    word: str
    sign: int
    group: int | None


_Reading = dict[str, list[_Said]]


@dataclass(frozen=True, slots=True)
class Turned:
    """Words of a draft whose polarity or modality differs from the cited text.

    `surely` where that has no "not" and no "may" at all; `perhaps` where single words are compared:
    "found no bomb" turns nothing of "searched for a bomb, but found nothing".
    """

    surely: tuple[str, ...]
    perhaps: tuple[str, ...]


def turned(draft: str, cited: str) -> Turned:
    """The words of a draft that are negated, or certain, otherwise than in the cited text."""
    ours, theirs = (split(_NO_FEWER.sub("at least", text)) for text in (draft, cited))
    here, there = _read(ours, theirs), _read(theirs, ours)
    surely = [*_unheard_of(ours, theirs), *_weaker(ours, theirs)]
    perhaps = [
        *_negated(here, there),
        *_affirmed(here, there),
        *_bolder(ours, theirs),
        *_settled(ours, theirs),
    ]
    return Turned(tuple(dict.fromkeys(surely)), tuple(dict.fromkeys(perhaps)))


def _negated(here: _Reading, there: _Reading) -> Iterator[str]:
    """Words that the draft negates and the cited text affirms."""
    kept = _kept(here, there)
    for base, said in _pairs(here, there):
        if said.sign < 0 and said.group not in kept and all(s.sign > 0 for s in there[base]):
            yield said.word


def _affirmed(here: _Reading, there: _Reading) -> list[str]:
    """Words that the draft affirms and the cited text negates."""
    kept = _kept(there, here)
    found = {
        other.group: said.word
        for base, said in _pairs(here, there)
        if said.sign > 0 and all(s.sign < 0 for s in there[base])
        for other in there[base]
    }
    lost = [word for group, word in found.items() if group not in kept]
    ours = {said.group for all_ in here.values() for said in all_ if said.group is not None}
    matched = {said.group for _, said in _pairs(here, there)}
    if len(lost) <= len(ours - matched):
        return []  # the draft denies it in other words
    return lost


def _kept(one: _Reading, other: _Reading) -> set[int | None]:
    """The negations of one text with a word that is, or may be, negated in the other too."""
    pairs = _pairs(one, other)
    return {said.group for b, said in pairs if said.sign < 1 and any(s.sign < 1 for s in other[b])}


def _pairs(one: _Reading, other: _Reading) -> Iterator[tuple[str, _Said]]:
    return ((base, said) for base in one if base in other for said in one[base])


def _weaker(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[str, ...]:
    """A "may" of the draft where the cited text is certain."""
    known = {_modal(token) for token in theirs}
    if any(_MOODS.get(low) == "possible" or low in _DOUBTS for low in known):
        return ()
    soft = {"may", "might", "perhaps", "possibly", "maybe"}
    soft |= {"could"} if "will" in known else set()
    return tuple(token.text for token in ours if token.low in soft and not token.is_capital)


def _bolder(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[str, ...]:
    """A "will" or "must" of the draft where the cited text has only "may"."""
    known = {_MOODS.get(_modal(token)) for token in theirs}
    known |= {"possible" for token in theirs if token.low in ("possible", "potential", "eligible")}
    if "possible" not in known or known & {"certain", "bound"}:
        return ()
    return tuple(t.text for t in ours if _MOODS.get(_modal(t)) in ("certain", "bound"))


def _settled(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[str, ...]:
    """What the draft calls proved and the cited text leaves open, or vice versa."""
    known = {token.low for token in theirs}
    is_open = any(low in _OPEN or _MOODS.get(low) == "possible" for low in known)
    bold = _PROOFS if known.isdisjoint(_PROOFS) else frozenset[str]()
    bold |= _SETTLED if is_open and known.isdisjoint(_SETTLED) else frozenset()
    soft = frozenset[str]() if is_open else _MUSING
    return tuple(token.text for token in ours if token.low in bold | soft)


def _unheard_of(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[str, ...]:
    """The negations of a draft whose cited sentences have nothing negative at all."""
    if any(_is_negative(theirs, n) for n in range(len(theirs))):
        return ()
    return tuple(token.text for n, token in enumerate(ours) if is_negator(ours, n))


def _is_negative(tokens: Sequence[Token], n: int) -> bool:
    low = tokens[n].low
    return is_negator(tokens, n) or base_of(low) in _FIRST_OF or bool(_NEGATIVE.fullmatch(low))


def _read(tokens: Sequence[Token], others: Sequence[Token]) -> _Reading:
    """How each content word occurs, by the form under which it is compared."""
    known, stems = {token.low for token in others}, {token.stem for token in others}
    found: _Reading = defaultdict(list)
    for n, token in enumerate(tokens):
        if token.is_content or token.stem in _FIRST_OF or token.stem in _FIRSTS:
            sign, group = _negation(tokens, n)
            for base, own in _bases(token, known, stems):
                place = n if own < 0 and group is None else group
                found[base].append(_Said(token.text, own * sign, place))
    return dict(found)


def _bases(token: Token, known: set[str], stems: set[str]) -> Iterator[tuple[str, int]]:
    """The forms under which a word is compared, each with whether it is the opposite."""
    yield token.stem, 1
    for first in _FIRST_OF.get(token.stem, ()):
        yield first, -1
    for prefix in _PREFIXES:
        rest = token.low.removeprefix(prefix)
        same = base_of(rest) in stems if prefix in _SURE_PREFIXES else rest in known
        if rest != token.low and same:
            yield base_of(rest), -1


def _negation(tokens: Sequence[Token], n: int) -> tuple[int, int | None]:
    """-1 where the n-th word is surely under a negation, 0 where one cannot say; and which."""
    passed, joined, apart, sign, group = 0, False, False, 1, None
    for k in range(n - 1, -1, -1):
        token = tokens[k]
        if token.clause != tokens[n].clause or passed > _PERHAPS:
            break
        if group is not None and token.low == tokens[group].low:
            continue  # "I don't, I really don't"
        if is_negator(tokens, k) and not (apart and token.low in _NOMINAL):
            group = k if group is None else group
            if passed >= _SURE or joined:
                return 0, group
            sign = -sign
        joined = joined or (token.low in _JOINTS and tokens[k + 1].low not in _DEGREES)
        apart = apart or token.low in AUXILIARIES
        passed += token.is_content and not token.low.endswith("ly")
    return sign, group


def is_negator(tokens: Sequence[Token], n: int) -> bool:
    """Whether the n-th word negates what follows: "not", "failed", but not in "not only"."""
    low, after = tokens[n].low, tokens[n + 1].low if n + 1 < len(tokens) else ""
    if low.endswith("n't") or _TWO_WORDS.get(low) == after != "":
        return True
    if low.startswith("disput") and n and tokens[n - 1].low in DETERMINERS:
        return False  # "the dispute began"
    if low.startswith("dismiss") and any(t.low == "as" for t in tokens[n + 1 : n + 1 + _PERHAPS]):
        return False  # "dismissed the inquiry as garbage": it went on
    return low in _NEGATORS and after not in _NO_NEGATION.get(low, ())


def mood_of(token: Token) -> Mood | None:
    """The modality of a modal word: "may", "will" or "must"; else None."""
    return _MOODS.get(_modal(token))


def _modal(token: Token) -> str:
    low = token.low.removesuffix("n't")
    return {"wo": "will", "ca": "can", "'ll": "will", "cannot": "can"}.get(low, low)


def _opposites() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for first, seconds in read_table("opposites.tsv", "bot.comparing"):
        for second in seconds.split():
            found[base_of(second)].append(base_of(first))
    return {second: tuple(firsts) for second, firsts in found.items()}


_FIRST_OF = _opposites()
_FIRSTS = frozenset(first for firsts in _FIRST_OF.values() for first in firsts)
