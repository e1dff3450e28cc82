"""Articles made out of others, as many as are wanted, no two alike.

A few hundred are put together from the paragraphs of several and read as any article is; of each
as many more are made as it takes by other names, dates and numbers. What was read of the first is
moved along, so that a hundred thousand take minutes. Persons recur as in news: a few in thousands
of articles, most in one or two.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import numpy as np
from numpy.typing import NDArray

from index.document import analyse
from index.language.dates import read_day
from index.language.names import FIRST_NAMES
from index.passages import make_passages
from index.schema import Analysis, Article, Person, Sentence, Span, Speaker, Statement

_BASES = 400
_KEPT = 0.3  # of the persons stay who they are
_FOREIGN = 0.4  # of the paragraphs are another article's
_SHARING = 3  # persons of one last name
_FIRST_DAY, _DAYS = date(2004, 1, 1), 8000
_NAMES = sorted(name.capitalize() for name in FIRST_NAMES if len(name) > 2 and name.isalpha())
_SYLLABLES = [c + v for c in "b br d f g h k l m n p r s st t v w z".split() for v in "aeiou"]
_MONTHS = [date(2000, n, 1).strftime("%B") for n in range(1, 13)]
_WEEKDAYS = [date(2001, 1, n).strftime("%A") for n in range(1, 8)]
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_WORD = re.compile(r"\b(?:[A-Z][\w'’-]*[A-Za-z]|\d{2,4})\b")
_NOISE, _MIXED = 0.5, 0.35  # of a drawn vector: its own, and another passage's


@dataclass(frozen=True, slots=True)
class _Base:
    article: Article
    analysis: Analysis
    persons: tuple[str, ...]


class Recombiner:
    """Makes the n-th article out of given ones: the same for the same number."""

    def __init__(self, articles: Sequence[Article], *, bases: int = _BASES, most: int) -> None:
        """`most` is how many are wanted: that many more persons there are."""
        self._log_people = math.log(8 * most + 50)
        self._bases = [_base(articles, n) for n in range(bases)]

    def make(self, n: int) -> tuple[Article, Analysis]:
        """The n-th article, and what is read of it."""
        rng = Random(n)  # noqa: S311
        base = self._bases[n % len(self._bases)]
        day = _FIRST_DAY + timedelta(days=rng.randrange(_DAYS))
        words = self._renamed(base, rng)
        old = read_day(base.article.published) or day
        moved = Moved(base.article.text, lambda word: words.get(word) or _redated(word, old, day))
        title = Moved(base.article.title or "", lambda word: words.get(word, word)).text
        article = Article(
            f"made-{n}", moved.text, title, None, base.article.source, day.isoformat()
        )
        return article, moved.analysis(base.analysis, words)

    def passages(self) -> Iterator[tuple[Article, Analysis]]:
        """Those that were read, to be encoded."""
        return ((base.article, base.analysis) for base in self._bases)

    def first_passage(self, n: int) -> int:
        """The number of the first passage that the n-th article's are like, as they are encoded."""
        before = self._bases[: n % len(self._bases)]
        return sum(len(base.analysis.passages) for base in before)

    def _renamed(self, base: _Base, rng: Random) -> dict[str, str]:
        """Other names for most persons, word by word; how often each is drawn falls as 1 / k."""
        words: dict[str, str] = {}
        for name in base.persons:
            first, *_, last = name.split()
            if rng.random() > _KEPT and last not in words:
                k = int(math.exp(rng.random() * self._log_people))
                words[first], words[last] = _NAMES[k * 7919 % len(_NAMES)], _last_name(k)
        return words


