"""Whom a question means where several who speak have the name: nobody answers for another."""

from collections.abc import Iterator

import pytest

from bot.answerer import Answerer
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering

_TOLL = (
    "Harbour master Una Orr spoke about the toll on Monday.\n“The toll is fair,” Una Orr said.\n"
    "“The toll pays for the pier,” Orr said. “The toll keeps the ferry going,” Orr said.\n"
    "“The toll will rise in May,” Orr said. “The toll is for cars,” Orr said.\n"
)
_BAKER = "The baker Piet Orr closed his shop.\n“The flour was wet,” Piet Orr said.\n"
_KNOWN = "Governor Ines Lund opened hall {n}.\n“Hall {n} is open,” Ines Lund said.\n"
_COUSIN = "Fisherman Olaf Lund lost a net.\n“The net is gone,” Olaf Lund said.\n"
ARTICLES = (
    Article("toll", _TOLL, title="Harbour master on the toll"),
    Article("baker", _BAKER, title="Baker closes shop"),
    *(Article(f"hall-{n}", _KNOWN.format(n=n), title=f"Hall {n} opens") for n in range(3)),
    Article("salt", "“The salt is wet,” the salter Jo De Vries said.\n", title="Wet salt"),
    Article("rain", "“It rained in March,” the salter Jo DeVries said.\n", title="Rain"),
    Article("net", _COUSIN, title="Fisherman loses net"),
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(tmp_path_factory.mktemp("namesakes"), embedder, ARTICLES) as made:
        yield made


def test_who_says_more_is_not_who_is_known_better(answerer: Answerer) -> None:
    for question in ("what did orr say", "quotes from orr"):
        options = {option.label for option in answerer.answer(question).options}
        assert options == {"Una Orr", "Piet Orr"}


def test_who_speaks_on_the_topic_is_meant(answerer: Answerer) -> None:
    answer = answerer.answer("what did orr say about the flour")
    assert {citation.speaker for citation in answer.citations} == {"Piet Orr"}


def test_who_is_known_far_better_is_meant(answerer: Answerer) -> None:
    answer = answerer.answer("what did lund say")
    assert {citation.speaker for citation in answer.citations} == {"Ines Lund"}


def test_one_person_of_two_spellings_is_not_two(answerer: Answerer) -> None:
    answer = answerer.answer("all quotes by de vries")
    assert {citation.speaker for citation in answer.citations} == {"Jo De Vries", "Jo DeVries"}
