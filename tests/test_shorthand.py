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
        ("whats new w the ferry", "what's new with the ferry"),
        ("what did the pres tell dems", "what did the president tell democrats"),
        ("who hit lee n y", "who hit lee and why"),
        ("y did lee quit b4 the 1st vote", "why did lee quit before the first vote"),
        ("what r the rules w kids, cld u say", "what are the rules with kids, could you say"),
        (
            "ohio AG agst the ag secretary",
            "ohio attorney general against the agriculture secretary",
        ),
        ("n what did lee say", "and what did lee say"),
        ("lee y did he go, gimme all", "lee why did he go, give me all"),
        (
            "the us sec of state n the who chief",
            "the us secretary of state and the world health organization chief",
        ),
        ("womens team n the head doc", "women's team and the head doctor"),
    ],
)
def test_what_is_typed_short_is_written_out(typed: str, written: str) -> None:
    assert written_out(typed) == written


@pytest.mark.parametrize(
    "text",
    [
        "lee on re-election",
        "George W Bush",
        "george w bush",
        "how exactly",
        "w/ ",
        "the whats-it",
        "U2",
        "the u.s. team",
        "u s troops",
        "N Reed",
        "what did r kelly say",
        "generation y",
        "the 1st of may",
        "may 1st",
        "",
    ],
)
def test_what_is_no_shorthand_is_left(text: str) -> None:
    assert written_out(text) == text.replace("w/", "with")
