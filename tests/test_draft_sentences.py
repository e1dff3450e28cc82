import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.draft_sentences import cut_draft

DRAFT = (
    "Here is it:\n1. Mr. Putin said “They go. Or else,” on Friday [1]. He left. [1][2] U.S. troops "
    'may stay [2, 3]. “Why?” she asked [2].\n- **Last**: "One. Two" [3] [4]\nSo it is [5'
)
SENTENCES = [
    "Here is it:",
    "Mr. Putin said “They go. Or else,” on Friday [1].",
    "He left. [1][2]",
    "U.S. troops may stay [2, 3].",
    "“Why?” she asked [2].",
    'Last: "One. Two" [3] [4]',
    "So it is [5",
]


def in_pieces(text: str, size: int) -> list[str]:
    """The sentences of a text that comes in pieces of so many characters."""
    found, rest = [], ""
    for start in range(0, len(text), size):
        sentences, rest = cut_draft(rest + text[start : start + size])
        found += sentences
    return found + cut_draft(rest, is_whole=True)[0]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 40, 1000])
def test_each_sentence_has_its_marks_however_the_text_comes(size: int) -> None:
    assert in_pieces(DRAFT, size) == SENTENCES


def test_a_sentence_waits_until_it_cannot_change_any_more() -> None:
    assert cut_draft("He left [1].") == ([], "He left [1].")
    assert cut_draft("He left. [1] [2") == ([], "He left. [1] [2")
    assert cut_draft("He left [1].\n") == (["He left [1]."], "\n")
    assert cut_draft("He left. [1] She") == ([], "He left. [1] She")
    assert cut_draft("He left. [1] She ran") == (["He left. [1]"], " She ran")


@pytest.mark.parametrize("thought", ["<think>a. b [1]. c</think>", " \n<think></think>\n"])
def test_what_a_model_thinks_aloud_is_no_draft(thought: str) -> None:
    assert in_pieces(f"{thought}He left [1].", 1) == ["He left [1]."]
    assert cut_draft("<think>He left [1]. She", is_whole=True) == ([], "")


def test_an_open_quotation_does_not_swallow_the_next_line() -> None:
    assert in_pieces("He said “no. Never [1].\nShe left [2].\n", 4) == [
        "He said “no. Never [1].",
        "She left [2].",
    ]


@given(st.text(), st.integers(1, 9))
def test_any_text_is_cut_without_a_word_lost(text: str, size: int) -> None:
    words = "".join(in_pieces(text, size)).replace(" ", "")
    assert set(words) <= set(text)
