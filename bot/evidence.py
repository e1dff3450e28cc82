"""Reads the retrieved passages: every sentence of them with its score and whose words it carries.

The unit that sentences are chosen from. Knows nothing of thresholds or refusals.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.directory import Directory, Match, fold
from bot.reader import Reader, ReadPassage
from bot.views import ArticleView, Attribution, SentenceView
from index.schema import Hit

View = Callable[[str], ArticleView | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that was read. `score` is the reader's logit; higher is better.

    `short` is the short answer inside the sentence, as characters of the sentence.
    """

    view: ArticleView
    n: int
    score: float
    answers: float
    short: tuple[int, int] | None

    @property
    def sentence(self) -> SentenceView:
        """The sentence with its attributions."""
        return self.view.sentences[self.n]

    @property
    def key(self) -> tuple[str, int]:
        """What names the sentence across passages."""
        return self.view.article.id, self.n

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.view.text(self.n)


def gather(reader: Reader, question: str, hits: Sequence[Hit], view: View) -> list[Evidence]:
    """Read the hits and give every sentence once, with its best score, best first."""
    windows = [(seen, *_window(seen, hit)) for hit in hits if (seen := view(hit.article_id))]
    readings = reader.read(question, [_as_read(seen, a, b) for seen, a, b in windows])
    best: dict[tuple[str, int], Evidence] = {}
    for (seen, first, last), reading in zip(windows, readings, strict=True):
        for n in range(first, last):
            short = reading.short
            inside = short[1:] if short and short[0] == n - first else None
            found = Evidence(seen, n, reading.scores[n - first], reading.answers, inside)
            if found.key not in best or best[found.key].score < found.score:
                best[found.key] = found
    prose = (e for e in best.values() if e.sentence.sentence.prose)
    return sorted(prose, key=lambda e: (-e.score, e.key))


def _window(seen: ArticleView, hit: Hit) -> tuple[int, int]:
    first = seen.at(hit.passage.sentences[0].span.start)
    return first, first + len(hit.passage.sentences)


def _as_read(seen: ArticleView, first: int, last: int) -> ReadPassage:
    sentences = seen.sentences[first:last]
    return ReadPassage(
        seen.article.title,
        tuple(seen.text(n) for n in range(first, last)),
        tuple(s.attributions[0].name if s.attributions else None for s in sentences),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The asked speaker: the phrase, and everybody it may mean.

    Nobody may match a phrase that some articles do mention; `articles` is where to look.
    """

    phrase: str
    matches: tuple[Match, ...]
    articles: frozenset[str]

    def attribution(self, sentence: SentenceView) -> Attribution | None:
        """The part of a sentence that carries the asked speaker's words, if any."""
        wanted = {match.identity for match in self.matches}
        return next((a for a in sentence.attributions if a.identity in wanted), None)

    def standing(self, evidence: Evidence) -> int:
        """How a sentence stands to the asked speaker.

        3: carries their words; 2: names them and is nobody else's words; 1: nobody's words;
        0: another person's words.
        """
        if self.attribution(evidence.sentence):
            return 3
        named = self._names(evidence.text)
        if evidence.sentence.attributions:
            return 2 if named and not self.matches else 0
        return 2 if named else 1

    def _names(self, text: str) -> bool:
        words = set(fold(text))
        last_words = {m.identity.words[-1] for m in self.matches} or set(fold(self.phrase)[-1:])
        return bool(words & last_words)


def look_up(phrase: str, directory: Directory) -> Asked:
    """Whom a phrase means, and the articles they (or at least its words) are in."""
    matches = directory.match(phrase)
    articles = frozenset(id_ for match in matches for id_ in match.identity.articles)
    return Asked(phrase, matches, articles or directory.mentions(phrase))


def said_by_others(evidence: Iterable[Evidence], asked: Asked) -> tuple[str, ...]:
    """Who else's words the evidence holds, best first, each name once."""
    names = (
        attribution.identity.name if attribution.identity else attribution.name
        for item in evidence
        if not asked.attribution(item.sentence)
        for attribution in item.sentence.attributions[:1]
    )
    return tuple(dict.fromkeys(name for name in names if name[:1].isupper()))
