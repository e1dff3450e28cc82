"""How well the cited sentences carry what a draft says: one number, from its words.

Each word of the draft that its sentences do not have is doubted, the more the less like their words
it and its neighbours are; a run of doubted words is an invention. Two logistic regressions, whose
weights `bot.training.train_support` makes. Knows nothing of speakers, figures or negations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.drafting.checking.figures import find_numbers
from bot.drafting.checking.sources import Sources
from bot.drafting.checking.synonyms import RELATED
from bot.drafting.checking.tokens import Token, split, stem_of
from bot.drafting.checking.weights import FOLDER, reading
from bot.drafting.checking.word_vectors import WordVectors
from index.language.dates import find_dates

WEIGHTS = FOLDER / "support.json"
Row = NDArray[np.float64]
_BESIDE = 2  # words on either side that tell whether a word is alone
_WINDOWS = (2, 3, 4)
_LONG = 10  # letters
_UNLIKE = 0.45
_JOINTS = frozenset(
    """and but or while after before because although though since which who when where despite
    following amid with as unless until so that if during under""".split()
)
_RELATED = 0.7
# Say little of their own: "took place", "the number of people".
_LIGHT = frozenset(
    """part place time times people person persons thing things way fact number numbers kind case
    matter take takes took taken taking make makes made making get gets got give gives gave
    given put become became came come goes went go year years month months week weeks day days
    hour hours everybody everyone""".split()
)


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression over standardised features."""

    mean: Row
    scale: Row
    weights: Row
    bias: float

    @classmethod
    def read(cls, record: dict[str, Any]) -> Self:
        """From its JSON form."""
        mean, scale, weights = (np.array(record[k], dtype=float) for k in _PARTS)
        return cls(mean, scale, weights, float(record["bias"]))

    def record(self) -> dict[str, Any]:
        """Its JSON form."""
        return {k: [round(float(x), 5) for x in getattr(self, k)] for k in _PARTS} | {
            "bias": round(self.bias, 5)
        }

    def __call__(self, features: Row) -> float:
        """In [0, 1]."""
        score = float(((features - self.mean) / self.scale) @ self.weights) + self.bias
        return 1 / (1 + float(np.exp(-score)))


