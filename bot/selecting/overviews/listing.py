"""Lists everything that was said on a topic or by somebody, from the archive's statements.

Knows nothing of how an answer is worded.
"""

from collections.abc import Iterable, Iterator

from bot.query.grammar.question import Query
from bot.selecting.article_view import ArticleView
from bot.selecting.choosing.evidence import Evidence, was_published
from bot.selecting.overviews.topicality import topic_stems
from bot.selecting.wanted_speaker import WantedSpeaker
from index.language.stems import stems_of

MAX_LISTED = 50  # sentences: more are on the speaker's page


def statements(
    query: Query, wanted: WantedSpeaker, views: Iterable[ArticleView]
) -> Iterator[Evidence]:
    """Every sentence that carries the wanted words, in the order of the articles."""
    topic = listed_topic(query, wanted)
    for view in views:
        if was_published(view, query.days):
            found = _spoken(view, wanted, topic)
            is_all = wanted.is_group or (found and query.extent == "all")
            if is_all and topic <= stems_of(view.title_words):
                found = _spoken(view, wanted)  # an article on it, of which they speak throughout
            yield from (Evidence(view, n) for n in found)


def listed_topic(query: Query, wanted: WantedSpeaker) -> frozenset[str]:
    """The stems that an article has to have, all of them, for anything of it to be listed."""
    return topic_stems(query.topic) - wanted.own_words(query.topic) if query.topic else frozenset()


def in_order(choices: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Choices as a list has them: the newest article first, each in its own order."""
    listed = sorted(choices, key=lambda c: c.key)
    return tuple(sorted(listed, key=lambda c: c.view.article.published or "", reverse=True))


def _spoken(
    view: ArticleView, wanted: WantedSpeaker, topic: frozenset[str] = frozenset()
) -> list[int]:
    said = [n for n, s in enumerate(view.sentences) if s.prose and wanted.attribution(s)]
    if not topic:
        return said
    names = wanted.name_words
    title = stems_of(view.title_words, names)
    # A quotation is on the topic whole.
    groups = {view.groups[n] for n in said if _is_on(view, n, topic, title, names)}
    return [n for n in said if view.groups[n] in groups]


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
