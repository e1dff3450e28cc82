"""Markdown as its programs write it: what a reader would see is text, what they do is none."""

import time

import pytest

from index.reading.formats.plain import MAX_MARKS, read_markdown
from index.reading.read_results import Source
from index.reading.records import RecordError


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ('He left.\n\n{{< figure src="a.jpg" title="A mill" >}}\n\nSo.', "He left.\nSo."),
        ("{{% notice tip %}}He left.{{% /notice %}}", "He left."),
        ("He left.\n{: .lead}\n\n{% include a.html %}\n\nSo.", "He left.\nSo."),
        ("[He left]({{ site.url }}/a).", "He left."),
        ("The [[Union of Millers|union]] of [[Port Lisle]] left.", "The union of Port Lisle left."),
        ("He ==left== town: a == b. ^p1", "He left town: a == b."),
        ("%% ask\nagain %%He left.\n\n![[mill.png]]", "He left."),
        ("> [!quote]- Ode\n> “He left.”", "Ode\n“He left.”"),
        ("#mill #port/lisle\n\nHe left.", "He left."),
        ("- [ ] He left.\n- [x] So.", "• He left.\n• So."),
        ("He left.[^1]\n\n[^1]: In May.", "He left.\nIn May."),
        (":::note\nHe left.\n:::\n\n![A mill](a.jpg){width=300 .wide}\n\nSo.", "He left.\nSo."),
        ("[TOC]\n\nHe left.\n\n*[GDP]: All that is made", "He left."),
        ('!!! note "Mind"\n    He left.\n\nSo.', "Mind\nHe left.\nSo."),
        ("CO~2~ rose 10^3^-fold, ~~not~~ at once.", "CO2 rose 10³-fold, at once."),
        ("<!-- ask -->\n# Gone\n\nBy Ann Lee\n\n4 March 2024\n\nHe left.", "Gone\nHe left."),
        ("# Gone\n\n#1 of them left.", "Gone\n#1 of them left."),
    ],
)
def test_the_marks_of_programs_are_read(written: str, seen: str) -> None:
    """Of Hugo, Jekyll, Obsidian and the flavours of Markdown."""
    assert read_markdown(written.encode(), Source("x.md")).record["body"] == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Body found\nPolice said he was old.", "Body found\nPolice said he was old."),
        ("The road is shut.\n09.10\nAnn Lee left.", "The road is shut.\n09.10\nAnn Lee left."),
        ("**Why now?**\nMy mother died.", "Why now?\nMy mother died."),
        ("It was late.\nShe left.", "It was late. She left."),
        ("“It is late,”\nAnn Lee said.", "“It is late,” Ann Lee said."),
        ("It is *all*\nvery\nwell", "It is all very well"),
        (
            "We met the head of the\nGreen party in Leeds on Monday, and Ann\nLee, who leads it.",
            "We met the head of the Green party in Leeds on Monday, and Ann Lee, who leads it.",
        ),
    ],
)  # fmt: skip
def test_a_heading_is_a_line_of_its_own_without_an_empty_one(written: str, seen: str) -> None:
    assert read_markdown(written.encode(), Source("x.md")).record["body"] == seen


def test_the_name_of_a_post_tells_its_day() -> None:
    """Unless the front matter does; what only looks like a day is none."""
    post, front = b"He left.", b"---\ndate: 2024-05-04\n---\nHe left."
    names = (("2024-05-03-mill.md", post), ("2024-05-03-mill.md", front), ("2024-25-03-x.md", post))
    days = [
        read_markdown(text, Source(f"posts/{name}")).record["published"] for name, text in names
    ]
    assert days == ["2024-05-03", "2024-05-04", None]


def test_a_draft_is_left_out() -> None:
    """Its front matter says so."""
    with pytest.raises(RecordError, match="left out: not published"):
        read_markdown(b"---\ntitle: Soon\ndraft: true\n---\nNo word of it.", Source("x.md"))


def test_properties_under_a_title_are_details() -> None:
    """As Notion exports them."""
    page = b"# Mill closes\n\nAuthor: Ida Tal\nDate: May 3, 2024\nTags: mill\n\nHe left."
    record = read_markdown(page, Source("x.md")).record
    details = (record["title"], record["author"], record["published"], record["body"])
    assert details == ("Mill closes", "Ida Tal", "2024-05-03", "Mill closes\nHe left.")


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Gone: a mill\nauthor: Ann Lee\ndate: 2024-03-04\n---\n",
        '{\n  "title": "Gone: a mill",\n  "author": "Ann Lee",\n  "date": "2024-03-04"\n}\n',
        "Title: Gone: a mill\nAuthor: Ann Lee\nDate: 4 March 2024\n",
        "<!-- ask -->\n# Gone: a mill\n\nBy Ann Lee\n\n4 March 2024\n",
        "# Gone: a mill\n\nBy Ann Lee in Lisle, 4 March 2024\n",
    ],
    ids="unquoted json fields heading byline".split(),
)
def test_details_over_a_text_are_read_however_they_are_written(front: str) -> None:
    record = read_markdown(f"{front}\nHe left.".encode(), Source("x.md")).record
    details = (record["title"], record["author"], record["published"])
    assert details == ("Gone: a mill", "Ann Lee", "2024-03-04")
    assert str(record["body"]).removeprefix("Gone: a mill\n") == "He left."


@pytest.mark.parametrize("piece", ["![", "- a\n", "a\n", "*a_ ", "[[a|", "^a"])
def test_more_marks_than_can_be_read_in_seconds_are_told_and_not_read(piece: str) -> None:
    text = piece * (MAX_MARKS + 1)
    with pytest.raises(RecordError, match=r"lines and marks of Markdown; a text may have 100,000"):
        read_markdown(text.encode(), Source("x.md"))


@pytest.mark.parametrize("sign", ["=", "!", ":", "-", "+", "#"])
def test_a_sign_that_marks_nothing_costs_no_more_than_a_letter(sign: str) -> None:
    """Each was a step of its own in the parser: thirty times the time."""

    def seconds(text: str) -> float:
        began = time.process_time()
        read_markdown(text.encode(), Source("a.md"))
        return time.process_time() - began

    assert seconds("a" + sign * 400_000) < 10 * seconds("a" * 400_000) + 0.1