_PARTS = ("mean", "scale", "weights")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The words of a draft beside those that it cites.

    `exact` says which words the sentences have, in some form; `likeness` how like their most
    similar word each is; `clauses` numbers the clause of each, -1 for names; `nearer` how much
    more of the words the cited sentences have than one beside them.
    """

    words: tuple[str, ...]
    exact: NDArray[np.bool_]
    likeness: Row
    clauses: tuple[int, ...]
    nearer: float

    def word_features(self, n: int) -> Row:
        """What tells whether the n-th word, which the sentences do not have, is invented."""
        beside = [k for k in range(n - _BESIDE, n + _BESIDE + 1) if k != n and 0 <= k < self.length]
        exact = float(self.exact[beside].mean()) if beside else 1.0
        like = float(np.maximum(self.likeness, self.exact)[beside].mean()) if beside else 1.0
        letters = min(len(self.words[n]), _LONG) / _LONG
        return np.array([self.likeness[n], exact, like, letters, n / self.length])

    @property
    def length(self) -> int:
        """How many words the draft has."""
        return len(self.words)

    def features(self, doubts: Row) -> Row:
        """What tells whether the draft as a whole is carried."""
        ranked = np.sort(doubts)[::-1]
        windows = [
            float(np.convolve(doubts, np.ones(min(size, self.length)), "valid").max())
            for size in _WINDOWS
        ]
        like = np.maximum(self.likeness, self.exact)
        sums = [ranked[0], ranked[:2].sum(), ranked[:3].sum(), *windows, doubts.sum()]
        shares = [doubts.mean(), self.exact.mean(), like.mean(), like.min(), self.nearer]
        clauses = [like[[k == c for k in self.clauses]].mean() for c in {*self.clauses} - {-1}]
        worst = [min(clauses, default=1.0), sum(clause < _UNLIKE for clause in clauses)]
        return np.array([*sums, *shares, *worst, np.log(self.length)], dtype=float)


class Support:
    """Scores how well drafts are carried; safe to share between threads."""

    def __init__(
        self, vectors: WordVectors, doubt: Regression, whole: Regression, level: float
    ) -> None:
        self._vectors, self._doubt, self._whole = vectors, doubt, whole
        self.level = level

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Self:
        """Read the shipped weights."""
        with reading(path) as record:
            doubt, whole = Regression.read(record["doubt"]), Regression.read(record["whole"])
            level = float(record["level"])
        return cls(WordVectors.load(), doubt, whole, level)

    def score(self, draft: str, sources: Sources) -> tuple[float, tuple[str, ...]]:
        """How well the draft is carried, in [0, 1], and the words that are doubted most."""
        coverage = cover(draft, sources, self._vectors)
        if not coverage.length:
            return 0.0, ()
        if coverage.exact.all():
            return 1.0, ()  # nothing to doubt
        doubts = word_doubts(coverage, self._doubt)
        doubted = tuple(w for w, d in zip(coverage.words, doubts, strict=True) if d > _DOUBTED)
        return self._whole(coverage.features(doubts)), doubted


_DOUBTED = 0.5


def word_doubts(coverage: Coverage, doubt: Regression) -> Row:
    """How likely each word is to be invented; 0 for those that the sentences have."""
    return np.array(
        [
            0.0 if exact else doubt(coverage.word_features(n))
            for n, exact in enumerate(coverage.exact)
        ]
    )


def cover(draft: str, sources: Sources, vectors: WordVectors) -> Coverage:
    """Hold the words of a draft, but for verbs of saying and figures, against the cited ones."""
    tokens = _words(draft)
    cited = _words(sources.text, everything=True)
    own = {token.stem for token in cited}
    exact = [token.stem in own or token.stem in sources.named for token in tokens]
    low = [token.low for token in tokens]
    likeness = np.maximum(
        vectors.likeness(low, [token.low for token in cited]),
        [_RELATED if _is_related(token, own) else -1.0 for token in tokens],
    )
    share = sum(exact) / len(exact) if exact else 0.0
    beside = [{t.stem for t in _words(text, everything=True)} for text in sources.beside]
    nearest = max((_share(tokens, stems) for stems in beside), default=0.0)
    return Coverage(
        tuple(low),
        np.array(exact, dtype=bool),
        np.asarray(likeness, dtype=float),
        _clauses(draft, tokens),
        share - nearest,
    )


def _clauses(draft: str, words: Sequence[Token]) -> tuple[int, ...]:
    """The clause that each word stands in: a part between marks and joining words."""
    joints = [t.start for t in split(draft) if t.is_mark or t.low in _JOINTS]
    places = [sum(joint < word.start for joint in joints) for word in words]
    return tuple(
        -1 if word.is_capital else place for word, place in zip(words, places, strict=True)
    )


def _is_related(token: Token, own: set[str]) -> bool:
    """Whether a synonym of a word is cited, or the word with or without its "un"."""
    bare = stem_of(token.low.removeprefix("un"))
    return not own.isdisjoint({*RELATED.get(token.stem, ()), bare, stem_of(f"un{token.low}")})


def _share(tokens: Sequence[Token], stems: set[str]) -> float:
    return sum(token.stem in stems for token in tokens) / len(tokens) if tokens else 0.0


def _words(text: str, *, everything: bool = False) -> list[Token]:
    """The words that say something; of a draft those that no other check is about."""
    tokens = [token for token in split(text) if token.is_content]
    if everything:
        return tokens
    checked = [(d.start, d.end) for d in find_dates(text, None)]
    checked += [(n.start, n.end) for n in find_numbers(text)]
    return [
        t
        for t in tokens
        if not t.is_cue
        and t.low not in _LIGHT
        and not any(start <= t.start < end for start, end in checked)
    ]
