"""A drafted sentence without the clauses joined on at its end."""

import pytest

from bot.drafting.draft_sentences import shorter


@pytest.mark.parametrize(
    ("draft", "parts"),
    [
        ("The bridge was closed in May, and the ferry never sailed again [1].",
         ["The bridge was closed in May. [1]"]),
        ("Putin said the bridge was closed and the ferry had stopped [1][2].",
         ["Putin said the bridge was closed. [1][2]"]),
        ("Lee was elected in 2010 while her brother ran the bank [1].",
         ["Lee was elected in 2010. [1]"]),
        ("Lee called it “a shame, and a mess”, but voted for it [2].",
         ["Lee called it “a shame, and a mess”. [2]"]),
    ],
)  # fmt: skip
def test_what_is_joined_on_at_the_end_is_cut_off(draft: str, parts: list[str]) -> None:
    assert list(shorter(draft)) == parts


@pytest.mark.parametrize(
    "draft",
    [
        "Lee will resign if the vote fails and the court agrees [1].",
        "Either the mayor resigns or the council closes the port [1].",
        "Bread and butter cost more in May [1].",
        "Orr, who was ill and could not speak, left [1].",
        "Lee said “we close it and the ferry stops” [2].",
        "Mayor Lee warned of floods, opened the gates and left town on Friday [3].",
        "[1]",
        "",
        "and and and",
        "x " * 3000,
    ],
)
def test_nothing_is_cut_out_of_a_condition_a_choice_a_quotation_or_the_middle(draft: str) -> None:
    assert list(shorter(draft)) == []
