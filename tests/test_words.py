import pytest

from index.language.quotations import find_quotations
from index.language.words import DASH, Word, split_words
from index.schema import Span


def split(text: str) -> tuple[Word, ...]:
    """The words of a text taken as one sentence."""
    return split_words(text, Span(0, len(text)), list(enumerate(find_quotations(text))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Orr's dogs' plan", ["Mr.", "Orr", "'s", "dogs", "'", "plan"]),
        ("He didn’t; they'd", ["He", "did", "n’t", ";", "they", "'d"]),
        ("the U.S. AT&T 1,000", ["the", "U.S.", "AT&T", "1,000"]),
        ("O'Brien, Tuila'epa al-Assad", ["O'Brien", ",", "Tuila'epa", "al-Assad"]),
        ("so—it went -- on", ["so", "—", "it", "went", "--", "on"]),
        ("He said: “No, no.”", ["He", "said", ":", "“No, no.”"]),
    ],
)
def test_words_are_split_as_the_grammar_needs_them(text: str, expected: list[str]) -> None:
    assert [word.text for word in split(text)] == expected


@pytest.mark.parametrize("most", [1, 3, 9, 50])
def test_the_first_words_are_the_same_whether_or_not_others_are_looked_for(most: int) -> None:
    """Also behind a dateline, or in the middle of what is quoted."""
    text = (
        "LISLE, Mont. (AP) — “No,” Ann Lee said, “no.” “Never.” " + "Orr said so, too. “Go!” " * 9
    )
    quotations = list(enumerate(find_quotations(text)))
    assert split_words(text, Span(0, len(text)), quotations, most) == split(text)[:most]


def test_words_keep_their_place_in_the_text() -> None:
    text = "İstanbul’s mayor — “no”, said the US."
    assert all(word.span.of(text) == word.text for word in split(text))


def test_every_dash_is_one_and_a_hyphen_is_none() -> None:
    lows = [word.low for word in split("a - b – c -- d e-f -g")]
    assert lows.count(DASH) == 3


def test_us_the_country_is_no_pronoun() -> None:
    country, pronoun = split("US us")
    assert country.low != pronoun.low


def test_names_open_with_a_capital_or_an_article() -> None:
    assert [word.text for word in split("Ann saw al-Assad. “There he is.”") if word.is_name] == [
        "Ann",
        "al-Assad",
    ]
