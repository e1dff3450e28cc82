"""One key for all forms and spellings of a word."""

import pytest

from index.language.stems import base_of


@pytest.mark.parametrize(
    "words",
    ["withdrew withdrawn withdraw withdrawing", "russian russia russians", "labour labor labours",
     "organisation organization", "travelled traveled", "people person", "defence defense",
     "centre center", "programmes program"],
)  # fmt: skip
def test_forms_and_spellings_of_a_word_are_one(words: str) -> None:
    assert len(set(map(base_of, words.split()))) == 1


@pytest.mark.parametrize("words", ["four for", "rise rose-garden", "our or", "ill il", "poll pol"])
def test_other_words_stay_apart(words: str) -> None:
    assert len(set(map(base_of, words.split()))) == 2
