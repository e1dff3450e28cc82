"""Reads the retrieved passages: every sentence of them with its score and whose words it carries.

The unit that sentences are chosen from. Knows nothing of thresholds or refusals.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.query.question import Query
from bot.selecting.answer_type import expected, offers
from bot.selecting.reader import Reader, Reading, ReadPassage
from bot.selecting.views import ArticleView, SentenceView
from index.language.stems import in_the_words_of, stems
from index.schema import Hit

View = Callable[[str], ArticleView | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that was read. `score` is the reader's logit; higher is better.

    `answers` and `similarity` are its passage's: the reader's logit that it answers at all, and
    how similar its vector is to the question's. `short` is the short answer, in characters of the
    sentence. `topic` is the share of what was asked about that its article has words for; `offers`
    says whether it has the kind of answer that is wanted, None where any kind will do.
    """

    view: ArticleView
    n: int
    score: float
    answers: float
    similarity: float
    short: tuple[int, int] | None
    topic: float = 1.0
    offers: bool | None = None

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


def gather(reader: Reader, query: Query, hits: Sequence[Hit], view: View) -> list[Evidence]:
    """Read the hits and give every sentence once, with its best score, best first."""
    question, topic = query.text, stems(query.topic or query.text)
    kind = expected(question) if query.kind == "fact" else None
    windows = [(seen, hit) for hit in hits if (seen := view(hit.article_id))]
    readings = _read(reader, question, [_as_read(seen, *_window(seen, h)) for seen, h in windows])
    best: dict[tuple[str, int], Evidence] = {}
    for (seen, hit), reading in zip(windows, readings, strict=True):
        first, last = _window(seen, hit)
        share = len(topic & seen.stems) / len(topic) if topic else 1.0
        for n in range(first, last):
            short = reading.short
            inside = short[1:] if short and short[0] == n - first else None
            score = reading.scores[n - first]
            fits = offers(seen.text(n), kind, question) if kind else None
            found = Evidence(seen, n, score, reading.answers, hit.similarity, inside, share, fits)
            if found.key not in best or best[found.key].score < found.score:
                best[found.key] = found
    prose = (e for e in best.values() if e.sentence.sentence.prose)
    return sorted(prose, key=lambda e: (-e.score, e.key))


def _read(reader: Reader, question: str, passages: Sequence[ReadPassage]) -> list[Reading]:
    """Read each passage with the question in its own words; those with the same ones together."""
    asked: dict[str, list[int]] = defaultdict(list)
    for n, passage in enumerate(passages):
        asked[in_the_words_of(question, passage.sentences)].append(n)
    readings: dict[int, Reading] = {}
    for wording, numbers in asked.items():
        found = reader.read(wording, [passages[n] for n in numbers])
        readings.update(zip(numbers, found, strict=True))
    return [readings[n] for n in range(len(passages))]


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
