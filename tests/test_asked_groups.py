"""Whose words a group stands for on a topic, and in the story of a talk."""

from collections.abc import Iterator

import pytest

from bot.answerer import Answerer
from bot.query.people.groups import group_roles
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering

_EBOLA = (
    "Fourteen people have died in Matadi since Sunday.\nDoctors said that they had run out of "
    "gloves.\n“We wash the same gloves three times a day,” said Paul Mbala, a surgeon at the "
    "general hospital.\n“We need vaccine,” a doctor at the clinic said.\n“The virus is an old "
    "one,” said Jonas Reed, a virologist.\nResidents said that they feared the market.\n"
)
_DAM = (
    "The Senate passed the dam bill on Tuesday.\n“It drowns a valley,” said Senator Lou Packard."
    "\n“Lights matter,” said Senator Grace Odom.\n"
)
_BRIDGE = (
    "Lorry drivers blocked the bridge on Tuesday.\nResidents on Bridge Street said that they did "
    "not know how to get to work.\n"
)
_FERRY = (
    "The ferry sank off the pier on Tuesday.\nA port official, who asked not to be named, said "
    "that it had been warned.\n“The pier is rotten,” said Carl Dunn, a transport official.\n"
)
ARTICLES = (
    Article("ferry", _FERRY, title="Ferry sinks off pier"),
    Article("bridge", _BRIDGE, title="Lorry drivers block bridge"),
    Article("ebola", _EBOLA, title="Ebola reaches Matadi"),
    Article("dam", _DAM, title="Senate passes dam bill"),
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(tmp_path_factory.mktemp("groups"), embedder, ARTICLES) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("what did doctors say about ebola", {"Doctors", "Paul Mbala", "a doctor at the clinic"}),
        ("what did scientists say about ebola", {"Jonas Reed"}),
    ],
)
def test_all_of_a_group_speak_in_an_article_on_the_topic(
    answerer: Answerer, question: str, speakers: set[str]
) -> None:
    assert {citation.speaker for citation in answerer.answer(question).citations} == speakers


@pytest.mark.parametrize("asked", ["the residents", "residents?", "and the residents?"])
def test_a_group_alone_is_that_of_the_story_and_of_no_other(answerer: Answerer, asked: str) -> None:
    there = answerer.answer(asked, ["tell me about ebola in matadi"])
    assert {citation.speaker for citation in there.citations} == {"Residents"}
    assert answerer.answer(asked, ["tell me about the dam bill"]).refusal


def test_a_group_is_not_asked_whether_it_did_what_somebody_else_did(answerer: Answerer) -> None:
    talk = ["tell me about the dam bill", "did packard know"]
    assert answerer.answer("the residents", talk).refusal


@pytest.mark.parametrize(
    "question",
    [
        "what did the unnamed port official reveal",
        "what did an anonymous official say",
        "unidentified officials on the ferry",
    ],
)
def test_who_is_asked_for_as_unnamed_is_nobody_of_a_name(answerer: Answerer, question: str) -> None:
    assert {c.speaker for c in answerer.answer(question).citations} == {"a port official"}


def test_no_surgeon_of_a_name_is_an_unnamed_one(answerer: Answerer) -> None:
    assert answerer.answer("an unnamed surgeon on gloves").refusal


def test_locals_are_residents() -> None:
    assert group_roles("residents") <= group_roles("locals")
