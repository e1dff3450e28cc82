"""Who goes on speaking, and who is meant, behind somebody or something else."""

import pytest

from tests.whose import whose


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "“They saw it,” Bo Orr said. “The clerk is blind.” Mira Bost disagreed.",
            "The clerk is blind",
            "Bo Orr",
        ),
        (
            "“They saw it,” Bo Orr said. “The clerk is blind.” Mira Bost laughed. “No,” she said.",
            "The clerk is blind",
            "Bo Orr",
        ),
        (
            "“They saw it,” Bo Orr said. “The clerk is blind.” Mira Bost agreed.",
            "The clerk is blind",
            "Bo Orr",
        ),
        (
            "“They saw it,” Bo Orr said. “Is the clerk blind?” Mira Bost asked.",
            "Is the clerk blind",
            "Mira Bost",
        ),
        (
            "“They saw it,” Bo Orr said.\n\n“The clerk is blind.” Mira Bost shrugged.",
            "The clerk is blind",
            "Mira Bost",
        ),
    ],
)
def test_who_has_just_spoken_speaks_on_before_another_acts(
    text: str, words: str, speaker: str
) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Mira Bost sold a boat, a filing showed. She said it was old.", "it was old", "Mira Bost"),
        ("Bo Orr lost. He has 5 percent, polls show. He said it was late.", "it was late",
         "Bo Orr"),
        ("Mira Bost fell, a study of 30 falls says. She said it was late.", "it was late",
         "Mira Bost"),
        ("Mira Bost fell, a dog walker said. She said it was late.", "it was late", "a dog walker"),
        ("Mira Bost left in May, the report said.", "left in May", "the report"),
        ("Mira Bost left a note. The message said it was late.", "it was late", "Mira Bost"),
        ("Tidal Board is closed. While Velm Council said it was late, it added that it would pay.",
         "it would pay", "Velm Council"),
    ],
)  # fmt: skip
def test_a_text_is_neither_he_nor_she(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Bo Reed, the clerk, said no. The plan was attacked by Ivor Penn, but he said it might "
         "pass.", "it might pass", "Ivor Penn"),
        ("Mira Bost of Velm & Co. said that it was enough.", "it was enough", "Mira Bost"),
        ("Bo Reed, the clerk, said no. The plan was attacked by Ivor Penn, he said.",
         "The plan was attacked", "Bo Reed"),
        ("Mira Bost, a lawyer, spoke. The diver, Rufus Scully, was there. Scully said that he had "
         "used a rope.", "he had used a rope", "Rufus Scully"),
        ("Ivor Penn said it was safe. Mr Tully, the diver, was there. Mr Tully told the court "
         "that he had used a rope.", "he had used a rope", "Tully"),
        ("Ivor Penn said it was safe. The diver, John Early, was there. “I left,” said Early.",
         "I left", "John Early"),
    ],
)  # fmt: skip
def test_who_is_named_is_who_speaks(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


def test_a_conjunction_before_a_name_is_no_part_of_it() -> None:
    (name,) = whose("But Norika Tambyn of Velm Bank said the trust would not sell.", "would not")
    assert str(name).startswith("Norika")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Asked whether Ivor Penn would go, he said that it was late.", "it was late"),
        ("When asked if Ivor Penn was ill, he shrugged. “Who is not?” he said.", "Who is not"),
        ("Pressed by Ivor Penn on the cost, he said it was low.", "it was low"),
        ("Told that Ivor Penn had sold his boat, he replied: “High time.”", "High time"),
        ("Jailed after Ivor Penn had spoken up, he said it was unfair.", "it was unfair"),
    ],
)
def test_of_whom_somebody_is_asked_is_not_he(text: str, words: str) -> None:
    assert whose(f"Coach Rufus Scully spoke first. {text}", words) == ["Rufus Scully"]
