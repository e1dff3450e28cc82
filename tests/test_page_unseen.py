"""What readers of a page do not see inside a line; what is opened by a click stays."""

import pytest
from lxml.html import fragment_fromstring

from index.reading.formats.page.unseen import drop_unseen


@pytest.mark.parametrize(
    "page",
    [
        "<p>He left<i><a href='#c1' id=r1>[a]</a></i>.</p><p><a href='#r1' id=c1>[a]</a>ask</p>",
        "<p>He left<sup id=r1><a href='#c1'>1</a></sup>.</p><ol><li id=c1>ask <a href='#r1'>^</a>",
        "<p>He left<a href='#c1' name=r1>[1]</a>.</p><p><a href='x.htm#r1' name=c1>[1]</a> ask</p>",
    ],
    ids="comment list named".split(),
)
def test_the_marks_of_notes_and_the_notes_are_taken_out(page: str) -> None:
    whole = fragment_fromstring(f"<div>{page}</div>")
    drop_unseen(whole)
    assert whole.text_content().strip() == "He left."


def test_links_within_a_page_that_do_not_lead_back_stay() -> None:
    page = "<div><p id=p1><a href='#p1'>1</a> He left.</p><p>See <a href='#p1'>one</a>.</p></div>"
    whole = fragment_fromstring(page)
    drop_unseen(whole)
    assert whole.text_content() == "1 He left.See one."


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("Mayor <a>Lee</a><span><img><a>Ann Lee</a><a>More on her</a></span> left.", "Lee left."),
        ("See <a>Lee</a><i><a>One</a> <a>Two</a> <a>Three</a></i> here.", "Lee here."),
        ("The <a>plan<span class='sr-only'> (opens in a new tab)</span></a> fell.", "plan fell."),
        ("The GDP<span role=tooltip>All that is made.</span> fell.", "GDP fell."),
        ("The lock<span itemprop=keywords>canal, lock</span> is shut.", "lock is shut."),
        ("She met <b><a>Lee</a>, <a>Orr</a>, <a>Kay</a></b> here.", "met Lee, Orr, Kay here."),
        ("He left<span hidden> at noon. He said so.</span>", "left at noon. He said so."),
        ("It cost <del>40.</del> 50.", "It cost  50."),
        ("It <s><br>He left.</s>cost 50.", "It cost 50."),
        ("<span hidden><br>A line of its own</span>", "A line of its own"),
    ],
)
def test_a_line_is_left_as_its_readers_see_it(inside: str, text: str) -> None:
    line = fragment_fromstring(f"<p>{inside}</p>")
    drop_unseen(line)
    assert line.text_content().endswith(text)
