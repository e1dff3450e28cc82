"""XML as it comes: element by element, in little memory, and nothing of this machine in it."""

import tracemalloc
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.reading.records import RecordError
from index.reading.xml import elements, repaired, text


def texts(content: bytes | str, stated: str | None = None) -> list[str]:
    """The text of each `a` element."""
    file = BytesIO(content if isinstance(content, bytes) else content.encode())
    return [text(element) for element in elements(file, ("a",), stated)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<r><a>1</a><b>2</b><n:a xmlns:n='u'>3</n:a></r>", ["1", "3"]),
        ("  \n<?xml version='1.0' encoding='utf-16'?><r><a>“1”</a></r>", ["“1”"]),
        (
            "<r><a>A & B &amp; AT&T &nbsp;&ldquo;&nosuch; &#8220;</a>",
            ["A & B & AT&T \xa0“&nosuch; “"],
        ),
        ("<r><a><![CDATA[A & <b> &amp; &nbsp;]]> & </a>", ["A & <b> &amp; &nbsp; & "]),
        ("<r><a>2 < 3 <3 <b c='<'>x</a>", ["2 < 3 <3 <b c='<'>x"]),
        ("<r><a>1<b>2</a><a>3</a></r>", ["3", "12"]),
        ("<r><a>1<p><a>2</a></p>3</a></r>", ["2", "13"]),
        ("<r><a>&#0;&#xD800;&#xFFFF;&#99999999;&#x1F600;</a>", ["\ufffd\ufffd\ufffd&#99999999;😀"]),
        ("<r/>", []),
        ("", []),
    ],
)
def test_elements_are_read_as_far_as_they_can_be(content: str, found: list[str]) -> None:
    assert texts(content) == found


@pytest.mark.parametrize(
    ("declared", "stated"),
    [("utf-8", None), ("iso-8859-1", None), ("utf-8", "iso-8859-1"), ("punycode", "klingon")],
)
def test_the_encoding_is_what_is_stated_or_what_it_is(declared: str, stated: str | None) -> None:
    for codec in ("utf-8", "cp1252"):
        content = f"<?xml version='1.0' encoding='{declared}'?><r><a>“Zoë”</a></r>".encode(codec)
        assert texts(content, stated) == ["“Zoë”"]


def test_entities_are_not_resolved_and_no_file_is_read() -> None:
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    head = f"<!DOCTYPE r [<!ENTITY e0 'x'>{bomb}<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    (found,) = texts(f"{head}<r><a>1 &e9; &f;</a></r>")
    assert "root:" not in found
    assert len(found) < 100


def test_what_breaks_off_is_an_error_after_what_is_whole() -> None:
    file = BytesIO(b"<r><a>1</a><a>2")
    found = elements(file, ("a",))
    assert text(next(found)) == "1"
    with pytest.raises(RecordError, match="ends in the middle"):
        next(found)


class Endless(BytesIO):
    """A file that says the same so many times."""

    def __init__(self, begin: bytes, again: bytes, times: int) -> None:
        super().__init__()
        self._parts = iter([begin, *[again] * times])

    def read(self, _size: int | None = -1) -> bytes:
        """The next part, however much is asked for."""
        return next(self._parts, b"")


def test_a_file_of_any_length_is_read_in_little_memory() -> None:
    file = Endless(b"<r>", b"<a>" + b"x" * 60_000 + b"</a>\n", 1000)
    tracemalloc.start()
    n = sum(1 for _ in elements(file, ("a",)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert n == 1000
    assert peak < 10_000_000


def test_an_element_without_end_is_refused() -> None:
    file = Endless(b"<r><a>", b"x" * 60_000, 1000)
    with pytest.raises(RecordError, match="characters in one element"):
        list(elements(file, ("a",)))


@given(st.text(alphabet=st.sampled_from("<>/![]CDAT-& ab;#x1\"='?")), st.integers(1, 7))
@example("<A&>]", 1)
def test_where_a_text_is_cut_does_not_matter(content: str, size: int) -> None:
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    assert "".join(repaired(pieces)) == "".join(repaired([content]))
