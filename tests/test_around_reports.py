"""Leads and tails without "that": what stands before, around and behind a short report."""

import pytest

from index.document import read_document

_CASES = [
    (
        "The chain broke the law by filming its guests, the Dutch data authority ruled on Monday.",
        ["broke the law"],
        "the Dutch data authority",
    ),
    (
        "The pier will stay shut, Minister R. Vasanthi announced on Sunday.",
        ["The pier"],
        "R. Vasanthi",
    ),
    ("The bridge should stay shut, Ann Lee decided on Monday.", ["The bridge should"], "Ann Lee"),
    ("Half the fleet is unfit for sea, Bo Orr warned on Thursday.", ["Half the fleet"], "Bo Orr"),
    ("She was not, her friend Bo Orr noted, one to dwell on it.", ["one to dwell"], "Bo Orr"),
    ("The offence, Bo Orr submitted, “struck at the town”.", ["struck at the town"], "Bo Orr"),
    ("Quotas, Ann Lee points out, are “made to be cheated on”.", ["made to be"], "Ann Lee"),
    (
        "Trade has fallen since May, Ann Lee said, and the roof alone would cost a million.",
        ["Trade has fallen", "the roof alone"],
        "Ann Lee",
    ),
    (
        "Ann Lee has walked there at night, she said, and heard more noise from the frogs.",
        ["has walked there", "more noise"],
        "Ann Lee",
    ),
    (
        "The trial lasted 12 weeks, noted Bo Orr of the clinic, and it “excluded nearly all”.",
        ["The trial lasted", "excluded nearly"],
        "Bo Orr",
    ),
    (
        "The report is thin, Ann Lee says, because his group voted against paying for it.",
        ["report is thin", "voted against"],
        "Ann Lee",
    ),
]


@pytest.mark.parametrize(("text", "pieces", "speaker"), _CASES)
def test_what_stands_around_a_short_report_is_reported(
    text: str, pieces: list[str], speaker: str
) -> None:
    said = [
        (s.speaker.name if s.speaker else None, [p.of(text) for p in s.content])
        for s in read_document(text).statements
        if not s.modality
    ]
    for words in pieces:
        found = [who for who, content in said if any(words in piece for piece in content)]
        assert found == [speaker], said


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "The clerk, Bo Orr, admitted the delays were bad but said two rooms would open.",
            "two rooms",
            "Bo Orr",
        ),
        ("Ann Lee, who had told Orr she was “here for tea”, left.", "here for tea", "Ann Lee"),
        ("Ann Lee met two envoys she says were “engaged in spying”.", "engaged in", "Ann Lee"),
        ("Governor Ann Lee said the reefs needed time to recover.", "needed time", "Ann Lee"),
        ("Grocer Bo Orr reckons most of his guests will not walk.", "will not walk", "Bo Orr"),
        ("Captain Will Tyson admitted the side had thought it was over.", "over", "Will Tyson"),
    ],
)
def test_a_clause_is_read_whole_and_in_its_own_mood(text: str, words: str, speaker: str) -> None:
    found = [
        s.speaker.name
        for s in read_document(text).statements
        if s.speaker and not s.modality and any(words in p.of(text) for p in s.content)
    ]
    assert found == [speaker]


def test_when_something_was_announced_is_no_announcement() -> None:
    text = "The vote is off, the Bundesliga club announced on Monday."
    assert not any(
        "on Monday" in p.of(text) for s in read_document(text).statements for p in s.content
    )


def test_what_a_paper_says_that_it_quoted_wrongly_is_not_that_persons() -> None:
    text = "On 6 May we quoted Ann Lee as saying that the dam was “about to go”. It was Bo Orr."
    assert not any(s.speaker for s in read_document(text).statements)
