"""Questions as they are typed, written out."""

import pytest

from bot.query.typed.shorthand import written_out


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("whats lee's take re gas", "what's lee's take about gas"),
        ("Whos against the ferry w/o a reason", "who's against the ferry without a reason"),
        ("wot exactly did ppl say abt it", "what did people say about it"),
        ("who the hell is lee", "who is lee"),
        ("who all was hurt", "who was hurt"),
        ("did scotus hear the atty", "did supreme court hear the attorney"),
        ("didnt lee resign", "didn't lee resign"),
        ("what did the pres tell dems", "what did the president tell democrats"),
        ("did lee quit at the 1st vote", "did lee quit at the first vote"),
        (
            "ohio AG against the ag secretary",
            "ohio attorney general against the agriculture secretary",
        ),
        (
            "the us sec of state and the who chief",
            "the us secretary of state and the world health organization chief",
        ),
        ("womens team and the head doc", "women's team and the head doctor"),
    ],
)
def test_what_is_typed_short_is_written_out(typed: str, written: str) -> None:
    assert written_out(typed) == written


@pytest.mark.parametrize(
    "text",
    [
        "lee on re-election",
        "how exactly",
        "w/ ",
        "the whats-it",
        "U2",
        "the u.s. team",
        "the 1st of may",
        "may 1st",
        "",
    ],
)
def test_what_is_no_shorthand_is_left(text: str) -> None:
    assert written_out(text) == text.replace("w/", "with")
