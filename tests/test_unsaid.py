"""Whose a quotation is that has no clause of its own, by the sentence before or behind it."""

import pytest

from tests.whose import whose


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "Owner Ann Lee, who has farmed at High Beck since 1988, is distraught.\n\n"
            "“It would follow you like a dog.”",
            "follow you",
            "Ann Lee",
        ),
        ("Ann Lee beat Bo Orr.\n\nOrr, 58, took it well.\n\n“She was better.”", "better", "Bo Orr"),
        ("Orr's wife, Ann, was less surprised than he was. “I told him.”", "told him", "Ann"),
        ("“Mum's doing well,” head keeper Ann Lee said.", "doing well", "Ann Lee"),
        ("Chairman Bo Orr has promised no sudden moves: “I have time.”", "I have time", "Bo Orr"),
    ],
)
def test_a_quotation_is_of_whom_the_sentence_beside_it_is_about(
    text: str, words: str, speaker: str
) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee was arrested on Monday.\n\n“We heard shots.”",
        "Ann Lee met Bo Orr on Monday.\n\n“We heard shots.”",
        "Orr's wife was late.\n\n“We heard shots.”",
        "Ann Lee was furious.\n\n“She heard shots.”",
    ],
)
def test_where_the_paragraph_before_is_about_another_or_two_it_is_nobodys(text: str) -> None:
    assert not any(whose(text, "heard shots"))
