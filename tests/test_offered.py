"""A fact in other words is answered if it is of the kind that is asked for."""

from collections.abc import Iterator

import pytest

from bot.answerer import Answerer
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering

_SPREE = (
    "On Thursday at the headquarters of the Harbour Board in Tarn, an IT worker went on a stabbing "
    "spree, killing four.\nThe man was shot by a guard. He had worked there for twenty years.\n"
)
ARTICLE = Article("spree", _SPREE, title="Worker goes on spree at Tarn headquarters")


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(tmp_path_factory.mktemp("offered"), embedder, [ARTICLE]) as made:
        yield made


def test_a_number_in_other_words_is_the_answer(answerer: Answerer) -> None:
    answer = answerer.answer("how many people died in the tarn stabbing")
    assert [citation.text.endswith("killing four.") for citation in answer.citations] == [True]


def test_what_is_not_told_is_still_refused(answerer: Answerer) -> None:
    assert answerer.answer("how many were hurt at the harbour board").refusal
