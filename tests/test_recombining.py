from pathlib import Path

import numpy as np
import pytest

from index.document import analyse
from index.reading.readers import read
from index.schema import Article
from tests.recombining import Recombiner, drawn

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def maker() -> Recombiner:
    """Makes articles out of the seeds."""
    articles = [each for each in read(SEEDS) if isinstance(each, Article)]
    return Recombiner(articles, bases=3, most=1000)


def test_what_was_read_moves_with_the_words(maker: Recombiner) -> None:
    """Sentences and passages stand where the text as it is has them; a mention is its speaker's."""
    for n in range(12):
        article, analysis = maker.make(n)
        read_anew = analyse(article)
        assert analysis.sentences == read_anew.sentences
        assert analysis.passages == read_anew.passages
        assert len(analysis.statements) > 3
        for statement in analysis.statements:
            assert all(piece.of(article.text).strip() for piece in statement.content)


def test_no_two_are_alike_and_each_is_always_the_same(maker: Recombiner) -> None:
    """By text, and by date; the same number gives the same article."""
    made = [maker.make(n)[0] for n in range(60)]
    assert len({article.text for article in made}) == 60
    assert len({article.published for article in made}) > 50
    assert maker.make(7) == maker.make(7)


def test_drawn_vectors_lie_near_those_they_are_drawn_by() -> None:
    """Nearer than to the others; of length one."""
    rng = np.random.default_rng(0)
    like = rng.normal(size=(30, 384)).astype(np.float32)
    like /= np.linalg.norm(like, axis=1, keepdims=True)
    vectors = drawn(like, np.arange(30), rng)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(30), abs=1e-5)
    assert (vectors @ like.T).argmax(axis=1).tolist() == list(range(30))
