"""Written things speak for nobody where nothing tells who wrote them."""

import pytest

from index.document import read_document


def _named(text: str, words: str) -> list[str]:
    return [
        s.speaker.name
        for s in read_document(text).statements
        if s.speaker and any(words in piece.of(text) for piece in s.content)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Bo Orr found a note. “Come home at once, all is forgiven,” it read.",
        "Ann Lee put up posters with her friends. “Come home at once,” they read.",
        "Guests have left cards for Ann Lee. “Come home at once,” reads one.",
        "Some carried placards reading “Come home at once!”",
        "Bo Orr said no. A fuller reply, sent to members, was blunter: “Come home at once.”",
    ],
)
def test_what_is_read_off_something_is_nobodys(text: str) -> None:
    assert _named(text, "Come home") == []


def test_what_is_read_off_a_letter_is_its_authors() -> None:
    text = "Ann Lee sent a letter to Bo Orr. “Come home at once, all is forgiven,” it read."
    assert _named(text, "Come home") == ["Ann Lee"]


def test_what_another_says_in_a_quotation_is_not_its_speakers() -> None:
    text = (
        "Ilse Orr ran the shop. “My mother wrote nothing down,” said her son, Bo Lee. "
        "“If you asked how much, she said, ‘Enough.’ That was all.”"
    )
    assert _named(text, "Enough") == ["Ilse Orr"]
    assert _named(text, "If you asked") == _named(text, "That was all") == ["Bo Lee"]
    unsure = "Bo Lee and Al Orr met Ann Lee. “We met and he said, ‘Fine,’ there,” Ann Lee said."
    assert _named(unsure, "Fine") == []


@pytest.mark.parametrize(
    "text",
    [
        "According to the indictment, Orr sent clients false accounts. It alleges that he forged.",
        "The indictment of Bo Orr alleges that he forged.",
        "Bo Orr was charged. Orr's indictment alleges that he forged.",
        "Bo Orr sent emails to clients. “Orr forged,” the complaint said. It says that he forged.",
        "Orr emailed a bank in Velm. The suit, brought by Velm, claims that he forged.",
    ],
)
def test_what_a_court_paper_says_of_somebody_is_none_of_their_words(text: str) -> None:
    assert not {"Bo Orr", "Orr", "Velm"} & {*_named(text, "forged")}
    assert _named(text, "forged")


def test_a_complaint_is_of_who_files_it() -> None:
    text = "Ann Lee filed a complaint on Monday. “It leaks,” Ann Lee said in the complaint."
    assert _named(text, "It leaks") == ["Ann Lee"]
    assert _named("Ann Lee's complaint said that it leaks.", "it leaks") == ["Ann Lee"]
