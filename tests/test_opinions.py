"""Questions for what somebody holds of another: who said so, or that nobody's opinion is there."""

from collections.abc import Iterator

import pytest

from bot.answerer import Answerer
from bot.query.grammar.question import understand
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering

_HELD = (
    "Mayor Una Orr spoke of the ferry on Monday.\n“Una Orr is a liar and always was,” the baker "
    "Piet Vale said.\n“I am no liar, and I am sorry for the family,” Una Orr said.\n"
)
_UNHELD = (
    "Governor Ines Lund visited the bakery that burned.\n“My thoughts are with the baker,” Ines "
    "Lund said. “I have always told the truth,” Lund said.\nThe bakery was the oldest of Tarn.\n"
)
ARTICLES = (
    Article("held", _HELD, title="Orr on the ferry", published="2019-03-02"),
    Article("unheld", _UNHELD, title="Lund visits bakery", published="2019-03-03"),
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(tmp_path_factory.mktemp("opinions"), embedder, ARTICLES) as made:
        yield made


def test_an_opinion_is_of_who_holds_it(answerer: Answerer) -> None:
    answer = answerer.answer("is una orr a liar")
    assert {citation.speaker for citation in answer.citations} == {"Piet Vale"}


@pytest.mark.parametrize("question", ["is ines lund a liar", "should ines lund resign"])
def test_ones_own_words_are_no_opinion_on_one(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.refusal
    assert "matter of opinion" in answer.message


def test_whether_anybody_said_something_is_no_matter_of_opinion() -> None:
    assert not understand("did anyone criticise Lund").is_opinion
