"""Whether somebody did something is answered by what tells of it, and not by their words."""

from collections.abc import Iterator

import pytest

from bot.answerer import Answerer
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering

_MAYOR = (
    "Mayor Iris Dahl resigned on Saturday, two days after a report on the flood.\n“I have "
    "made mistakes, and I am sorry for them,” Dahl said.\n“I never saw the warning,” she said.\n"
    "Knut Berg will take over. “We will rebuild the dyke,” he said.\nResidents said that the "
    "resignation came too late.\n"
)
_BRIDGE = (
    "Lorry drivers blocked the bridge for six hours on Tuesday.\nPolice said that four were "
    "arrested. “They had been warned twice,” said Sgt. Ray Poole.\n“I lost a day of pay,” said "
    "Wendy Carr, who lives beside the bridge.\n"
)
_TRIAL = (
    "Carl Moss, who denied the charges of fraud, has been in jail in Velm since July.\nThe trial "
    "begins in May. Ada Finch denied that the safe was empty.\n"
)
_CHAMBER = (
    "Helga Aurdal is on her feet. “I did not light this fire and I will not run from it,” the "
    "transport minister tells a noisy chamber.\n"
)
ARTICLES = (
    Article("mayor", _MAYOR, title="Mayor quits over flood report"),
    Article("bridge", _BRIDGE, title="Lorry drivers on bridge"),
    Article("trial", _TRIAL, title="Carl Moss to stand trial"),
    Article("chamber", _CHAMBER, title="Aurdal: I will not resign"),
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(tmp_path_factory.mktemp("deeds"), embedder, ARTICLES) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("has dahl resigned", "Mayor Iris Dahl resigned"),
        ("did the mayor resign", "Mayor Iris Dahl resigned"),
        ("did drivers block the bridge", "Lorry drivers blocked"),
        ("did police arrest anyone", "Police said that four"),
        ("did the mayor see the warning", "“I never saw the warning"),
        ("did carr lose pay", "“I lost a day of pay"),
    ],
)
def test_a_deed_is_told_by_what_has_it(answerer: Answerer, question: str, begins: str) -> None:
    first = min(answerer.answer(question).citations, key=lambda citation: citation.rank)
    assert first.text.startswith(begins)


@pytest.mark.parametrize("question", ["aurdal resignation", "will aurdal resign"])
def test_words_come_before_what_only_names_who_speaks_them(
    answerer: Answerer, question: str
) -> None:
    cited = answerer.answer(question).citations
    assert min(cited, key=lambda citation: citation.rank).text.startswith("“I did not light")


def test_a_deed_of_nobody_is_not_made_out_of_words(answerer: Answerer) -> None:
    assert answerer.answer("did berg resign").refusal


@pytest.mark.parametrize(
    "question",
    ["what did moss say about the charges", "what did carl moss say", "did moss deny the charges"],
)
def test_a_denial_is_the_word_of_who_denies(answerer: Answerer, question: str) -> None:
    (citation,) = answerer.answer(question).citations
    assert (citation.speaker, citation.text[:21]) == ("Carl Moss", "Carl Moss, who denied")


def test_who_denies_a_thing_is_not_who_said_it(answerer: Answerer) -> None:
    cited = answerer.answer("who said the safe was empty").citations
    assert "Ada Finch" not in {citation.speaker for citation in cited}
