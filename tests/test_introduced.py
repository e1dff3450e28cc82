"""Who speaks for a group that an article introduces before it quotes one of it."""

import pytest

from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.introduced import with_members
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.people.identities import Context
from index.schema import Article, Person, Sentence, Span

QUOTE = "“It is a disgrace,” said Anna Lee, 70."


def members(*before: str, quote: str = QUOTE, asked: str = "fans", role: str = "") -> list[str]:
    """Whose words are a group's, where Anna Lee is quoted behind these sentences."""
    who = Person("Anna Lee", roles=(role,) if role else ())
    directory = Directory.gathered([("a", who)], {"a": Context()})
    text, views = "", []
    for n, line in enumerate((*before, quote)):
        span = Span(len(text), len(text) + len(line))
        spoken = (Attribution("Anna Lee", directory.identity("a", "Anna Lee"), "direct"),)
        views.append(SentenceView(Sentence(span, n), spoken if line == quote else ()))
        text += f"{line}\n"
    found = with_members(WantedSpeaker(asked), [ArticleView(Article("a", text), tuple(views))])
    assert found is not None
    return [who.name for _, who in found.members]


def test_who_is_quoted_behind_a_sentence_about_a_group_speaks_for_it() -> None:
    assert members("Some fans gathered outside the ground.") == ["Anna Lee"]


@pytest.mark.parametrize(
    ("before", "role"),
    [
        (("The club sold shirts to fans.",), ""),
        (("Lee came late.", "Some fans gathered outside the ground."), ""),
        (("Some fans gathered outside the ground.",), "mayor"),
        (("Some fans gathered outside the ground.",), "spokeswoman"),
        (("Some fans gathered outside the ground.", "It rained."), ""),
    ],
    ids=["not about them", "named before", "an office", "speaks for others", "not right behind"],
)
def test_nobody_else_speaks_for_it(before: tuple[str, ...], role: str) -> None:
    assert members(*before, role=role) == []


def test_a_name_that_looks_like_a_plural_is_no_group() -> None:
    assert members("Adams gathered his things outside the ground.", asked="adams") == []


def test_a_members_words_are_the_groups_in_that_article_only() -> None:
    who = Person("Anna Lee")
    directory = Directory.gathered([("a", who), ("b", who)], {"a": Context(), "b": Context()})
    identity = directory.identity("a", "Anna Lee")
    assert identity is not None
    wanted = WantedSpeaker("fans", members=frozenset({("a", identity)}))
    for article, theirs in (("a", True), ("b", False)):
        spoken = (Attribution("Anna Lee", identity, "direct", article_id=article),)
        view = SentenceView(Sentence(Span(0, 1), 0), spoken)
        assert (wanted.attribution(view) is not None) is theirs
