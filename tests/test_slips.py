"""Drafts that are all but the sentence itself."""

import pytest

from bot.comparing.slips import slips

SENTENCE = "The two officials did not say on Friday that nine people will have to leave the town."


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (SENTENCE, []),
        (SENTENCE.replace("did not say", "said"), ["not"]),
        (SENTENCE.replace("will have", "will not have"), ["not"]),
        (SENTENCE.replace("nine", "two"), ["two"]),
        (SENTENCE.replace("nine", "9"), []),
        (SENTENCE.replace("will have", "may have"), ["may"]),
        (SENTENCE.replace("will have", "would have"), []),
        (SENTENCE.replace("did not say", "never said"), []),
        ("On Friday nine people were told to leave.", []),
        ("Nobody left.", []),
        ("", []),
    ],
)
def test_what_was_changed_in_a_copy_is_found(draft: str, found: list[str]) -> None:
    assert list(slips(draft, SENTENCE)) == found


def test_a_part_that_is_left_out_takes_its_negation_along() -> None:
    cited = "The minister, who had not slept for two days, said that the law would be passed today."
    draft = "The minister said that the law would be passed today."
    assert list(slips(draft, cited)) == []
