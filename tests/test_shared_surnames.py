"""Whom a surname or "he" means that several have, or that is of who has died."""

import pytest

from tests.whose import whose

_MOURNED = (
    "Ivor Bost, who taught a town to swim, has died aged 81.\n\nHis daughter, Mira Bost, said that "
    "he had been ill. “He was tired,” Bost said. The critic Tom Orr called his style “a crime”. "
    "Orr never took it back.\n\nHis pool sold two million tickets. He refused a medal in 1994 and "
    "said that he would have had to buy a suit.\n\nAsked what he would like, he replied: "
    "“Sardines.”\n\nOrr wrote to him in 2001.\n\nBost said that he had forgiven him."
)


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("he had been ill", "Mira Bost"),
        ("He was tired", "Mira Bost"),
        ("he had forgiven him", "Ivor Bost"),
    ],
)
def test_a_paragraph_and_a_surname_come_back_to_who_has_died(words: str, speaker: str) -> None:
    assert whose(_MOURNED, words) == [speaker]


def test_who_speaks_on_in_the_next_paragraph_is_not_who_has_died() -> None:
    text = (
        "Ivor Bost died on Monday, his club said.\n\nTom Orr, its chairman, said that it was late."
        "\n\nHe added: “Ivor was kind.”"
    )
    assert whose(text, "Ivor was kind") == ["Tom Orr"]


def test_two_who_are_only_called_mr_and_mrs_are_two() -> None:
    text = (
        "Mrs Bost said that it was late. Mr Bost said that it was early. “We left,” Mrs Bost said."
    )
    assert whose(text, "it was late") == whose(text, "We left") == ["Mrs Bost"]
    assert whose(text, "it was early") == ["Mr Bost"]


def test_a_surname_is_the_mans_or_the_womans_by_what_they_own() -> None:
    text = (
        "Ivor Bost said his wife, Mary, was held.\n\nMary Bost had a rude flag. A clerk saw it.\n\n"
        "Police had no plans.\n\nMore is to come.\n\n"
        "“I regret nothing,” Bost said before her arrest."
        "\n\nBost told his son so. “It is late,” Bost said."
    )
    assert whose(text, "I regret nothing") == ["Mary Bost"]
    assert whose(text, "It is late") == ["Ivor Bost"]


def test_what_a_man_sees_of_hers_tells_not_who_speaks() -> None:
    text = "Mary Bost left. Ivor Bost stayed. Bost said he saw her car."
    assert whose(text, "he saw her car") == ["Ivor Bost"]


def test_a_surname_that_stands_first_is_theirs_with_mr_and_ms() -> None:
    text = (
        "Park Sora and Park Minjae opened a shop. Ms Park said that it was late. Mr Park said that "
        "it was early."
    )
    assert None not in whose(text, "it was late")
    assert "Ms Park" not in whose(text, "it was late")


def test_a_nickname_and_a_surname_are_who_has_both() -> None:
    text = "Mira Ida “Mo” Bost left on Monday. Mo Bost said that it was late."
    assert whose(text, "it was late") == ["Mira Ida “Mo” Bost"]