class Moved:
    """A text with other words in it, and where what stood in it stands now."""

    def __init__(self, text: str, word: Callable[[str], str]) -> None:
        self._starts, self._ends, self._deltas = [0], [0], [0]
        pieces, at = [], 0
        for match in _WORD.finditer(text):
            other = word(match.group())
            if other != match.group():
                pieces += [text[at : match.start()], other]
                at = match.end()
                self._starts.append(match.start())
                self._ends.append(at)
                self._deltas.append(self._deltas[-1] + len(other) - len(match.group()))
        self.text = "".join((*pieces, text[at:]))

    def analysis(self, known: Analysis, words: dict[str, str]) -> Analysis:
        """What was read of the text as it was, moved to where it stands."""

        def named(name: str) -> str:
            return Moved(name, lambda word: words.get(word, word)).text

        sentences = tuple(
            Sentence(self._span(s.span), s.paragraph, s.prose) for s in known.sentences
        )
        people = tuple(
            replace(p, name=named(p.name), roles=tuple(map(named, p.roles))) for p in known.people
        )
        statements = tuple(self._statement(s, named) for s in known.statements)
        return replace(
            known,
            sentences=sentences,
            people=_each_once(people),
            statements=statements,
            passages=make_passages(sentences),
        )

    def _statement(self, known: Statement, named: Callable[[str], str]) -> Statement:
        def speaker(who: Speaker | None) -> Speaker | None:
            return Speaker(named(who.name), self._span(who.mention)) if who else None

        return replace(
            known,
            speaker=speaker(known.speaker),
            via=speaker(known.via),
            cue=self._span(known.cue) if known.cue else None,
            content=tuple(map(self._span, known.content)),
        )

    def _span(self, span: Span) -> Span:
        return Span(self._place(span.start), self._place(span.end))

    def _place(self, at: int) -> int:
        n = bisect_right(self._starts, at) - 1
        if at >= self._ends[n]:
            return at + self._deltas[n]
        return self._starts[n] + self._deltas[n - 1] if at == self._starts[n] else self._end(n)

    def _end(self, n: int) -> int:
        return self._ends[n] + self._deltas[n]


def drawn(
    like: NDArray[np.float32], rows: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.float32]:
    """Unit vectors as passages have them: each near one of those given, a little towards another.

    So they lie in clusters, as those of articles on one story do, and not anywhere on the sphere.
    """
    noise = rng.normal(size=(len(rows), like.shape[1])) / math.sqrt(like.shape[1])
    others = like[rng.integers(0, len(like), size=len(rows))]
    mixed = rng.random((len(rows), 1)) * _MIXED
    vectors = (like[rows] + mixed * others + _NOISE * noise).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _base(articles: Sequence[Article], n: int) -> _Base:
    rng = Random(-1 - n)  # noqa: S311
    main, other = articles[n % len(articles)], rng.choice(articles)
    foreign = [p for p in _PARAGRAPH.split(other.text) if p.strip()]
    opening, *own = [p for p in _PARAGRAPH.split(main.text) if p.strip()]
    mixed = [rng.choice(foreign) if rng.random() < _FOREIGN else p for p in own]
    rng.shuffle(mixed)
    text = "\n\n".join(dict.fromkeys((opening, *mixed)))
    article = Article(f"base-{n}", text, main.title, None, main.source, main.published)
    analysis = analyse(article)
    persons = (p.name for p in analysis.people if p.kind == "person" and len(p.name.split()) > 1)
    return _Base(article, analysis, tuple(persons))


def _last_name(k: int) -> str:
    k = k // _SHARING + len(_SYLLABLES)
    syllables = []
    while k:
        k, n = divmod(k, len(_SYLLABLES))
        syllables.append(_SYLLABLES[n])
    return "".join(syllables).capitalize()


def _redated(word: str, old: date, day: date) -> str:
    """Years and months as far from the day of publication as they were; other figures changed."""
    if word in _MONTHS:
        return _MONTHS[(_MONTHS.index(word) + day.month - old.month) % 12]
    if word in _WEEKDAYS:
        return _WEEKDAYS[(_WEEKDAYS.index(word) + day.weekday() - old.weekday()) % 7]
    if not word.isdigit() or word.startswith("0"):
        return word
    is_year = len(word) == 4 and word[:2] in ("19", "20")
    return str(int(word) + (day.year - old.year if is_year else day.toordinal() % 7))


def _each_once(people: Sequence[Person]) -> tuple[Person, ...]:
    return tuple({person.name: person for person in reversed(people)}.values())[::-1]
