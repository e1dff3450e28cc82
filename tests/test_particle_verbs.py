"""What verbs report by a particle, and what is passed on without being vouched for."""

import pytest

from index.document import read_document
from tests.whose import whose


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The union put the number at 410.", "the number at 410", "the union"),
        (
            "The ministry has put the cost of the repair at 5 million crowns.",
            "the cost of the repair at 5 million crowns",
            "the ministry",
        ),
        ("Norvik Bank ruled out a capital increase.", "a capital increase", "Norvik Bank"),
    ],
)
def test_a_verb_reports_by_what_goes_with_it(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "The rain put the match at risk.",
        "They put him at the scene.",
        "Mira Bost put the cup at 3 o'clock on the table.",
        "A scan ruled out a stroke.",
    ],
)
def test_who_puts_a_thing_somewhere_says_nothing(text: str) -> None:
    assert not read_document(text).statements


@pytest.mark.parametrize(
    "text",
    [
        "Ivor Penn reportedly said that it was over.",
        "Ivor Penn allegedly told him that it was over.",
        "Ivor Penn is said to have told staff that it was over.",
    ],
)
def test_what_somebody_reportedly_said_is_supposed(text: str) -> None:
    assert [s.modality for s in read_document(text).statements] == ["supposed"]


def test_two_who_say_it_together_both_do() -> None:
    text = "Mira Bost and Ivor Penn said in a joint statement that they would leave."
    assert whose(text, "they would leave") == ["Mira Bost and Ivor Penn"]


def test_when_somebody_said_it_is_no_part_of_it() -> None:
    text = "“I am tired,” said Mira Bost, as she left the court. “I want to go.”"
    told = [piece.of(text) for s in read_document(text).statements for piece in s.content]
    assert told == ["“I am tired,”", "“I want to go.”"]


def test_a_first_name_of_both_is_no_evidence_against_he() -> None:
    text = (
        "Ivor Penn has signed, the club announced.\n\n“I can wait,” Penn said.\n\nThe director, "
        "Patrice Lemarre, said that the player would not come back. “So it is,” said Lemarre. He "
        "denied that money was short."
    )
    told = [s.speaker.name for s in read_document(text).statements if s.speaker]
    assert told[-1] == "Patrice Lemarre"
