"""Which sentences of an article are shown together."""

import pytest

from bot.selecting.sentence_groups import MAX_GROUP, SentenceGroup, group_sentences, merge_groups
from index.attribution.layout.sentences import split_sentences
from index.document import analyse
from index.schema import Article


def wholes(text: str) -> list[tuple[int, int]]:
    analysis = analyse(Article("a", text))
    return [
        (w.first, w.last) for w in group_sentences(text, analysis.sentences, analysis.statements)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It snowed.", [(0, 0), (1, 1)]),
        ("“We won. We really did,” Ann Lee said. It rained.", [(0, 1), (0, 1), (2, 2)]),
        # Nobody knows whose words they are.
        ("A note was found. “We won. We really did.”", [(0, 0), (1, 2), (1, 2)]),
        # A quotation over paragraphs reopens its marks.
        ("“We won.\n“We really did,” Ann Lee said.", [(0, 1), (0, 1)]),
        ("“We won,” Ann Lee said. “We really did.” It rained.", [(0, 1), (0, 1), (2, 2)]),
        # "[...]" is no sentence.
        ("“We won. [...] We really did,” Ann Lee said.", [(0, 2), (0, 2), (0, 2)]),
        ("It rained. [...] It snowed.", [(0, 1), (0, 1), (2, 2)]),
        # A heading is.
        ("“We won.\nWhat a day\n“We did,” Ann Lee said.", [(0, 0), (1, 1), (2, 2)]),
        ("", []),
    ],
)
def test_the_sentences_of_a_quotation_belong_together(
    text: str, expected: list[tuple[int, int]]
) -> None:
    assert wholes(text) == expected


def test_a_mark_that_is_never_closed_holds_no_more_together_than_a_quotation_may_have() -> None:
    text = "Ann Lee said: “" + "We won. " * 40
    found = group_sentences(text, split_sentences(text), ())
    assert len(found) == 40
    assert max(w.last - w.first for w in found) < MAX_GROUP
    assert not found[0].begins_inside
    assert found[0].ends_inside
    assert found[-1].begins_inside


def test_what_follows_one_another_is_put_together_with_its_cuts() -> None:
    parts = [
        SentenceGroup(5, 6, ends_inside=True),
        SentenceGroup(2, 3, begins_inside=True),
        SentenceGroup(4, 4),
    ]
    assert merge_groups([*parts, SentenceGroup(9, 9)]) == [
        SentenceGroup(2, 6, begins_inside=True, ends_inside=True),
        SentenceGroup(9, 9),
    ]
