"""What somebody said again later comes before what they said first."""

import pytest

from bot.query.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.evidence import Evidence
from bot.selecting.newer_statements import with_newer
from index.attribution.identities import Context
from index.schema import Article, Person, Sentence, Span

DIRECTORY = Directory.gathered(
    [("2031-01-01", Person("Mara Quint")), ("2031-02-01", Person("Mara Quint")),
     ("2031-02-01", Person("Tom Reed"))],
    {"2031-01-01": Context(), "2031-02-01": Context()},
)  # fmt: skip


def said(day: str, by: str, text: str, score: float = 1.0) -> Evidence:
    spoken = (Attribution(by, DIRECTORY.identity(day, by), "indirect"),)
    sentence = SentenceView(Sentence(Span(0, len(text)), 0), spoken)
    view = ArticleView(Article(day, text, published=day), (sentence,))
    return Evidence(view, 0, score, 0.0, 0.5, None)


FIRST = said("2031-01-01", "Mara Quint", "Mara Quint said the pool would close in June.")


@pytest.mark.parametrize(
    ("by", "text", "score", "days"),
    [
        ("Mara Quint", "Mara Quint said the pool would stay.", 0.0, ["2031-02-01", "2031-01-01"]),
        ("Mara Quint", "Mara Quint said the pool would stay.", -9.0, ["2031-01-01"]),
        ("Mara Quint", "Mara Quint said taxes would rise.", 0.0, ["2031-01-01"]),
        ("Tom Reed", "Tom Reed said the pool would stay.", 0.0, ["2031-01-01"]),
    ],
)
def test_a_newer_statement_of_the_same_speaker_on_it_comes_first(
    by: str, text: str, score: float, days: list[str]
) -> None:
    later = said("2031-02-01", by, text, score)
    found = with_newer("when will the pool close?", [FIRST], [FIRST, later])
    assert [choice.view.article.published for choice in found] == days
