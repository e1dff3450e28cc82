"""What readers of a page do not see inside a line; what is opened by a click stays."""

import pytest
from lxml.html import fragment_fromstring

from index.reading.formats.page_unseen import drop_unseen


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
        ("<span hidden><br>A line of its own</span>", "A line of its own"),
    ],
)
def test_a_line_is_left_as_its_readers_see_it(inside: str, text: str) -> None:
    line = fragment_fromstring(f"<p>{inside}</p>")
    drop_unseen(line)
    assert line.text_content().endswith(text)
