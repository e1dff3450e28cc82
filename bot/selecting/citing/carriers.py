"""Adds to each citation the other articles of the archive that carry the same report.

Knows nothing of how sentences are found or chosen.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from bot.answer import Answer, Block, Carrier, Citation
from bot.selecting.article_view import ArticleView
from bot.selecting.choosing.near_duplicates import is_near_duplicate, is_same
from index.archive.archive import Archive
from index.language.folding import fold
from index.schema import Span

_PROBES = 3  # sentences of an article that others are looked for by: the longest
_KEPT = 512  # articles whose carriers are kept in memory


class Carriers:
    """Looks up which articles are near-duplicates of a cited one."""

    def __init__(self, archive: Archive, view: Callable[[int, str], ArticleView | None]) -> None:
        """`view` gives an article as a generation of the archive has it."""
        self._archive = archive
        self._view = view
        self._of = lru_cache(maxsize=_KEPT)(self._look_up)

    def named(self, answer: Answer, generation: int) -> Answer:
        """The answer, each citation with the others that carry it."""

        def name(block: Block) -> Block:
            cited = {citation.article.id for citation in block.citations}
            return block.changed(lambda citation: self._named(citation, cited, generation))

        body = tuple(name(item) if isinstance(item, Block) else item for item in answer.body)
        return replace(answer, body=body)

    def _named(self, citation: Citation, cited: set[str], generation: int) -> Citation:
        others = self._of(generation, citation.article.id)
        found = ((view.article, _place(citation.text, view)) for view in others)
        also = (Carrier(article, span) for article, span in found if span)
        return replace(citation, also=tuple(c for c in also if c.article.id not in cited))

    def _look_up(self, generation: int, article_id: str) -> tuple[ArticleView, ...]:
        """The other carriers of an article's report, the fullest first."""
        own = self._view(generation, article_id)
        if own is None:
            return ()
        ids = dict.fromkeys(id_ for probe in _probes(own) for id_ in self._archive.having(probe))
        views = (self._view(generation, id_) for id_ in ids if id_ != article_id)
        found = [view for view in views if view and is_near_duplicate(own, view)]
        return tuple(sorted(found, key=lambda view: (-len(view.article.text), view.article.id)))


def _probes(view: ArticleView) -> Iterator[str]:
    longest = sorted(view.folded.values(), key=lambda n: -len(view.text(n)))
    return map(view.text, longest[:_PROBES])


def _place(sentence: str, view: ArticleView) -> Span | None:
    """Where an article has a sentence."""
    n = view.folded.get(tuple(fold(sentence)))
    if n is None:
        n = next((k for k in view.folded.values() if is_same(sentence, view.text(k))), None)
    return None if n is None else view.sentences[n].span
