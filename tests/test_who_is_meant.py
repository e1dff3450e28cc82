"""Whom a mention stands for: names beside descriptions, peoples, ranks, names that end early."""

import pytest

from index.document import read_document


def speakers(text: str, words: str) -> set[str | None]:
    """Whose the words are; None for nobody's."""
    start = text.index(words)
    return {
        s.speaker.name if s.speaker else None
        for s in read_document(text).statements
        if any(p.start <= start and start + len(words) <= p.end for p in s.content)
    }


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The barn held 14 people. One of them, Samira, said she had walked for two days.",
         "had walked", "Samira"),
        ("“We took anyone,” says Ida Beck.\n\nThat man, Dean, now runs the yard. He says that he "
         "never left.", "never left", "Dean"),
        ("Outside court, Dr Iman Pell’s solicitor, Ruth Stone, said her client was glad.",
         "her client", "Ruth Stone"),
        ("In a note, Velm Foods’ chief, Bo Orr, said it was sorry.", "was sorry", "Bo Orr"),
    ],
)  # fmt: skip
def test_a_name_beside_a_description_is_its_own(text: str, words: str, speaker: str) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“It rained,” said Friends of Tarn Meadow chair Ana Royd.", "rained", "Ana Royd"),
        ("“A fair man,” Akers-Lyle recalled in his memoirs, Notes in Margins.", "fair",
         "Akers-Lyle"),
        ("Turnout, according to returning officer Hilda Crane, was low.", "was low", "Hilda Crane"),
        ("“No,” according to Detective Constable Lorna Moss of Sedbury Police.\n\nDC Moss said: "
         "“They kept her waiting.”", "kept", "Lorna Moss"),
        ("Rents rose, according to the property website Gaffer.ie.", "Rents", "Gaffer.ie"),
        ("Una Achieng wept. Una and Jane Mutua were parted at birth. “I laughed,” says Una.",
         "laughed", "Una Achieng"),
        ("Independent Margit Holm has won by three votes.\n\n“Three!” the 44-year-old swimming "
         "teacher told supporters.", "Three!", "Margit Holm"),
    ],
)  # fmt: skip
def test_a_name_ends_and_begins_where_it_does(text: str, words: str, speaker: str) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Fly-half Beau Tipene has signed.\n\n“I want to learn,” the New Zealander said.",
         "to learn", "Beau Tipene"),
        ("Coach Ivan Lanz resigned. “I was tired,” said the Sri Lankan.", "tired", "Ivan Lanz"),
        ("Ministry spokesman Colonel Yun Jae said no.\n\nThey sail at dawn, according to the "
         "ministry.", "sail", "the ministry"),
        ("Council leader Bo Orr left. The council said it would pay.", "would pay", "the council"),
        ("Broker Lattimer kept its view. The shares, it noted, are cheap.", "are cheap",
         "Lattimer"),
    ],
)  # fmt: skip
def test_a_description_means_whom_it_describes(text: str, words: str, speaker: str) -> None:
    assert speakers(text, words) == {speaker}
