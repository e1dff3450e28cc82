"""Follow-ups made to stand alone from the turn before."""

import pytest

from bot.answer import Answer, Citation, Refusal
from bot.query.conversation import Turn, stand_alone
from bot.query.question import understand
from index.schema import Article, Span
from tests.fragments import one_by_one

ARTICLE = Article("a1", "Anna Lee made the golden bowl.")
KNOWN = {"Macron", "the mayor", "eric clapton"}


def turn(question: str, speaker: str | None = None) -> Turn:
    citation = Citation(1, ARTICLE, Span(0, len(ARTICLE.text)), 1.0, speaker=speaker)
    answer = Answer(question, "1 sentence", "", one_by_one(citation))
    return Turn(understand(question), answer)


SAID = "what did Putin say about peacekeepers?"


@pytest.mark.parametrize(
    ("before", "question", "kind", "asked", "topic"),
    [
        (SAID, "and Macron?", "said", "Macron", "peacekeepers"),
        (SAID, "what about the mayor", "said", "the mayor", "peacekeepers"),
        (SAID, "and about sanctions?", "said", "Putin", "sanctions"),
        (SAID, "what about sanctions", "said", "Putin", "sanctions"),
        (SAID, "who else said so?", "who_said", None, "peacekeepers"),
        (SAID, "what did he say about gas", "said", "Putin", "gas"),
        (SAID, "what did Macron say?", "said", "Macron", "peacekeepers"),
        (SAID, "and what did Macron say?", "said", "Macron", "peacekeepers"),
        (SAID, "what did Macron say about it", "said", "Macron", "peacekeepers"),
        ("when did the ship sink?", "and Macron?", "said", "Macron", "the ship sink"),
        ("how many ships sank", "what did Macron say?", "said", "Macron", "ships sank"),
        (
            "paul mccartney on ginger baker",
            "and eric clapton?",
            "said",
            "eric clapton",
            "ginger baker",
        ),
    ],
)
def test_a_follow_up_keeps_what_it_does_not_change(
    before: str, question: str, kind: str, asked: str | None, topic: str
) -> None:
    query = stand_alone(question, turn(before), KNOWN.__contains__)
    assert (query.kind, query.asked, query.topic) == (kind, asked, topic)


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        ("did trump ask john bolton to resign?", "why?", "why did trump ask john bolton to resign"),
        (
            "where did he announce he was quitting",
            "when was that?",
            "when did he announce he was quitting",
        ),
        ("when did the ship sink", "where did it happen", "where did the ship sink"),
    ],
)
def test_a_lone_question_word_is_asked_of_the_question_before(
    before: str, question: str, text: str
) -> None:
    assert stand_alone(question, turn(before), KNOWN.__contains__).text == text


def test_who_else_leaves_out_who_was_asked_before() -> None:
    query = stand_alone("who else criticised the pullout?", turn(SAID), KNOWN.__contains__)
    assert (query.kind, query.without) == ("who_said", "Putin")


def test_he_is_the_speaker_that_the_question_before_found() -> None:
    before = turn("who said the bowl was gone", speaker="Anna Lee")
    query = stand_alone("what did she say about the thief", before, KNOWN.__contains__)
    assert (query.asked, query.topic) == ("Anna Lee", "the thief")


def test_it_is_what_the_question_before_was_about() -> None:
    query = stand_alone(
        "how much is it worth", turn("who made the golden bowl"), KNOWN.__contains__
    )
    assert "golden bowl" in query.text


def test_the_court_is_the_one_that_the_talk_is_about() -> None:
    query = stand_alone("what did the court decide", turn(SAID), KNOWN.__contains__)
    assert (query.text, query.topic) == (
        "what did the court decide (peacekeepers)",
        "what did the court decide peacekeepers",
    )


def test_a_question_that_stands_alone_is_left_as_it_is() -> None:
    question = "how many people live in the capital of Samoa"
    assert stand_alone(question, turn(SAID), KNOWN.__contains__) == understand(question)


def test_the_first_question_stands_alone() -> None:
    assert stand_alone("why?", None, KNOWN.__contains__) == understand("why?")


def test_a_refused_turn_still_gives_speaker_and_topic() -> None:
    refused = Answer(SAID, "The articles do not say.", "", (), Refusal("speaker_silent"))
    query = stand_alone("and Macron?", Turn(understand(SAID), refused), KNOWN.__contains__)
    assert (query.asked, query.topic) == ("Macron", "peacekeepers")
