"""Words and vectors, fused by rank, over a real archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.selecting.finding.retriever import Retriever, content_words, fuse, raised_by_article
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article, Hit, Passage, Span

ARTICLES = (
    Article("ferry", "The ferry carries 400 passengers a day.\nIt is old.", "Port Lisle"),
    Article("bridge", "Steel for the bridge came from Sweden.", "Oldham"),
    Article("grain", "Wheat prices rose in May.", "Markets"),
)


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Retriever]:
    with Archive.open(tmp_path_factory.mktemp("retriever"), create=True) as archive:
        list(ingest(archive, lambda: embedder, ARTICLES))
        yield Retriever(archive, embedder.encode)


def test_the_passage_that_has_the_words_and_the_meaning_comes_first(retriever: Retriever) -> None:
    hits = retriever.search("how many people travel on the ferry?")
    assert hits[0].article_id == "ferry"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_search_can_be_limited_to_articles(retriever: Retriever) -> None:
    hits = retriever.search("ferry passengers", only=frozenset({"grain", "bridge"}))
    assert {hit.article_id for hit in hits} == {"grain", "bridge"}
    assert retriever.search("ferry", only=frozenset()) == []


def test_preferred_articles_come_earlier_and_others_are_found_all_the_same(
    retriever: Retriever,
) -> None:
    plain = [hit.article_id for hit in retriever.search("prices of steel")]
    assert plain.index("bridge") < plain.index("grain")
    hits = retriever.search("prices of steel", preferred=frozenset({"grain"}))
    assert hits[0].article_id == "grain"
    assert {hit.article_id for hit in hits} == set(plain)


def test_a_preferred_article_is_found_in_a_large_archive(
    tmp_path: Path, embedder: Embedder
) -> None:
    """Though hundreds of passages are nearer to the question."""
    crowd = (Article(f"crowd-{n}", f"The ferry to isle {n} is late again.") for n in range(120))
    with Archive.open(tmp_path, create=True) as archive:
        own = Article("own", "Ann Lee said that she had other worries.")
        list(ingest(archive, lambda: embedder, (*crowd, own)))
        search = Retriever(archive, embedder.encode).search
        question = "ann lee on the late ferry"
        preferred = search(question, k=4, preferred=frozenset({"own"}))
        assert "own" in {hit.article_id for hit in preferred}


def test_no_more_than_k_come_back(retriever: Retriever) -> None:
    assert len(retriever.search("steel", k=2)) == 2


def test_grammar_is_not_searched_for() -> None:
    assert content_words("What did the mayor say about the ferry?") == "mayor ferry"
    assert content_words("who was he?") == "who was he?"


def test_fusion_puts_what_both_rankings_like_first() -> None:
    assert [passage for passage, _ in fuse((1, [1, 2, 3]), (1, [2, 4]))] == [2, 1, 4, 3]
    assert fuse((1, []), (1, [])) == []


def test_a_ranking_counts_by_its_weight() -> None:
    assert [passage for passage, _ in fuse((1, [1, 2]), (0.1, [2, 1]))] == [1, 2]
    assert [passage for passage, _ in fuse((0.1, [1, 2]), (1, [2, 1]))] == [2, 1]


@given(st.lists(st.lists(st.integers(0, 9), unique=True), max_size=3))
def test_fusion_keeps_every_id_once_with_scores_that_fall(rankings: list[list[int]]) -> None:
    fused = fuse(*((1.0, ranking) for ranking in rankings))
    assert {passage for passage, _ in fused} == {p for ranking in rankings for p in ranking}
    assert len({passage for passage, _ in fused}) == len(fused)
    assert [score for _, score in fused] == sorted((s for _, s in fused), reverse=True)


def test_a_passage_beside_the_best_one_comes_before_a_slightly_better_stranger() -> None:
    passage = Passage(Span(0, 9), ())
    given_ = [("ferry", 0.09), ("grain", 0.05), ("ferry", 0.04), ("bridge", 0.01)]
    hits = [Hit(n, id_, passage, score) for n, (id_, score) in enumerate(given_)]
    assert [hit.passage_id for hit in raised_by_article(hits)] == [0, 2, 1, 3]
