"""Whom people mean who ask for a body by what it is called for short: "the who"."""

from collections.abc import Iterator

import pytest

from bot.answerer import Answerer
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering

_MEASLES = (
    "Measles has come back to the islands, the WHO said on Thursday.\n“The numbers are small,” the "
    "WHO said in a statement.\n“We are sending tents,” said WHO spokesman Ned Park.\nThe health "
    "ministry said that clinics would open on Sunday.\n"
)
ARTICLES = (Article("measles", _MEASLES, title="Measles returns to the islands"),)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(tmp_path_factory.mktemp("bodies"), embedder, ARTICLES) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("what does the who say", {"WHO"}),
        ("the who on numbers", {"WHO"}),
        ("who spokesman on tents", {"Ned Park"}),
    ],
)
def test_a_body_speaks_that_is_called_for_short(
    answerer: Answerer, question: str, speakers: set[str]
) -> None:
    assert {citation.speaker for citation in answerer.answer(question).citations} == speakers


def test_who_asks_for_the_words_of_somebody_known_makes_no_small_talk(answerer: Answerer) -> None:
    refusal = answerer.answer("did the who say anything about testing").refusal
    assert refusal
    assert refusal.reason == "speaker_silent"
