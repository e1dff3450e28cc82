"""What is read together: passages of one article, in its order, under its title and lead."""

from dataclasses import replace

import pytest

from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.reading.reader_rows import MAX_CHARACTERS, MAX_SENTENCES, Row, lay_out_rows
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.people.identities import Context
from index.passages import SIZE, make_passages
from index.schema import Article, Hit, Person, Sentence, Span

DIRECTORY = Directory.gathered(
    [("a", Person("Anna Lee")), ("a", Person("Tom Reed"))], {"a": Context()}
)
(LEE,) = (match.identity for match in DIRECTORY.match("Anna Lee"))


def view(
    article_id: str, count: int, *, width: int = 20, by: str | None = None, prose: int = 0
) -> ArticleView:
    """An article of `count` sentences, of which those before `prose` are headings."""
    lines = [f"Sentence {n} of {article_id}".ljust(width - 1, ".") for n in range(count)]
    spoken = (Attribution(by, DIRECTORY.identity("a", by), "direct"),) if by else ()
    sentences = tuple(
        SentenceView(Sentence(Span(n * width, n * width + width - 1), n, n >= prose), spoken)
        for n in range(count)
    )
    return ArticleView(Article(article_id, "\n".join(lines), f"Title of {article_id}"), sentences)


def hits(seen: ArticleView, *numbers: int) -> list[Hit]:
    """The passages of an article that have these numbers, the first the most similar."""
    passages = make_passages([sentence.sentence for sentence in seen.sentences])
    return [
        Hit(n, seen.article.id, passages[n], 1.0, 0.9 - place / 10)
        for place, n in enumerate(numbers)
    ]


def rows(seen: ArticleView, *numbers: int) -> list[Row]:
    return lay_out_rows(hits(seen, *numbers), {seen.article.id: seen}.get)


def test_passages_of_one_article_are_read_together_in_its_order() -> None:
    (row,) = rows(view("a", 30), 4, 1)
    assert row.numbers == (*range(SIZE, 2 * SIZE), *range(4 * SIZE, 5 * SIZE))
    assert row.similarity == (0.8,) * SIZE + (0.9,) * SIZE


def test_the_article_of_the_best_hit_is_read_first() -> None:
    one, other = view("one", 5), view("other", 5)
    found = lay_out_rows([*hits(other, 0), *hits(one, 0)], {"one": one, "other": other}.get)
    assert [row.view.article.id for row in found] == ["other", "one"]


def test_the_row_of_the_best_hit_is_read_first() -> None:
    one, other = view("one", 6 * SIZE, width=MAX_CHARACTERS // SIZE), view("other", 5)
    late, early = (replace(hit, passage_id=hit.passage_id + 9) for hit in hits(one, 4, 1))
    found = lay_out_rows([late, *hits(other, 0), early], {"one": one, "other": other}.get)
    first = [(row.view.article.id, row.numbers[0]) for row in found]
    assert first == [("one", 4 * SIZE), ("other", 0), ("one", SIZE)]


@pytest.mark.parametrize("width", [20, MAX_CHARACTERS // SIZE])
def test_no_row_is_longer_than_can_be_read(width: int) -> None:
    seen = view("a", 6 * SIZE, width=width)
    found = rows(seen, *range(6))
    assert [n for row in found for n in row.numbers] == list(range(6 * SIZE))
    for row in found:
        length = sum(len(seen.text(n)) for n in row.numbers)
        assert len(row.numbers) <= MAX_SENTENCES
        assert length <= MAX_CHARACTERS or len(row.numbers) == SIZE


def test_an_article_that_is_gone_is_not_read() -> None:
    assert lay_out_rows(hits(view("a", 5), 0), lambda _: None) == []


def test_a_row_from_the_middle_has_the_lead_above_it() -> None:
    seen = view("a", 20, prose=1)
    assert rows(seen, 2)[0].as_read(None).lead == seen.text(1)
    assert rows(seen, 0)[0].as_read(None).lead is None


def test_the_asked_speakers_own_words_are_marked() -> None:
    asked = WantedSpeaker("lee", (LEE,), frozenset("a"))
    (hers,), (his,) = (rows(view("a", 2, by=name), 0) for name in ("Anna Lee", "Tom Reed"))
    assert hers.as_read(asked).own == {0, 1}
    assert hers.as_read(asked).speakers == ("Anna Lee", "Anna Lee")
    assert hers.as_read(None).own == frozenset()
    assert his.as_read(asked).own == frozenset()
