"""Derives from an article what the ledger needs of its text: where each statement is, on what.

Depends on the article's text and title alone, so it is cached by version. Knows nothing of speakers
or other articles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.selecting.topics import EMPTY_WORDS, Topic, topic_forms, topics_in, weight
from index.archive.archive import Archive
from index.archive.rows import ArticleSummary
from index.language.stems import stems
from index.schema import Article, Sentence, Span, Statement, joined

_AROUND = 2  # sentences before and after a statement that tell what it is about


@dataclass(frozen=True, slots=True)
class Reported:
    """A statement in its text, whoever made it.

    `span` is the whole sentences that carry it; `around` the stems of these and their neighbours;
    `topics` what it is about: each topic, as the article writes it, and its weight in the article.
    """

    span: Span
    around: frozenset[str]
    topics: tuple[tuple[Topic, str, float], ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """An article's statements in their order, and the stems of its title."""

    title: frozenset[str] = frozenset()
    reported: tuple[Reported, ...] = ()


def digest(archive: Archive, summary: ArticleSummary) -> Digest:
    """Read one article of the archive."""
    article = archive.article(summary.id)
    if article is None:
        return Digest()
    sentences = archive.sentences(article.id)
    in_sentence = [stems(sentence.span.of(article.text)) for sentence in sentences]
    repeated = _repeated(article)

    def report(statement: Statement) -> Reported:
        first, last = _carrying(statement, sentences)
        near = in_sentence[max(0, first - _AROUND) : last + 1 + _AROUND]
        span = joined([sentence.span for sentence in sentences[first : last + 1]])
        content = " / ".join(piece.of(article.text) for piece in statement.content)
        topics = dict.fromkeys(
            topic for topic, _ in topics_in(content, EMPTY_WORDS) if topic in repeated
        )
        about = tuple((topic, *repeated[topic]) for topic in topics)
        return Reported(span, frozenset().union(*near), about)

    return Digest(stems(article.title or ""), tuple(map(report, archive.derived(article.id))))


def _carrying(statement: Statement, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """The first and the last of the sentences that the content lies in."""
    within = [n for n, s in enumerate(sentences) if any(map(s.span.overlaps, statement.content))]
    return within[0], within[-1]


def _repeated(article: Article) -> dict[Topic, tuple[str, float]]:
    """The topics that the article repeats: how it mostly writes each, and its weight."""
    forms = topic_forms(f"{article.title or ''}\n{article.text}")
    weights = ((topic, form, weight(topic, form.total())) for topic, form in forms.items())
    return {topic: (form.most_common(1)[0][0], heavy) for topic, form, heavy in weights if heavy}
