"""What is cited when a citation is taken away."""

import pytest

from bot.rendering.excerpt import Excerpt, Voice
from index.schema import Article, Kind, Span

TEXT = "It rained. “No,”\nsaid \u202eAnn."


def excerpt(**details: str | None) -> Excerpt:
    return Excerpt(Article("a", TEXT, **details), Span(11, 27))


def test_the_words_are_one_line_and_spell_out_what_nobody_could_see() -> None:
    assert excerpt().words == "“No,” said <U+202E>Ann."


@pytest.mark.parametrize(
    ("kind", "said_by"),
    [("direct", "Ann (quoted)"), ("indirect", "Ann (reported)"), ("mixed", "Ann (partly quoted)"),
     (None, "Ann")],
)  # fmt: skip
def test_the_speaker_comes_with_how_they_are_reported(kind: Kind | None, said_by: str) -> None:
    voices = (Voice("Ann", kind), Voice("\u202eBo", "indirect"))
    assert Excerpt(Article("a", TEXT), Span(0, 1), voices[:1]).said_by == said_by
    both = Excerpt(Article("a", TEXT), Span(0, 1), voices)
    assert both.said_by == f"{said_by}, <U+202E>Bo (reported)"
    assert excerpt().said_by == ""


def test_a_quotation_that_goes_on_is_shown_as_cut() -> None:
    article = Article("a", TEXT)
    assert Excerpt(article, Span(11, 16), begins_inside=True).words == "[…] “No,”"
    assert Excerpt(article, Span(11, 16), ends_inside=True).words == "“No,” […]"


@pytest.mark.parametrize(
    ("published", "day"),
    [("2025-09-05", "2025-09-05"), ("2025-09-05T23:59:59+14:00", "2025-09-05"),
     ("2025-9-5", "2025-9-5"), ("Friday\n|x", "Friday |x"), ("", ""), (None, "")],
)  # fmt: skip
def test_the_day_is_iso_or_as_it_stands(published: str | None, day: str) -> None:
    assert excerpt(published=published).day == day


def test_a_permalink_is_a_web_address_or_nothing() -> None:
    assert excerpt().verbatim is None
    article = Article("a", TEXT)
    assert Excerpt(article, Span(0, 1), permalink="javascript:x").verbatim is None
    assert Excerpt(article, Span(0, 1), permalink="http://b/?q=a b").verbatim == "http://b/?q=a%20b"
