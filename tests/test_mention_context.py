"""Who is told of without a name, and is nobody who has one."""

import pytest

from index.document import read_document


def names(text: str) -> list[str]:
    """Who says what in a text, in its order."""
    return [s.speaker.name for s in read_document(text).statements if s.speaker]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mary Boyle pleaded in Hull. “You are a liar,” the judge told her.", "the judge"),
        ("Mark Orr spoke in Hull. “You are a thief,” the magistrate told him.", "the magistrate"),
        ("Mary Boyle said the bus was late. “It was on time,” the driver said.", "the driver"),
        ("Bo Orr said he was sorry. “It is too late,” the judge said.", "the judge"),
        ("Clearing Jim Ross, the jury foreman said: “Not guilty.”", "the jury foreman"),
        ("Sentencing Mary Boyle, the judge said she had shown no remorse.", "the judge"),
        ("King Orlov, the mayor said, was late.", "the mayor"),
    ],
)
def test_who_has_no_name_is_not_whoever_spoke_or_is_spoken_to(text: str, name: str) -> None:
    assert names(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mary Boyle sued the surgeon. He wept in court. “I erred,” he said.", "the surgeon"),
        ("John Reid hired a lawyer. “We will appeal,” she said.", "a lawyer"),
        ("Mary Boyle opened the door to a policeman. “Are you alone?” he asked.", "a policeman"),
        ("Mary Boyle rang her doctor. “Take an aspirin,” he told her.", "her doctor"),
        ("Mary Boyle's neighbour heard it. “It was loud,” he said.", "Mary Boyle's neighbour"),
        ("Mary Boyle was caught by a police officer. “She ran,” he said.", "a police officer"),
        ("Mary Boyle met a plumber and a builder. “It will cost,” he said.", "he"),
        (
            "Bo Orr met one aide.\n\nIt was slow, one aide said.\n\nTom Orr left when I asked him "
            "how she would win.\n\n“She will,” he said.",
            "Tom Orr",
        ),
        ("Tom Orr fell while the mayor was out. “I slipped,” he said.", "Tom Orr"),
    ],
)
def test_he_after_a_woman_is_whoever_alone_is_told_of_without_a_name(text: str, name: str) -> None:
    assert names(text)[-1] == name


def test_who_is_told_of_without_a_name_is_a_man_once_he_is_called_so() -> None:
    text = "The teacher punished Mary Boyle. “She was late,” he said. “I was not,” she said."
    assert names(text) == ["the teacher", "Mary Boyle"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee had it from her father. He was careful. “Wait,” he used to tell her.",
         "her father"),
        ("Ann Lee's uncle, Tom Orr, sat. “No,” he said. She had it from her father. He was calm. "
         "“Wait,” he said.", "her father"),
        ("Bo Orr had it from his father. He was careful. “Wait,” he said.", "Bo Orr"),
    ],
)  # fmt: skip
def test_her_father_is_nearer_than_a_man_of_sentences_before(text: str, name: str) -> None:
    assert names(text)[-1] == name


@pytest.mark.parametrize(
    ("verb", "name"), [("added", "Steve Orr"), ("said", "the manager"), ("replied", "the manager")]
)
def test_who_adds_something_is_who_has_just_spoken_by_whatever_office(verb: str, name: str) -> None:
    text = f"Steve Orr insisted that he would stay. “Not for all the tea,” the manager {verb}."
    assert names(text)[-1] == name


def test_who_replies_by_the_office_that_they_have_is_no_other_though_they_asked() -> None:
    text = (
        "Vice President Ann Lee left. She did not directly answer when asked whether she believes "
        "it is heading toward a slump or discuss any new tools that it could use.\n\n“There is no "
        "higher priority,” the vice president responded."
    )
    assert names(text)[-1] == "Ann Lee"
