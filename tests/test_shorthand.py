"""Questions as they are typed, written out."""

import pytest

from bot.query.typed.shorthand import written_out


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("whats lee's take re gas", "what's lee's take about gas"),
        ("Whos against the ferry w/o a reason", "who's against the ferry without a reason"),
        ("what exactly did ppl say abt it", "what did people say about it"),
        ("who the hell is lee", "who is lee"),
        ("who all was hurt", "who was hurt"),
        ("did scotus hear the atty", "did supreme court hear the attorney"),
        ("didnt lee resign", "didn't lee resign"),
        ("whats new w the ferry", "what's new with the ferry"),
        ("what did the pres tell dems", "what did the president tell democrats"),
    ],
)
def test_what_is_typed_short_is_written_out(typed: str, written: str) -> None:
    assert written_out(typed) == written


@pytest.mark.parametrize(
    "text", ["lee on re-election", "George W Bush", "how exactly", "w/ ", "the whats-it", ""]
)
def test_what_is_no_shorthand_is_left(text: str) -> None:
    assert written_out(text) == text.replace("w/", "with")
