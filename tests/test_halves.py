"""The second of two questions in one, in what the first one is about."""

import pytest

from bot.query.dialogue.halves import completed


@pytest.mark.parametrize(
    ("first", "half", "whole"),
    [
        ("how much is the ferry", "when does it open", "when does the ferry open"),
        ("how much co2 does the new pier save", "when is it done", "when is the new pier done"),
        ("who hit the mayor", "why", "why was the mayor hit"),
        ("who hit the mayor", "what for", "why was the mayor hit"),
        ("why did lee quit", "when", "when"),
        ("how big was the harbour fire", "how many died", "how many died (the harbour fire)"),
        ("who did the mayor invite to the pier", "what does the union say",
         "what does the union say about the mayor to the pier"),
        ("did lee resign", "what did reed say about gas", "what did reed say about gas"),
        ("lee on gas", "and reed", "and reed"),
        ("did lee resign", "what did he say about gas", "what did he say about gas"),
        ("was the ferry late", "who paid for the new lighthouse on the hill",
         "who paid for the new lighthouse on the hill"),
        ("how big was the fire", "ferry fire: who is to blame", "ferry fire: who is to blame"),
    ],
)  # fmt: skip
def test_what_a_half_leaves_open_is_taken_from_the_first(first: str, half: str, whole: str) -> None:
    assert completed(half, first) == whole
