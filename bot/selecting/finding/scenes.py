"""Sets the scene of a follow-up: the articles that were cited last, and the rest of their story.

Knows nothing of how a question is read.
"""

from collections.abc import Callable, Iterable
from functools import cache

from bot.query.dialogue.scene import Event, Scene
from bot.selecting.article_view import ArticleView
from bot.selecting.finding.finder import Finder
from index.language.folding import fold
from index.language.names import GENDER_OF_PRONOUN, HONORIFICS, Gender

_CALLED = {**HONORIFICS, **GENDER_OF_PRONOUN}
_TOLD_ON = 4  # articles cited last of which the story is looked for
_NONE: frozenset[str] = frozenset()


def scene_of(cited: Callable[[], frozenset[str]], finder: Finder, generation: int) -> Scene:
    """The scene after an answer with these articles, which are asked for when it is leant on."""

    def happening() -> Event:
        found = [view for id_ in sorted(cited()) if (view := finder.view(generation, id_))]
        views = sorted(found, key=lambda each: each.article.published or "", reverse=True)
        texts = tuple(view.article.text for view in views)
        ids = tuple(view.article.id for view in views)
        stems = _NONE.union(*(view.stems for view in views))
        return Event(ids, stems, texts, _genders(views))

    def following() -> frozenset[str]:
        event = sorted(cited())[:_TOLD_ON]
        return _NONE.union(*(finder.story(generation, id_) for id_ in event))

    return Scene(finder.directory(generation), cache(happening), cache(following))


def _genders(views: Iterable[ArticleView]) -> dict[str, Gender]:
    """What the articles call who speaks in them, by last name: nothing of two of a name apart."""
    told: dict[str, set[Gender]] = {}
    for view in views:
        for speaker in filter(None, (each.speaker for each in view.statements)):
            called = fold(speaker.mention.of(view.article.text))[:1]
            gender = next((g for word in called if (g := _CALLED.get(word))), None)
            if gender:
                told.setdefault(fold(speaker.name)[-1], set()).add(gender)
    return {last: genders.pop() for last, genders in told.items() if len(genders) == 1}
