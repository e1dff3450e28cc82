"""Word processors' documents as people leave them: tracked changes, controls, boxes, properties."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml

from index.reading.formats.office import read_docx, read_rtf, stated_author, stated_title
from index.reading.read_results import Source

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


def _docx(*paragraphs: str, author: str = "Ida Tal", title: str = "") -> bytes:
    """A document of paragraphs, each the XML of what is in it."""
    document = Document()
    document.core_properties.author, document.core_properties.title = author, title
    for number, inside in enumerate(paragraphs):
        document.element.body.insert(number, parse_xml(f"<w:p {_W}>{inside}</w:p>"))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _text(*paragraphs: str) -> object:
    return read_docx(_docx(*paragraphs), Source("x.docx")).record["body"]


def test_tracked_changes_are_accepted() -> None:
    """What was put in is text, what was struck or moved away is none."""
    inside = (
        _RUN.format("The board voted ")
        + f'<w:del w:id="1" w:author="e"><w:r><w:delText>ten</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="e">{_RUN.format("nine")}</w:ins>'
        f'<w:moveFrom w:id="3" w:author="e">{_RUN.format(" at last")}</w:moveFrom>'
        + _RUN.format(" to two.")
    )
    assert _text(inside) == "The board voted nine to two."


@pytest.mark.parametrize(
    "inside",
    [
        f"<w:sdt><w:sdtContent>{_RUN.format('He left.')}</w:sdtContent></w:sdt>",
        f"<w:hyperlink>{_RUN.format('He left.')}</w:hyperlink>",
        f"<w:smartTag>{_RUN.format('He ')}</w:smartTag>{_RUN.format('left.')}",
        f"<w:r><w:instrText> PAGE </w:instrText></w:r>{_RUN.format('He left.')}",
        f"{_RUN.format('He left.')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>No.</w:t></w:r>"
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>Never.</w:t></w:r>"
        '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t/></w:r>',
        f"{_RUN.format('He')}<w:r><w:tab/></w:r>{_RUN.format('left.')}",
    ],
    ids="control link tag field hidden tab".split(),
)
def test_words_are_text_whatever_they_stand_in(inside: str) -> None:
    """Forms, links and fields are markup around words."""
    assert _text(inside) == "He left."


def test_a_box_of_text_is_read_once() -> None:
    """Word writes it twice, for programs that do not know the newer way."""
    box = f"<w:txbxContent><w:p>{_RUN.format('In the box.')}</w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inside = (
        _RUN.format("Beside it.")
        + f"<w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert _text(inside) == "Beside it.\nIn the box."


def test_the_lines_over_a_text_are_details_and_a_byline_counts_most() -> None:
    """Its properties name who made the template."""
    lines = ("Mill closes", "By Max Roe", "3 May 2024", "He left, by Ida Tal’s account.")
    record = read_docx(_docx(*map(_RUN.format, lines)), Source("x.docx")).record
    assert record == {
        "title": "Mill closes",
        "author": "Max Roe",
        "published": "2024-05-03",
        "body": f"{lines[0]}\n{lines[3]}",
    }


def test_a_program_is_no_author_and_a_file_no_title() -> None:
    """Properties say what the program put there, where nobody has."""
    content = _docx(_RUN.format("He left."), author="Windows User", title="draft_v3.docx")
    record = read_docx(content, Source("x.docx")).record
    assert (record["title"], record["author"]) == (None, None)
    names = ("Microsoft Word - mill.doc", "Document1", "p04_0214.indd", "Untitled", " ")
    assert [stated_title(name) for name in names] == [None] * 5
    for name in ("Mill closes in 2031", "Untitled no more: the mill reopens"):
        assert stated_title(name) == name
    assert [stated_author(name) for name in ("admin", "Ida Tal")] == [None, "Ida Tal"]


def test_rich_text_tells_its_title_in_its_own_encoding() -> None:
    """Title and author stand in its `info`."""
    content = (
        rb"{\rtf1\ansi\ansicpg1252{\info{\title Caf\'e9 closes}{\author Ida Tal}}He left.\par}"
    )
    record = read_rtf(content, Source("x.rtf")).record
    assert record == {"body": "He left.", "title": "Café closes", "author": "Ida Tal"}
