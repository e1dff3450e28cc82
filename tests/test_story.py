"""Which articles tell of the same event as another."""

from collections.abc import Mapping

import pytest

from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, SentenceView
from bot.selecting.finding.stories import others_of_story
from index.attribution.people.identities import context_words
from index.schema import Article, Person, Sentence, Span

HEIST = "Gold was stolen from the museum at Skerne, said Grange. The farmer is Metcalfe."
COURT = "A technician of Skerne was in court, and Grange wept. The gold is of Metcalfe."
FLOOD = "Rain fell at Skerne for days. Nobody was hurt."


def view(id_: str, text: str, published: str) -> ArticleView:
    sentence = SentenceView(Sentence(Span(0, text.index(".") + 1), 0), ())
    return ArticleView(Article(id_, text, id_, published=published), (sentence,))


VIEWS = {
    "heist": view("heist", HEIST, "2024-01-09"),
    "court": view("court", COURT, "2024-07-02"),
    "flood": view("flood", FLOOD, "2024-08-12"),
    "old": view("old", COURT, "2012-07-02"),
}


@pytest.mark.parametrize(
    ("ahead", "back", "found"),
    [
        ({"court": 0.6, "flood": 0.3}, 0.1, {"court"}),
        ({"court": 0.3, "flood": 0.3}, 0.6, {"court"}),  # only the later report tells of both
        ({"court": 0.3, "flood": 0.4}, 0.2, set()),
        ({"old": 0.9, "heist": 1.0}, 0.9, set()),  # years before, and the article itself
    ],
)
def test_a_story_has_what_shares_rare_names_and_is_near_from_either_report(
    ahead: Mapping[str, float], back: float, found: set[str]
) -> None:
    context = {id_: context_words(each.article.text) for id_, each in VIEWS.items()}
    directory = Directory.gathered([("heist", Person("Ann Metcalfe"))], context)

    def near(text: str, only: frozenset[str] | None) -> Mapping[str, float]:
        return ahead if only is None else {"heist": back}

    assert others_of_story(VIEWS["heist"], near, VIEWS.get, directory) == found
