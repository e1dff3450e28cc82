"""Plain texts as wires and databases give them: the marks around a text are none of it."""

import pytest

from index.reading.formats.plain import read_text
from index.reading.formats.wire_marks import byline_in, text_and_details
from index.reading.read_results import Source

TEXT = "The mill closes in May, its owner said.\n\n“Flour has had its day,” said Gus Ode."
FIRST, _, LAST = TEXT.partition("\n\n")


def test_details_that_stand_over_a_text_are_its_details() -> None:
    """As databases of the press give them, with fields that say nothing here."""
    head = (
        "Headline: Mill closes\nByline: By Ida Tal\nPublication: Mill Post\nSection: Trade\n"
        "Date: 3 May 2024\nLength: 12 words\n\n"
    )
    found = read_text((head + TEXT).encode(), Source("x.txt")).record
    expected = ("Mill closes", "Ida Tal", "Mill Post", "2024-05-03", TEXT)
    names = ("title", "author", "source", "published", "body")
    assert tuple(found[name] for name in names) == expected


@pytest.mark.parametrize(
    "wire",
    [
        f"^BC-Mill,1st Ld-Writethru<\n^Mill closes in May<\n^By IDA TAL=\n^Wire=\n{FIRST}\n(MORE)\n"
        f"\n^Mill, 1st add<\n\n{LAST}\n   -30-\n",
        f"Mill-Closure (TOP)\n\n{TEXT}\n\nENDIT\n\n030715 MAY 24\n",
        f"{FIRST}\n\n- more -\n\nMILL CLOSES ADD 1\n\n{LAST}\n\n# # #\n",
        f"{TEXT}\n\n-ENDS-\n",
        f"PW0412 4 GEN 0210 MILL\nBC-MILL-CLOSURE\n{TEXT}\n((desk@pw.example; 555 0123))\nNNNN\n",
        f"FOR IMMEDIATE RELEASE\n\n{TEXT}\n\n- ENDS -\n\nNotes to editors\n\n{LAST * 3}\n",
    ],
    ids="coded slug release ends codes notes".split(),
)
def test_the_marks_of_wires_are_no_text(wire: str) -> None:
    """Slugs, the turns of pages and the end."""
    text, _ = text_and_details(wire)
    assert [line for line in text.split("\n") if line] == [FIRST, LAST]


def test_the_lines_over_a_text_tell_title_author_and_day() -> None:
    """A headline stands over a byline, if there is no empty line; a dateline may have a year."""
    head = "Mill closes in May (2nd Lead)\nBy Ida Tal\nLISLE, May 3, 2024 (PW) - "
    found = read_text((head + TEXT).encode(), Source("x.txt")).record
    assert (found["title"], found["author"], found["published"]) == (
        "Mill closes in May",
        "Ida Tal",
        "2024-05-03",
    )
    assert found["body"] == head + TEXT


def test_codes_tell_headline_and_byline() -> None:
    """In the lines that the wires' own transmission marks."""
    _, details = text_and_details("^BC-Mill<\n^Mill closes in May<\n^By IDA TAL=\nHe left.\n")
    assert details == {"title": "Mill closes in May", "author": "Ida Tal"}


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"\n  {TEXT}\r\n\n",
        f"Date: the fruit of the palm.\n\n{TEXT}",
        f"Lee: He left.\nOde: I did not.\n\n{TEXT}",
        f"MORE\n\n{TEXT}\n\nends",
        f"{TEXT}\n\nEND\n\n{TEXT * 3}",
    ],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    """Character for character."""
    assert text_and_details(text) == (text, {})


def test_a_byline_under_a_headline_names_the_author() -> None:
    """A sentence that begins so does not."""
    assert byline_in(f"Mill closes\n\nBy Ida Tal and MAX ROE, Trade Staff\n\n{TEXT}") == (
        "Ida Tal; Max Roe"
    )
    assert byline_in(f"By Ida Tal, PRESSWIRE Trade\n\n{TEXT}") == "Ida Tal"
    assert byline_in(f"By Ida Tal, Mill Times\n\n{TEXT}") == "Ida Tal"
    assert byline_in(f"Words: Ida Tal\n\n{TEXT}") == "Ida Tal"
    for line in ("By March, Ida Tal, the owner, had left.", "By the mill", f"{TEXT}\n" * 3):
        assert byline_in(f"{line}\n{TEXT}") is None


def test_labels_of_databases_around_a_text_are_its_details() -> None:
    """In capitals, over it and under it."""
    text = f"Mill Post\n\nBYLINE: Ida Tal\n\nSECTION: NEWS\n\n{TEXT}\n\nLOAD-DATE: May 4, 2024\n"
    rest, details = text_and_details(text)
    assert details == {"author": "Ida Tal"}
    assert [line for line in rest.split("\n") if line] == ["Mill Post", FIRST, LAST]
