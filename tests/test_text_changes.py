"""What changed between two texts of an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.layout.sentences import split_sentences
from index.schema import Span
from index.versions import Room, compare, fates, words

OLD = "The mayor left. The bridge is open. It cost 12 million. It rained."


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (OLD, ["same"] * 4),
        (OLD.replace(". ", ".\n\n"), ["same"] * 4),
        (OLD.replace("12", "14"), ["same", "same", "altered", "same"]),
        (OLD.replace("It cost 12 million. ", ""), ["same", "same", "gone", "same"]),
        (OLD + " Trains ran late.", [*["same"] * 4, "new"]),
        ("Trains ran late.", ["gone"] * 4 + ["new"]),
    ],
)
def test_each_sentence_is_the_same_altered_gone_or_new(new: str, found: list[str]) -> None:
    assert [change.what for change in compare(OLD, new)] == found


_TEXT = st.lists(st.sampled_from(["It rained. ", "He left. ", "He left early. ", "So.\n"])).map(
    "".join
)


@given(_TEXT, _TEXT)
def test_every_sentence_of_both_is_there_once_in_its_order(old: str, new: str) -> None:
    changes = compare(old, new)
    for text, places in ((old, [c.before for c in changes]), (new, [c.after for c in changes])):
        assert [p for p in places if p] == [s.span for s in split_sentences(text)]


@given(st.text(), st.text())
def test_any_texts_can_be_compared(old: str, new: str) -> None:
    assert all(change.before or change.after for change in compare(old, new))
    assert "".join(piece for piece, _ in words(old, new, Room())) == old


def test_two_long_texts_are_compared_without_their_square() -> None:
    old = " ".join(f"Word{n} came." for n in range(5000))
    new = " ".join(f"Thing{n} went." for n in range(5000))
    assert len(compare(old, new)) == 10000
    assert len(compare("No. " * 20000, "No. " * 10000 + "Yes. " * 10000)) == 30000


def test_inside_of_sentences_is_compared_as_far_as_there_is_room() -> None:
    room = Room(100)
    seen = [len(words("It rained a lot.", "It rained a little.", room)) for _ in range(2)]
    assert seen == [3, 1]
    assert len(words("It rained. ", "It rains.", Room(15))) == 1


def test_what_was_cited_is_found_moved_altered_or_gone() -> None:
    new = "It rained. The mayor left. It cost 14 million."
    places = [(s.span) for s in split_sentences(OLD)]
    found = fates(OLD, places, new)
    assert [change.what for change in found] == ["same", "gone", "altered", "same"]
    assert found[0].after == Span(11, 26)
    assert found[2].after
    assert found[2].after.of(new) == "It cost 14 million."
