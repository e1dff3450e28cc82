import pytest

from index.language.paragraphs import find_paragraphs

WRAPPED = (
    "The council of Oxmere will sell its two swans and both of its\n"
    "rowing boats before the winter, the treasurer, Una Prowse,\n"
    "said on Monday.\n"
    "\n"
    "“Swans eat, and boats rot,” she told the meeting. “I looked at\n"
    "the books and found that a duck would do.”\n"
)


def paragraphs(text: str) -> list[str]:
    """The paragraphs' words."""
    return [span.of(text) for span in find_paragraphs(text)]


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    found = paragraphs(WRAPPED)
    assert [line[:11] for line in found] == ["The council", "“Swans eat,"]
    assert found[0].endswith("said on Monday.")
    assert "rowing boats" in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "The plan to fence the dunes was called “a cage for sand” by Ann\nLee, who chairs\nthe "
        "beach trust. Councillor Bo\nOrr said that nobody had\nasked the terns.",
        "Just two of the nine ferries on the sound ran on\nSunday, said\nharbour master Ida Quell.",
        "Ida Quell said she would not stand again. “I have been\nhere for nine years.\nIt is "
        "enough,” she said in\na letter.",
        "The builder, Sami Holt, says the roof will cost\n“twice what the\nchurch did”.",
    ],
)
def test_a_sentence_over_lines_of_any_length_is_in_one_paragraph(text: str) -> None:
    assert paragraphs(text) == [text]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Pier to close\nby Ann Lee\nThe pier will close, said the line, which\nruns it.", 3),
        ("Present\nAnn Lee\nBo Orr\nThe chair said the roof of the hall was\nleaking.", 4),
        ("Two eggs\n100 g of flour\na pinch of salt\nMix it all and bake.", 4),
        ("a swan that has not been fed since March\na boat that nobody ever painted\na duck", 3),
    ],
)
def test_lines_under_one_another_are_no_running_sentence(text: str, lines: int) -> None:
    assert len(paragraphs(text)) == lines


def test_an_indented_line_begins_a_paragraph() -> None:
    assert len(paragraphs(WRAPPED.replace("\n\n", "\n    "))) == 2


def test_one_long_line_in_a_wrapped_text_changes_nothing() -> None:
    address = "https://oxmere.example/" + "a" * 120
    body = WRAPPED * 4
    assert paragraphs(f"{body}\n{address}\n")[:-1] == paragraphs(body)


@pytest.mark.parametrize(
    "text",
    [
        "One.\nTwo.\nThree.",
        "Name: Una Prowse\nOffice: Treasurer of the council of Oxmere\nAge: 61",
        "MONDAY: Fog along the whole of the coast until noon, then sun.\n"
        "TUESDAY: Rain from the west, heavy at times over the high hills.\n"
        "FRIDAY: Snow.",
        "- a swan that has not been fed since the council met in March\n"
        "- a boat that has not been painted since the council met in May\n"
        "- a duck",
        "[00:01] UNA PROWSE: The swans are to be sold before the first frost.\n"
        "[00:09] HAL OAKES: Who is to buy a swan in the middle of a winter?\n",
    ],
)
def test_lines_of_lists_tables_and_transcripts_stay_apart(text: str) -> None:
    assert paragraphs(text) == [line for line in text.split("\n") if line]


def test_a_line_that_breaks_off_goes_on() -> None:
    assert paragraphs("“It sank,”\nsaid Una Prowse.\nShe left.") == [
        "“It sank,”\nsaid Una Prowse.",
        "She left.",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", " \u2028 ", "a", "\r\na\rb\r\n"])
def test_any_text_is_covered(text: str) -> None:
    assert " ".join(paragraphs(text)).split() == text.split()
