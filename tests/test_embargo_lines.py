"""An embargo that stands as a line over a text is one, whenever it may end at the latest."""

import pytest

from index.reading.embargo_lines import UNREADABLE, embargo_over
from index.reading.read_results import Problem
from index.reading.readers import read_uploads
from index.schema import Article

SENT = "2031-02-25T09:00:00-05:00"


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("EMBARGOED UNTIL 00:01 GMT MONDAY 3 MARCH 2031", "2031-03-03T00:01:00+00:00"),
        ("***STRICTLY EMBARGOED until 06.00 BST, 3rd March 2031***", "2031-03-03T05:00:00+00:00"),
        ("Embargoed for release until 10 a.m. ET March 3, 2031", "2031-03-03T15:00:00+00:00"),
        ("Embargo: 2031-03-03 00:01 UTC", "2031-03-03T00:01:00+00:00"),
        ("Under embargo until 3 March 2031", "2031-03-03"),
        ("NOT FOR PUBLICATION BEFORE 2200 HRS GMT, 3 March 2031", "2031-03-03T22:00:00+00:00"),
        ("Embargoed until 03/04/2031, noon UTC", "2031-04-03T12:00:00+00:00"),
        ("EMBARGOED UNTIL NOON, 3 MARCH", "2031-03-03T17:00:00+00:00"),
        ("FOR RELEASE AT 8:30 A.M. EST, WEDNESDAY, MARCH 3, 2031", "2031-03-03T13:30:00+00:00"),
        ("SPERRFRIST: 3. März 2031, 9 Uhr", "2031-03-03"),
        ("Sous embargo jusqu'au 3 mars 2031 à 9h30", "2031-03-03T14:30:00+00:00"),
        ("Embargado hasta el 3 de marzo de 2031", "2031-03-03"),
        ("Embargoed until the minister stands up", UNREADABLE),
        ("Embargoed till Monday", UNREADABLE),
        ("Embargoed until 23:00 PST 31 December 9999", UNREADABLE),
    ],
)
def test_a_notice_over_a_text_tells_when_it_ends(line: str, end: str) -> None:
    """In the words of press offices; the year and the zone may be those of the day it was sent."""
    assert embargo_over(f"PRESS RELEASE\n\n{line}\n\nThe ferry stops.", None, SENT) == end
    assert embargo_over("The ferry stops.", line, SENT) == end


@pytest.mark.parametrize(
    "line",
    [
        "FOR IMMEDIATE RELEASE",
        "For release in cinemas on 3 March 2031",
        "Release date: 3 March 2031",
        "Embargo on fish is lifted",
        "Embargo: what the fishermen say",
        "Embargoed goods were found in the harbour on 3 March 2031, police said.",
        "The embargo: what it means for 2031",
        "“Embargoed until 3 March 2031” was written over it, Ann Lee said.",
    ],
)
def test_what_only_speaks_of_one_is_none(line: str) -> None:
    """News of embargoes is news."""
    assert embargo_over(f"{line}\n\nThe ferry stops.", line, SENT) is None


def test_a_notice_far_down_is_no_notice() -> None:
    """It withholds what it stands over."""
    assert embargo_over("He left.\n" * 20 + "EMBARGOED UNTIL 3 MARCH 2099") is None


def test_a_year_that_is_left_out_is_the_next() -> None:
    """A release of December speaks of the January to come."""
    line = "EMBARGOED UNTIL 9 JANUARY"
    assert embargo_over(line, None, "2030-12-20T09:00:00+00:00") == "2031-01-09"


def test_the_text_is_refused_until_then_and_kept_after() -> None:
    """By mail, as text, in Markdown."""
    head = b"From: Press <p@x.example>\nSubject: Ferry\nDate: Tue, 25 Feb 2025 09:00:00 +0000\n\n"
    late, over = (
        f"EMBARGOED UNTIL 00:01 GMT MONDAY 3 MARCH {year}\n\nThe ferry stops.\n".encode()
        for year in (2098, 2025)
    )
    for name, before in (("a.eml", head), ("b.txt", b""), ("c.md", b"# Ferry\n\n")):
        (refused,) = read_uploads([(name, before + late)])
        assert isinstance(refused, Problem)
        assert refused.what.startswith("under an embargo until 2098-03-03T00:01:00")
        assert [isinstance(each, Problem) for each in read_uploads([(name, before + over)])] == [
            False
        ]


def test_a_notice_that_is_over_is_no_title() -> None:
    text = "EMBARGOED UNTIL 00:01 GMT MONDAY 3 MARCH 2025\n\nFerry stops at Lisle\n\nHe left.\n"
    (article,) = read_uploads([("a.txt", text.encode())])
    assert isinstance(article, Article)
    assert article.title == "Ferry stops at Lisle"
