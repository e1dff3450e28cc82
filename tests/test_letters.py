"""Whose the words of mail, its quoted lines and comments are; what nobody signs is nobody's."""

import pytest

from index.document import read_document


def _said(text: str) -> list[tuple[str | None, str]]:
    """Who said what, in order."""
    return [
        (s.speaker.name if s.speaker else None, piece.of(text))
        for s in read_document(text).statements
        if s.is_own
        for piece in s.content
    ]


_PLAIN = """From: Ann Lee <ann@velm.example>
To: Plot holders
Subject: Re: the tap

On Tue 12 June, Bo Orr wrote:
> It has been left running.
> I turned it off at nine.

It was me, Bo, and I am sorry.

Ann
"""
_TWICE = """On 5 May at 10:12, Ann Lee wrote:
> On 4 May at 18:40, Bo Orr wrote:
>> Can the choir have the hall?
> Only if they stack the chairs.

We always stack the chairs!

Bo
"""
_FORWARDED = """Please read what is below. I think we should wait.

Fiona Maddox
Stage manager

Begin forwarded message:

From: Bo Orr <bo@velm.example>
Date: 3 October
To: Fiona Maddox

There is dry rot under the stage.
"""
_UNSIGNED = """Re: Gearbox

bramley_joe wrote:
> Mine did this for a year.

Change the oil first, Joe.

Sent from my tablet
"""
_OFFICE = """From: Press Office <press@velm.example>
Subject: Bridge

The bridge will close on Monday. It is old.
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            _PLAIN,
            [
                ("Bo Orr", "It has been left running."),
                ("Bo Orr", "I turned it off at nine."),
                ("Ann Lee", "It was me, Bo, and I am sorry."),
            ],
        ),
        (
            _TWICE,
            [
                ("Bo Orr", "Can the choir have the hall?"),
                ("Ann Lee", "Only if they stack the chairs."),
                ("Bo Orr", "We always stack the chairs!"),
            ],
        ),
        (
            _FORWARDED,
            [
                ("Fiona Maddox", "Please read what is below. I think we should wait."),
                ("Bo Orr", "There is dry rot under the stage."),
            ],
        ),
        (_UNSIGNED, [("bramley_joe", "Mine did this for a year.")]),
        (_OFFICE, []),
    ],
)
def test_mail_is_who_wrote_it(text: str, said: list[tuple[str, str]]) -> None:
    assert _said(text) == said


def test_what_happens_meanwhile_is_nobodys_words() -> None:
    text = "SENATOR LEE: Did you read it?\nMR. ORR: A summary.\n(Laughter.)\nSENATOR LEE: I see."
    assert "(Laughter.)" not in [words for _, words in _said(text)]


def test_an_empty_quoted_line_parts_paragraphs() -> None:
    text = "Bo Orr wrote:\n> The tap leaks again.\n>\n> Nobody came.\n\nI will, this time.\n"
    assert _said(text) == [("Bo Orr", "The tap leaks again."), ("Bo Orr", "Nobody came.")]
