"""Cited words as W3C Web Annotations."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.citation_formats import annotation, annotations, export
from bot.rendering.excerpt import Excerpt, Voice
from index.document import analyse
from index.schema import Article, Span

TEXT = "It rained. “No,” said Ann Lee, “never.” She left."
ARTICLE = Article("a", TEXT, "Rain", "Bo Li", "The Paper", "2025-09-05", "https://news.example/a#b")
ANN = (Voice("Ann Lee", "direct"),)
EXCERPT = Excerpt(ARTICLE, Span(11, 39), ANN, "https://bot.example/?a=1")


def test_it_names_words_place_speaker_source_and_version() -> None:
    record = annotation(EXCERPT)
    assert record.pop("id").startswith("urn:uuid:")
    assert record == {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}],
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {"type": "Software", "name": "Verbatim"},
        "body": [
            {
                "type": "TextualBody",
                "value": "Ann Lee",
                "purpose": "identifying",
                "format": "text/plain",
            },
            {
                "type": "TextualBody",
                "value": "quoted",
                "purpose": "tagging",
                "format": "text/plain",
            },
        ],
        "via": "https://bot.example/?a=1",
        "target": {
            "type": "SpecificResource",
            "source": {
                "id": "https://news.example/a#b",
                "type": "Text",
                "schema:sha256": ARTICLE.version,
                "schema:headline": "Rain",
                "schema:author": "Bo Li",
                "schema:publisher": "The Paper",
                "schema:datePublished": "2025-09-05",
            },
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "“No,” said Ann Lee, “never.”",
                    "prefix": "It rained. ",
                    "suffix": " She left.",
                },
                {"type": "TextPositionSelector", "start": 11, "end": 39},
            ],
        },
    }


def test_what_is_not_known_is_left_out() -> None:
    record = annotation(Excerpt(Article("a", TEXT, url="javascript:alert(1)"), Span(0, 10)))
    assert record["motivation"] == "highlighting"
    assert not {"body", "via"} & record.keys()
    source = record["target"]["source"]
    assert source.keys() == {"id", "type", "schema:sha256"}
    assert source["id"].startswith("urn:uuid:")


def test_the_name_stands_for_words_and_version() -> None:
    name = annotation(EXCERPT)["id"]
    assert annotation(EXCERPT)["id"] == name
    others = (
        replace(EXCERPT, span=Span(0, 10)),
        replace(EXCERPT, voices=(*ANN, Voice("Bo Li"))),
        replace(EXCERPT, article=replace(ARTICLE, text=TEXT + " ")),
        replace(EXCERPT, article=replace(ARTICLE, id="b")),
    )
    assert len({name, *(annotation(other)["id"] for other in others)}) == 5


def test_an_articles_statements_are_a_page_with_a_target_for_each_piece() -> None:
    statements = analyse(ARTICLE).statements
    page = annotations(ARTICLE, [(statement, "Ann Lee") for statement in statements])
    assert page["type"] == "AnnotationPage"
    assert page["id"].startswith("urn:uuid:")
    (item,) = page["items"]
    assert "@context" not in item
    exact = [target["selector"][0]["exact"] for target in item["target"]]
    assert exact == [piece.of(TEXT) for piece in statements[0].content] == ["“No,”", "“never.”"]


@given(st.text(min_size=1), st.data())
def test_the_selectors_give_the_words_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    record = json.loads(export(Excerpt(Article("a", text), span, (Voice(text),)), "json-ld"))
    quotation, position = record["target"]["selector"]
    assert quotation["exact"] == text[position["start"] : position["end"]] == span.of(text)
    around = quotation["prefix"] + quotation["exact"] + quotation["suffix"]
    assert around in text
    assert record["body"][0]["value"] == text
