"""Chunks an article's sentences into passages, the unit that is searched and read.

A passage is a window of about five sentences; measured, that is what finds the right place
(ARCHITECTURE.md). Knows nothing of vectors or words.
"""

from collections.abc import Sequence

from index.schema import Article, Passage, Sentence, joined

SIZE = 5
STEP = 5


def make_passages(sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Windows of `SIZE` sentences, `STEP` apart; the last one reaches the end of the text."""
    starts = list(range(0, max(len(sentences) - SIZE + STEP, 1), STEP)) if sentences else []
    windows = (tuple(sentences[start : start + SIZE]) for start in starts)
    return tuple(Passage(joined([s.span for s in window]), window) for window in windows)


def search_text(article: Article, passage: Passage) -> str:
    """What is indexed for a passage: the title in front of its words, white space evened out."""
    return " ".join(f"{article.title or ''}\n{passage.span.of(article.text)}".split())
