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
