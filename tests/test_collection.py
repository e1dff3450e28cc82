"""A collection as a file: what articles hold comes out as text in each format."""

import csv
import io
from dataclasses import replace

from docx import Document

from bot.rendering.collection import collect
from bot.rendering.excerpt import Excerpt, Voice
from index.schema import Article, Span

WORDS = "=cmd|' /C calc'!A1 “Yes,” Ann said.\x07 **b** <i>\nIt rained."
ARTICLE = Article(
    "a,1", WORDS, '+Title, "quoted"', "Bo", "@Post", "2024-05-06", "https://post.example/1"
)
WHOLE = Excerpt(ARTICLE, Span(0, len(WORDS)), (Voice("Ann <Lee>", "direct"),))
BARE = Excerpt(Article("b", "It rained."), Span(0, 10))
SEEN = "=cmd|' /C calc'!A1 “Yes,” Ann said.<U+0007> **b** <i> It rained."


def test_a_table_has_a_row_for_each_and_no_cell_is_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(collect([WHOLE, BARE], "csv").decode("utf-8-sig"))))
    first, second = rows
    assert first["speaker"] == "Ann <Lee> (quoted)"
    assert first["text"] == f"'{SEEN}"
    assert (first["title"], first["outlet"]) == ('\'+Title, "quoted"', "'@Post")
    assert (first["date"], first["article"]) == ("2024-05-06", "a,1")
    assert first["address"].startswith("https://post.example/1#")
    assert (second["text"], second["speaker"], second["address"]) == ("It rained.", "", "")
    assert int(second["end"]) == 10


def test_a_document_has_the_words_and_their_source() -> None:
    document = Document(io.BytesIO(collect([WHOLE, BARE], "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[1] == SEEN
    assert texts[2].startswith('Ann <Lee> (quoted) · +Title, "quoted" · @Post · 2024-05-06 · http')
    assert texts[3:] == ["It rained.", ""]


def test_what_no_xml_holds_is_spelled_out_and_no_wide_sign_begins_a_formula() -> None:
    odd = replace(WHOLE, article=Article("c", "\uff1d1 \ufffe\uffff", "\uff20"), span=Span(0, 5))
    document = Document(io.BytesIO(collect([odd], "docx")))
    assert document.paragraphs[1].text == "\uff1d1 <U+FFFE><U+FFFF>"
    (row,) = csv.DictReader(io.StringIO(collect([odd], "csv").decode("utf-8-sig")))
    assert (row["text"][:2], row["title"]) == ("'\uff1d", "'\uff20")


def test_markdown_has_a_quotation_for_each() -> None:
    made = collect([WHOLE, BARE], "markdown").decode()
    assert made.startswith("# Collected with Verbatim\n\n> ")
    assert made.count("\n> ") == 3
    assert "\\*\\*b\\*\\* \\<i\\>" in made
