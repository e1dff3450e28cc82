"""Sets the scene of a follow-up: the articles that were cited last, and the rest of their story.

Knows nothing of how a question is read.
"""

from collections.abc import Callable
from functools import cache

from bot.query.dialogue.scene import Event, Scene
from bot.selecting.finding.finder import Finder

_TOLD_ON = 4  # articles cited last of which the story is looked for
_NONE: frozenset[str] = frozenset()


def scene_of(cited: Callable[[], frozenset[str]], finder: Finder, generation: int) -> Scene:
    """The scene after an answer with these articles, which are asked for when it is leant on."""

    def happening() -> Event:
        found = [view for id_ in sorted(cited()) if (view := finder.view(generation, id_))]
        views = sorted(found, key=lambda each: each.article.published or "", reverse=True)
        texts = tuple(view.article.text for view in views)
        ids = tuple(view.article.id for view in views)
        return Event(ids, _NONE.union(*(view.stems for view in views)), texts)

    def following() -> frozenset[str]:
        event = sorted(cited())[:_TOLD_ON]
        return _NONE.union(*(finder.story(generation, id_) for id_ in event))

    return Scene(finder.directory(generation), cache(happening), cache(following))
