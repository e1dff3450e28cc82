"""What somebody may be about to type."""

import pytest

from bot.library.completion import Completer

PEOPLE = [("Donald Trump", 9), ("Ivanka Trump", 2), ("Boris Johnson", 5), ("Zoë d’Arc", 1)]
TOPICS = [
    ("Trump", 9),
    ("trump tower", 3),
    ("peace deal", 4),
    ("peacekeepers", 9),
    ("Peace Corps", 1),
]


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("what did trum", ["Donald Trump", "Ivanka Trump", "trump tower"]),
        ("what did donald tr", ["Donald Trump"]),
        ("trump on pea", ["peacekeepers", "peace deal", "Peace Corps"]),
        ("johnson about trum", ["trump tower", "Donald Trump", "Ivanka Trump"]),
        ("about peace d", ["peace deal"]),
        ("zoe", ["Zoë d’Arc"]),
        ("what", []),
        ("what did", []),
        ("what did trump ", []),
        ("t", []),
        ("", []),
        ("trump?", []),
        ("\u202e<b>\0", []),
    ],
)
def test_the_end_of_what_is_typed_is_completed(typed: str, texts: list[str]) -> None:
    found = Completer(PEOPLE, TOPICS).complete(typed)
    assert [each.text for each in found] == texts


def test_a_completion_says_where_it_would_stand() -> None:
    (found,) = Completer(PEOPLE, TOPICS).complete("and what did donald tr")
    assert (found.kind, found.start) == ("person", len("and what did "))


def test_no_more_is_offered_than_can_be_looked_through() -> None:
    many = [(f"Ann Lee{n}", n) for n in range(100)]
    found = Completer(many, [(f"lee{n}", n) for n in range(100)]).complete("ann lee")
    assert [each.text for each in found][:2] == ["Ann Lee99", "Ann Lee98"]
    assert len(Completer(many, [(f"lee{n}", n) for n in range(100)]).complete("lee")) == 7
