"""Questions as journalists type them: whose words are asked for, on what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.query.question import MAX_LENGTH, Query, understand

SAID = [
    ("what did Putin say about peacekeepers?", "Putin", "peacekeepers"),
    ("What did Putin say about peacekeepers", "Putin", "peacekeepers"),
    ("and what did Putin say about peacekeepers?", "Putin", "peacekeepers"),
    ("Ok, so what did Putin say about peacekeepers?", "Putin", "peacekeepers"),
    ("putin on peacekeepers", "putin", "peacekeepers"),
    ("and lee about the farmers?", "lee", "the farmers"),
    ("but also lee on gas", "lee", "gas"),
    ("what about lee on gas", "lee", "gas"),
    ("or lee: why close it", "lee", "why close it"),
    ("what has boris johnson said about the bill", "boris johnson", "the bill"),
    ("why does the french president think it works", "the french president", "it works"),
    ("did mcconnell deny the report?", "mcconnell", "the report"),
    ("how did the finance minister react to the vote", "the finance minister", "the vote"),
    ("chirac's account of the war", "chirac", "the war"),
    ("kremlin spokesman statement on the talks", "kremlin spokesman", "the talks"),
    ("how big was the fire, according to the mayor", "the mayor", "how big was the fire"),
    ("according to the mayor, how big was the fire?", "the mayor", "how big was the fire"),
    ("was the road safe, says anna lee", "anna lee", "was the road safe"),
    ("judge lee on smith's claim of immunity", "judge lee", "smith's claim of immunity"),
    ("who does the army blame for the blast", "the army", "the blast"),
    ("what's macron's view on nato", "macron", "nato"),
    ("what did o'rourke say", "o'rourke", ""),
    ("did lee say anything about gas", "lee", "gas"),
    ("did lee say anything?", "lee", ""),
    ("lee's statement", "lee", ""),
    ("can you tell me what lee said about gas, please", "lee", "gas"),
    ("which senators backed the deal", "senators", "the deal"),
    ("what is the position of the union on gas", "the union", "gas"),
    ("any reaction from the palace to the vote", "the palace", "the vote"),
    ("was there any comment from lee", "lee", ""),
    ("summary of lee's comments on gas", "lee", "gas"),
    ("how do republicans see the deal", "republicans", "the deal"),
    ("where does lee stand on gas", "lee", "gas"),
    ("lee said what about gas", "lee", "gas"),
    ("quote lee on gas", "lee", "gas"),
    ("in lee's words, why was it sold", "lee", "why was it sold"),
    ("according to lee why was it sold", "lee", "why was it sold"),
]
WHO = [
    ("who said the deal is dead?", "the deal is dead"),
    ("who called trump a bully", "trump a bully"),
    ("which minister says the road is safe", "the road is safe"),
    ("according to whom was the flat empty", "was the flat empty"),
    ("who spoke about the flat?", "the flat"),
    ("what was said about the flat", "the flat"),
    ("what have people said about the flat", "the flat"),
    ("how did people react to the fire", "the fire"),
    ("what were the reactions to the fire", "the fire"),
    ("everyone who spoke about the flat", "the flat"),
    ("who is against the deal", "the deal"),
    ("who agrees with lee", "lee"),
    ("should lee resign", "should lee resign"),
    ("did anyone comment on the deal", "the deal"),
    ("has anyone criticised the deal", "the deal"),
    ("list all people who spoke about the deal", "the deal"),
]
FACT = [
    "how many people died in the fire",
    "who won the 2022 World Cup?",
    "when did the mayor announce the curfew",
    "where was the ship headed",
    "why did the plane turn back to the airport",
    "what was the ship called before it was renamed?",
    "turnout in the district elections",
    "can the company appeal the decision",
    "who is accused of the murder",
    "what happened to the crew",
    "what does prorogue mean",
    "did she come back",
    "has the mayor apologised yet",
    "who spoke at the rally",
    "list the victims",
    "",
]


@pytest.mark.parametrize(("question", "asked", "topic"), SAID)
def test_a_question_for_somebodys_words_gives_speaker_and_topic(
    question: str, asked: str, topic: str
) -> None:
    query = understand(question)
    assert (query.kind, query.asked, query.topic) == ("said", asked, topic)


@pytest.mark.parametrize(("question", "topic"), WHO)
def test_a_question_for_the_speaker_names_nobody(question: str, topic: str) -> None:
    query = understand(question)
    assert (query.kind, query.asked, query.topic) == ("who_said", None, topic)


@pytest.mark.parametrize("question", FACT)
def test_a_question_about_a_fact_asks_for_nobodys_words(question: str) -> None:
    query = understand(question)
    assert (query.kind, query.asked) == ("fact", None)


def test_words_in_quotation_marks_do_not_shape_the_question() -> None:
    query = understand('who said "what did he say about us on monday"')
    assert query.kind == "who_said"


def test_a_long_question_is_cut_and_still_read_fast() -> None:
    query = understand("what did putin say about " + "very " * 100_000)
    assert len(query.text) <= MAX_LENGTH


@given(st.text(max_size=200))
def test_any_text_is_read(question: str) -> None:
    assert isinstance(understand(question), Query)


@pytest.mark.parametrize(
    "question", ["which union demands did the judge reject", "which claims were dropped"]
)
def test_what_is_demanded_is_nobody_who_demands(question: str) -> None:
    assert understand(question).kind == "fact"
