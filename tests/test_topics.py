"""What a sentence is about: the words and names that its article repeats."""

import pytest

from bot.selecting.topics import topic_forms, topic_of

TEXT = (
    "The security guarantees for the island are weak, Anna Lee said on Monday.\n"
    "“Security guarantees must come first, before any vote on the island,” Lee said.\n"
)


def test_the_topic_is_what_the_article_repeats() -> None:
    assert topic_of(TEXT.splitlines()[1], TEXT) == "security guarantees"


def test_the_speakers_own_name_is_no_topic() -> None:
    assert topic_of("Lee said Lee.", "Lee said Lee. Lee.", without="Anna Lee") is None


def test_a_topic_is_no_participle_and_runs_over_no_mark() -> None:
    assert topic_of("It was located.", "It was located. It was located.") is None
    assert topic_of("At 3 p.m it fell.", "At 3 p.m it fell, at 4 p.m it rose.") is None
    assert topic_of("They breed.", "They breed. Another breed.") == "breed"


@pytest.mark.parametrize(
    "text", ["A hundred did. ", "A second. ", "Two million. ", "Brackwell’s. "]
)
def test_a_topic_is_no_number_and_nobodys_alone(text: str) -> None:
    assert topic_of(text, 3 * text) is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("He left New York City. New York City was cold.", "New York City"),
        ("Prime Minister Viktor Orbán came. Viktor Orbán left.", "Viktor Orbán"),
        ("The White House officials met. White House officials knew.", "White House"),
        ("The prime minister and the prime minister spoke.", None),
        ("Turkey began it. Turkey began it.", "Turkey"),
        ("A Cuban met a Cuban.", None),
    ],
)
def test_a_topic_is_a_whole_name_and_no_office(text: str, topic: str | None) -> None:
    assert topic_of(text, text) == topic


def test_what_a_long_text_is_about_is_told_by_its_beginning() -> None:
    text = "The Port Lisle ferry sails. The Port Lisle ferry stops. " + "And so on. " * 20_000
    assert topic_of("A Port Lisle ferry.", text) == "Port Lisle"
    assert ("harbour",) not in topic_forms(text + "The harbour. The harbour.")


_TAX = "The board met. It spoke on the port tax, and on port tax rules. It hates the port tax."


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (_TAX, "the port tax"),
        ("They prevent floods now. They prevent floods.", None),
        ("Guilty people are guilty. He pleaded guilty.", None),
        ("It is a U.S.-Samoa treaty. A U.S.-Samoa treaty.", None),
        ("On President Marsh. President Marsh and Marsh.", "Marsh"),
        ("The Orr v. Lee case. In Orr v. Lee.", None),
        ("The lower station is shut. The lower station.", "the lower station"),
    ],
)
def test_a_topic_stands_somewhere_as_a_noun_phrase(text: str, topic: str | None) -> None:
    assert topic_of(text, text) == topic


def test_ones_own_name_without_its_accents_is_no_topic() -> None:
    text = "In Erdogan. In Erdogan."
    assert topic_of(text, text, without="Recep Erdoğan") is None
