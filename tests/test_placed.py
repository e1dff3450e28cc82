"""Who is put where a speaker stands, with no verb of saying."""

import pytest

from bot.query.grammar.placed import find_placed


@pytest.mark.parametrize(
    ("text", "asked", "topic"),
    [
        ("why close it, Lee", "Lee", "why close it"),
        ("why close it, per Lee", "Lee", "why close it"),
        ("why close it per the mayor of Oldham", "the mayor of Oldham", "why close it"),
        ("what, where and when, mr reed", "mr reed", "what, where and when"),
        ("who pays, lee to reed", "lee", "who pays"),
        ("lee to reed: who pays", "lee", "reed: who pays"),
        (
            "the mayor to the harbour master about fees",
            "the mayor",
            "the harbour master about fees",
        ),
    ],
)
def test_who_is_asked_stands_last_or_before_whom_it_was_said_to(
    text: str, asked: str, topic: str
) -> None:
    assert find_placed(text) == (asked, topic)


@pytest.mark.parametrize(
    "text",
    ["why close it", "lee to leave office", "who wants to talk on tv", "experts", "", ", ", "per"],
)
def test_nobody_stands_there(text: str) -> None:
    assert find_placed(text) is None
