"""Which verb a subject goes with, where asides and the names of bodies stand between."""

import pytest

from index.document import read_document
from tests.whose import whose


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "“No,” said Mira Bost, the head keeper.\n\nHer deputy Ivor Bost, the engineer, who is "
            "also her cousin, was less sure. He said that the lamp was old.",
            "the lamp was old",
            "Ivor Bost",
        ),
        (
            "Ivor Penn runs the school. One of his teachers, Mira Bost, 31, who came from Velm, "
            "said that the roof leaked. “I got wet,” she said.",
            "I got wet",
            "Mira Bost",
        ),
        (
            "Ivor Penn of the broker Norvik said that he thought nine pounds was fair.",
            "nine pounds was fair",
            "Ivor Penn",
        ),
        (
            "A spokeswoman said the council needed to see the plan first.",
            "the council needed to see the plan first",
            "a spokeswoman",
        ),
        ("Officers said the man smelled of gin.", "the man smelled of gin", "Officers"),
        (
            "Sales rose to 2 billion crowns, the bank said, against the 9 million that it sold.",
            "Sales rose to 2 billion crowns",
            "the bank",
        ),
        (
            "Tests showed that the water was like that of ponds, which suggests that it is old, "
            "says co-author Mira Bost, a chemist.",
            "the water was like that of ponds, which suggests that it is old",
            "Mira Bost",
        ),
        (
            "The hull, found near Marle, was made of oak but had nails of iron, says archaeologist "
            "Mira Bost of the University of Velm, who led the dig.",
            "was made of oak but had nails of iron",
            "Mira Bost",
        ),
        (
            "Stone “belongs to an age of kings”, writes Tilling, and suits tombs.",
            "Stone “belongs to an age of kings”",
            "Tilling",
        ),
        # Who acts in what is said stands behind the verb of saying.
        (
            "The suit, brought by a mill in Velm, says the robot, called Dot, insisted that all "
            "was “fine”.",
            "all was",
            "Dot",
        ),
        # A plural noun and a bare verb are no compound.
        ("Prosecutors allege that Orr lied to them.", "Orr lied to them", "Prosecutors"),
        (
            "Prosecutors allege that he showed buyers forged test results and invented a sale.",
            "forged test results",
            "Prosecutors",
        ),
        (
            "Managers at Castle Power knew for two years that the dam was wet, internal emails "
            "show.",
            "Managers at Castle Power knew",
            "internal emails",
        ),
        (
            "A firm's robot told shops to erase their files, a lawsuit filed in Velm on Friday "
            "claims.",
            "to erase their files",
            "a lawsuit",
        ),
        # To whom and in what it was said stands before "that".
        ("The board said in a letter to owners that it would go.", "it would go", "the board"),
        (
            "Norvik, which has 240 staff, said in an e-mailed statement that it was “sad”.",
            "it was “sad”",
            "Norvik",
        ),
    ],
)
def test_who_acts_says_it_whatever_stands_between(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Shares in Norvik closed up 5 percent, which suggests that holders expect a better bid.",
        "The hills had heavy rain, which threatens to close the road.",
    ],
)
def test_a_thing_that_suggests_something_says_nothing(text: str) -> None:
    assert not read_document(text).statements


def test_a_study_that_suggests_something_is_named() -> None:
    text = "The ministry published a study, which suggests that holders expect a better bid."
    assert whose(text, "holders expect a better bid") == ["a study"]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "“It is late,” said Ann Lee, whose firm recommends a wait. “We go.”",
            ["“It is late,”", "“We go.”"],
        ),
        (
            "They drew apart as marchers left a civil rights protest.",
            [],
        ),
        ("These are the Velm states that left.", []),
        (
            "Minutes later, Ann Lee announced four votes, a result which pleased the marchers.",
            ["four votes, a result which pleased the marchers"],
        ),
    ],
)
def test_what_only_tells_of_it_is_not_said(text: str, contents: list[str]) -> None:
    found = read_document(text).statements
    assert [piece.of(text) for s in found for piece in s.content] == contents


@pytest.mark.parametrize("body", ["Castle Bank", "Velm University", "Standard Bank"])
def test_who_is_of_a_body_is_no_part_of_its_name(body: str) -> None:
    text = f"But Norixo Tambyn of {body} said it was late. Tambyn added that it rained."
    assert whose(text, "it was late") == whose(text, "it rained") == ["Norixo Tambyn"]


def test_who_is_who_is_read_off_the_tree_that_reports_are_found_in() -> None:
    text = "When Ann Orr took the stage on Friday, she was the first to speak, Bo Lund reports."
    document = read_document(text)
    assert [s.speaker.name for s in document.statements if s.speaker] == ["Bo Lund"]
    assert [p.name for p in document.people if p.speaks] == ["Bo Lund"]


def test_an_office_that_is_also_a_verb_of_saying_stays_an_office() -> None:
    text = "“We tie their hands,” state Sen. Bo Lund said on Friday."
    assert [p.roles for p in read_document(text).people] == [("state Sen.",)]
