"""A question put in the words of the passage that it is read with."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.stems import in_the_words_of, stem, stems


@pytest.mark.parametrize(
    ("question", "text", "worded"),
    [
        ("on peacekeepers", "Western peacekeeping forces", "on peacekeeping"),
        ("why did she resign", "Her resignation came late.", "why did she resignation"),
        ("on sanctions", "Sanctions and sanctioned", "on sanctions"),
        ("on Sanctions", "the sanctions", "on Sanctions"),
        ("on climate change", "the economy grew", "on climate change"),
        ("who ran", "a running man", "who ran"),
        ("", "anything", ""),
    ],
)
def test_a_word_the_text_lacks_takes_the_form_that_it_has(
    question: str, text: str, worded: str
) -> None:
    assert in_the_words_of(question, [text]) == worded


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_every_replaced_word_keeps_its_stem(question: str, texts: list[str]) -> None:
    worded = in_the_words_of(question, texts)
    pairs = zip(question.split(), worded.split(), strict=False)
    assert all(stem(a) == stem(b) for a, b in pairs if a.isascii() and a.isalpha() and b.isalpha())
    assert in_the_words_of(question, [question]) == question


def test_threads_that_ask_at_once_get_each_word_s_own_stem() -> None:
    """The stemmer keeps the word that it works on in itself."""
    words = [
        f"{start}{end}" for start in ("declar", "impeach", "x") for end in ("ations", "ing", "")
    ]
    words = [f"{word}{n:x}".replace("0", "o") for n in range(300) for word in words]
    alone = [stem.__wrapped__(word) for word in words]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(stem.__wrapped__, words * 4, chunksize=7))
    assert together == alone * 4


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Peacekeepers", "the peacekeeper’s"),
        ("CAFÉS in Łódź", "cafe of lodz"),
        ("their reports", "a report"),
        ("", "of the and he was"),
    ],
)
def test_words_are_compared_without_forms_and_function_words(text: str, same: str) -> None:
    assert stems(text) == stems(same)
