"""A few words in quotation marks belong to who judges or speaks in their clause, or to nobody."""

import pytest

from tests.whose import whose


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "The opposition accused the board of “cooking the books” on Monday.",
            "cooking the books",
            "the opposition",
        ),
        (
            "Harbour master Ann Lee resigned on Friday, citing “differences of style” with him.",
            "differences of style",
            "Ann Lee",
        ),
        ("Sir Bo Orr dismissed talk of a sale as “pub chat”.", "pub chat", "Bo Orr"),
        ("Ann Lee dismissed the report as “absurd”.", "absurd", "Ann Lee"),
        (
            "In his reply, Bo Orr thanked her for “three years of work”.",
            "three years of work",
            "Bo Orr",
        ),
        ("Ann Lee called the vote “broadly free and fair”.", "broadly free", "Ann Lee"),
        (
            "The bar stays open despite what neighbour Bo Orr termed “a decade of noise”.",
            "a decade of noise",
            "Bo Orr",
        ),
        ("He was hailed as “the voice of the coast” by Ann Lee.", "voice of the coast", "Ann Lee"),
        (
            "Ann Lee condemned the plan as a “cheap trick” that would “ruin the town”.",
            "ruin the town",
            "Ann Lee",
        ),
        (
            "Criticised by the mayor, Bo Orr, for coming “five days late”, she left.",
            "five days late",
            "Bo Orr",
        ),
        ("Ann Lee issued a note praising his “long experience”.", "long experience", "Ann Lee"),
    ],
)
def test_words_in_marks_are_of_whose_clause_it_is(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bo Orr was accused of “cooking the books”.", "cooking the books"),
        ("Ann Lee thanked them for “Blue Harbour Nights” on Monday.", "Blue Harbour Nights"),
        ("Ann Lee attacked Orr’s call for “a total ban” on nets.", "a total ban"),
        ("Ann Lee bought the “last good boat” in town.", "last good boat"),
    ],
)
def test_words_in_marks_of_no_such_clause_are_nobodys(text: str, words: str) -> None:
    assert not any(whose(text, words))
