"""Groups the passages found for a question into the rows that the reader scores.

A row holds neighbouring passages of one article, in its order, under its title and first sentence;
the reader scores its sentences in one pass. Knows nothing of searching or scores.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.selecting.article_view import ArticleView
from bot.selecting.reading.reader_input import ReadPassage
from bot.selecting.wanted_speaker import WantedSpeaker
from index.schema import Hit

View = Callable[[str], ArticleView | None]

# Limits of one row; a longer passage is a row to itself.
MAX_SENTENCES = 12
MAX_CHARACTERS = 1900


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences of one article by number, ascending.

    `similarity` is, for each of them, its passage's cosine similarity to the question.
    """

    view: ArticleView
    numbers: tuple[int, ...]
    similarity: tuple[float, ...]

    def as_read(self, wanted: WantedSpeaker | None) -> ReadPassage:
        """The row as the reader's input, with the wanted speaker's own sentences marked."""
        sentences = [self.view.sentences[n] for n in self.numbers]
        lead = next((n for n, s in enumerate(self.view.sentences) if s.prose), 0)
        return ReadPassage(
            self.view.article.title,
            tuple(self.view.text(n) for n in self.numbers),
            tuple(s.attributions[0].name if s.attributions else None for s in sentences),
            None if lead in self.numbers else self.view.text(lead),
            frozenset(i for i, s in enumerate(sentences) if wanted and wanted.attribution(s)),
        )


def lay_out_rows(hits: Iterable[Hit], view: View) -> list[Row]:
    """The rows of all hits, that of the best hit first; removed articles are left out."""
    hits = list(hits)
    rank = {hit.passage_id: n for n, hit in enumerate(hits)}
    found: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        found[hit.article_id].append(hit)
    grouped = chain.from_iterable(map(_groups, found.values()))
    best_first = sorted(grouped, key=lambda group: min(rank[hit.passage_id] for hit in group))
    seen = ((view(group[0].article_id), group) for group in best_first)
    return [_row(each, group) for each, group in seen if each]


def _groups(hits: Sequence[Hit]) -> list[list[Hit]]:
    """The hits of one article as they are read together."""
    in_order = sorted(hits, key=lambda hit: hit.passage.span.start)
    rows: list[list[Hit]] = [in_order[:1]]
    for hit in in_order[1:]:
        if _fit((*rows[-1], hit)):
            rows[-1].append(hit)
        else:
            rows.append([hit])
    return rows


def _fit(hits: Sequence[Hit]) -> bool:
    count = sum(len(hit.passage.sentences) for hit in hits)
    length = sum(hit.passage.span.end - hit.passage.span.start for hit in hits)
    return count <= MAX_SENTENCES and length <= MAX_CHARACTERS


def _row(view: ArticleView, hits: Sequence[Hit]) -> Row:
    similarity: dict[int, float] = {}
    for hit in hits:
        first = view.at(hit.passage.sentences[0].span.start)
        for n in range(first, first + len(hit.passage.sentences)):
            similarity[n] = max(hit.similarity, similarity.get(n, hit.similarity))
    numbers = sorted(similarity)
    return Row(view, tuple(numbers), tuple(similarity[n] for n in numbers))
