"""All that was said on a topic or by somebody: statements of the ledger, and not what reads best.

Knows nothing of how an answer is worded.
"""

from collections.abc import Iterable, Iterator

from bot.query.question import Query
from bot.selecting.about import topic_stems
from bot.selecting.asked import Asked
from bot.selecting.chooser import Choice
from bot.selecting.dated import was_published
from bot.selecting.evidence import Evidence
from bot.selecting.views import ArticleView
from index.language.stems import stems_of

MAX_LISTED = 50  # sentences: more are on the speaker's page


def choice(view: ArticleView, n: int, score: float = 0.0) -> Choice:
    """A sentence that is chosen for its place, and was not read."""
    return Choice(Evidence(view, n, score, 0.0, 0.0, None), score)


def statements(query: Query, asked: Asked, views: Iterable[ArticleView]) -> Iterator[Choice]:
    """Every sentence that carries the wanted words, in the order of the articles."""
    topic = topic_stems(query.topic) - asked.own_words(query.topic) if query.topic else frozenset()
    for view in views:
        if was_published(view, query.days):
            yield from (choice(view, n) for n in _spoken(view, asked, topic))


def _spoken(view: ArticleView, asked: Asked, topic: frozenset[str]) -> list[int]:
    said = [n for n, s in enumerate(view.sentences) if s.sentence.prose and asked.attribution(s)]
    if not topic:
        return said
    names = asked.name_words
    title = stems_of(view.title_words, names)
    # A quotation is on the topic whole.
    wholes = {view.wholes[n] for n in said if _is_on(view, n, topic, title, names)}
    return [n for n in said if view.wholes[n] in wholes]


def _is_on(
    view: ArticleView,
    n: int,
    topic: frozenset[str],
    title: frozenset[str],
    names: frozenset[str],
) -> bool:
    """Whether a sentence with what goes with it has the topic, the title helping with a part."""
    around = view.around(n, names)
    return topic <= around | title and not topic.isdisjoint(around)
