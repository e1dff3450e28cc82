import pytest
from hypothesis import given

from index.attribution.layout.sentences import split_sentences
from index.passages import SIZE, make_passages, search_text
from index.schema import Article, Passage, Sentence, Span, joined
from tests.test_sentences import TEXTS


def numbered(n: int) -> tuple[Sentence, ...]:
    """`n` sentences, one character apart."""
    return tuple(Sentence(Span(10 * k, 10 * k + 9), k // 3) for k in range(n))


@given(TEXTS)
def test_passages_hold_every_sentence(text: str) -> None:
    """In order, whole, at most so many at a time; each passage spans just its own."""
    sentences = split_sentences(text)
    passages = make_passages(sentences)
    held = [sentence for passage in passages for sentence in passage.sentences]
    assert list(dict.fromkeys(held)) == list(sentences)
    for passage in passages:
        first = sentences.index(passage.sentences[0])
        assert passage.sentences == sentences[first : first + len(passage.sentences)]
        assert 1 <= len(passage.sentences) <= SIZE
        assert passage.span == joined([sentence.span for sentence in passage.sentences])


@pytest.mark.parametrize(
    ("n", "sizes"),
    [(0, []), (1, [1]), (4, [4]), (5, [5]), (6, [5, 1]), (10, [5, 5]), (11, [5, 5, 1])],
)
def test_passages_are_windows_of_five(n: int, sizes: list[int]) -> None:
    """The last one has what is left."""
    assert [len(passage.sentences) for passage in make_passages(numbered(n))] == sizes


def test_search_text_has_the_title_in_front() -> None:
    """White space is evened out there; the article's own text is not touched."""
    article = Article("a", "It  rained.\n\nIt\u00a0snowed.\tIt froze.", title=" Bad\nweather ")
    sentences = split_sentences(article.text)
    passage = Passage(joined([s.span for s in sentences[:2]]), sentences[:2])
    assert search_text(article, passage) == "Bad weather It rained. It snowed."
    untitled = Article("a", article.text)
    assert search_text(untitled, passage) == "It rained. It snowed."
