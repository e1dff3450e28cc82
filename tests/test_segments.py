import pytest

from bot.rendering.segments import Segment, cut
from index.document import analyse
from index.schema import Article, Span, Speaker, Statement

TEXT = "“No,” he said, “never.” Ann Lee said that Bob said it rains."


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


HE = Statement(Speaker("Ann Lee", at("he")), at("said"), (at("“No,”"), at("“never.”")), "direct")
INNER = Statement(Speaker("Bob", at("Bob")), Span(46, 50), (at("it rains"),), "indirect")
OUTER = Statement(
    Speaker("Ann Lee", at("Ann Lee")), Span(31, 35), (at("that Bob said it rains"),), "indirect"
)
FIRST = at("“No,” he said, “never.”")


def words(segments: list[Segment]) -> list[tuple[str, tuple[str, ...]]]:
    return [(segment.span.of(TEXT), segment.roles) for segment in segments]


def test_a_sentence_is_cut_into_speaker_cue_and_content() -> None:
    assert words(cut(FIRST, [HE])) == [
        ("“No,”", ("content",)),
        (" ", ()),
        ("he", ("speaker",)),
        (" ", ()),
        ("said", ("cue",)),
        (", ", ()),
        ("“never.”", ("content",)),
    ]


def test_the_last_piece_of_a_content_names_its_speaker() -> None:
    assert [s.speakers for s in cut(FIRST, [HE]) if s.roles == ("content",)] == [(), ("Ann Lee",)]


def test_a_statement_within_another_has_both_parts() -> None:
    segments = cut(at("Ann Lee said that Bob said it rains."), [OUTER, INNER])
    roles = {segment.span.of(TEXT): set(segment.roles) for segment in segments}
    assert roles["Bob"] == {"speaker", "content"}
    assert roles["it rains"] == {"content"}
    assert segments[-2].speakers == ("Ann Lee", "Bob")


def test_other_spans_cut_too_and_what_lies_outside_does_not() -> None:
    never = at("“never.”")
    assert words(cut(never, [], Span(0, 2), Span(never.start + 1, 100))) == [
        ("“", ()),
        ("never.”", ()),
    ]


@pytest.mark.parametrize("statement", analyse(Article("a", TEXT)).statements)
def test_a_statement_without_parts_in_the_span_leaves_it_whole(statement: Statement) -> None:
    assert cut(Span(len(TEXT), len(TEXT) + 5), [statement]) == [Segment(Span(60, 65))]


def test_the_segments_of_an_article_are_its_text(article: Article) -> None:
    analysis = analyse(article)
    for sentence in analysis.sentences:
        pieces = cut(sentence.span, analysis.statements)
        assert "".join(p.span.of(article.text) for p in pieces) == sentence.span.of(article.text)
    whole = cut(Span(0, len(article.text)), analysis.statements)
    assert "".join(piece.span.of(article.text) for piece in whole) == article.text
    assert sum("cue" in piece.roles for piece in whole) > 15
