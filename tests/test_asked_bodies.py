"""Whom people mean who ask for a body by what it is called for short: "the who", "the union"."""

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
_STRIKE = (
    "The bus strike entered its second week on Friday.\n“Our members will not go back,” said Mick "
    "Garvey, general secretary of the Transport Workers.\nThe Transport Workers said that 900 "
    "drivers were out.\nSevern Buses said that it had made a fair offer. The company would not pay "
    "more, it said.\nThe regulator said that it would look into the offer.\n"
)
_FLIGHTS = (
    "Fjord Airways cancelled its winter flights on Sunday.\n“Fuel has become too dear,” Fjord "
    "Airways said in a statement.\nMarlow Bank said that it would pay the fuel.\n"
)
_RIFT = (
    "Downing Street said on Friday that the review of spending would be published in May.\n“The "
    "review is on time,” a No 10 spokesman said.\nIn Moscow, the Kremlin said that gas would be "
    "dear.\n“Contracts on gas must be paid,” said Kremlin spokesman Pavel Orlov.\n“Gas is a "
    "weapon,” said Lev Brod, a former Kremlin adviser.\n“We stand with our partners on gas,” White "
    "House press secretary Dana Lowell said.\n"
)
_BASES = (
    "The Pentagon will close two bases, Defense Secretary Carl Brandt said on Saturday.\n“These "
    "bases are old,” Brandt said.\n“Each family will be looked after,” said Pentagon spokeswoman "
    "Amy Tran.\n"
)
_RATES = (
    "Rates will stay where they are, Federal Reserve Chair Neil Abbott said on Monday.\n“Inflation "
    "is too high,” Abbott said.\n"
)
_DUTY = (
    "Fuel duty will rise by four pence.\nThe Road Hauliers' Union said that 3,000 firms could go "
    "under.\n"
)
ARTICLES = (
    Article("measles", _MEASLES, title="Measles returns to the islands"),
    Article("strike", _STRIKE, title="Bus strike in second week"),
    Article("flights", _FLIGHTS, title="Winter flights cancelled"),
    Article("rift", _RIFT, title="Review of spending, and gas"),
    Article("bases", _BASES, title="Two bases to close"),
    Article("rates", _RATES, title="Rates stay"),
    Article("duty", _DUTY, title="Duty to rise"),
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(tmp_path_factory.mktemp("bodies"), embedder, ARTICLES) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("what does the who say", {"WHO", "Ned Park"}),
        ("the who on numbers", {"WHO"}),
        ("who spokesman on tents", {"Ned Park"}),
        ("what did the union say about drivers", {"Transport Workers"}),
        ("what did the company say about the offer", {"Severn Buses"}),
        ("what did the Road Hauliers say", {"Road Hauliers' Union"}),
        ("the airline on fuel", {"Fjord Airways"}),
        ("the regulator on the offer", {"the regulator"}),
        ("union boss on members", {"Mick Garvey"}),
        ("No. 10 on the review", {"a No 10 spokesman"}),
        ("downing street spokesman on the review", {"a No 10 spokesman"}),
        ("the kremlin on gas", {"Kremlin", "Pavel Orlov"}),
        ("what did moscow say about gas", {"Kremlin"}),
        ("what did the US say about gas", {"Dana Lowell"}),
        ("white house spokeswoman on gas", {"Dana Lowell"}),
        ("what did the pentagon say about the family", {"Amy Tran"}),
        ("pentagon chief on bases", {"Carl Brandt"}),
        ("the fed on inflation", {"Neil Abbott"}),
        ("fed chair on inflation", {"Neil Abbott"}),
    ],
)
def test_a_body_speaks_that_is_called_for_short(
    answerer: Answerer, question: str, speakers: set[str]
) -> None:
    assert {citation.speaker for citation in answerer.answer(question).citations} == speakers


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("what did the union say", "Transport Workers"),
        ("and the company", "Severn Buses"),
        ("what did the union boss say", "Mick Garvey"),
    ],
)
def test_a_body_of_the_story_is_called_what_it_is(
    answerer: Answerer, question: str, speaker: str
) -> None:
    answer = answerer.answer(question, ["tell me about the bus strike"])
    assert {citation.speaker for citation in answer.citations} == {speaker}


@pytest.mark.parametrize(
    "question", ["the bank on drivers", "the charity on drivers", "the kremlin boss on gas"]
)
def test_no_other_body_is_called_so(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question).refusal


def test_who_asks_for_the_words_of_somebody_known_makes_no_small_talk(answerer: Answerer) -> None:
    refusal = answerer.answer("did the who say anything about testing").refusal
    assert refusal
    assert refusal.reason == "speaker_silent"


@pytest.mark.parametrize(
    "question",
    [
        "what did the Transport Workers and the regulator say",
        "did the Transport Workers and the regulator agree on the offer",
        "do the regulator and the customers agree on the offer",
    ],
)
def test_two_that_each_have_an_article_are_two(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert len(answer.sections) == 2
    assert "the regulator" in {citation.speaker for citation in answer.citations}
