"""JSON files: a bad line costs that line and is named by its number."""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading.formats import jsonl
from index.reading.formats.jsonl import read_json, read_jsonl, read_records
from index.reading.read_results import Problem, ReadResult, Source
from index.schema import Article

GOOD = b'{"id": "a", "body": "He left."}'


def lines(content: bytes) -> list[ReadResult]:
    """Read the bytes as JSON lines."""
    return list(read_jsonl(BytesIO(content), Source("x.jsonl")))


def document(content: bytes) -> list[ReadResult]:
    """Read the bytes as one JSON document."""
    return list(read_json(BytesIO(content), Source("x.json")))


def good(readings: list[ReadResult]) -> list[Article]:
    """The articles among the readings."""
    return [reading for reading in readings if isinstance(reading, Article)]


def problems(readings: list[ReadResult]) -> list[str]:
    """The problem lines among the readings."""
    return [str(reading) for reading in readings if isinstance(reading, Problem)]


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (b"{", "not JSON"),
        (b"null", "null, not a JSON object"),
        (b"[]", "a list, not a JSON object"),
        (b'"He left."', "text, not a JSON object"),
        (b"17", "a number, not a JSON object"),
        (b"{}", "no body"),
        (b'{"id": "b", "title": "No text"}', "no body"),
        (b'{"body": [7]}', "the body is a list"),
        (b'{"body": "caf\xe9"}', "not UTF-8: byte 14"),
        (b'{"body": "\\ud83d"}', "surrogate"),
        (b'{"body": "\\u0000"}', "binary"),
        (b"[" * 100_000, "nesting too deep"),
        (b'{"n": ' + b"9" * 10_000 + b"}", "a number too long"),
        (GOOD, "left out: it has the id, guid or address of line 1"),
    ],
)
def test_one_bad_line_is_named_and_the_others_are_kept(bad: bytes, what: str) -> None:
    """The third line is bad; the first and the last are read."""
    after = b'{"id": "c", "text": "She stayed."}'
    readings = lines(GOOD + b"\n\n" + bad + b"\n" + after)
    assert [article.id for article in good(readings)] == ["a", "c"]
    (problem,) = problems(readings)
    assert problem.startswith("x.jsonl:3: ")
    assert what in problem


def test_line_ends_within_strings_and_both_line_ends_between_records() -> None:
    """Only a line feed ends a record; what else ends lines may stand in a body."""
    body = "One.\r\nTwo.\u2028Three.\x85Four."
    line = json.dumps({"body": body}, ensure_ascii=False).encode()
    readings = lines(line + b"\r\n" + GOOD + b"\r\n")
    assert [article.text for article in good(readings)] == [body, "He left."]
    assert problems(readings) == []


def test_byte_order_mark_is_accepted() -> None:
    """Editors put it there; it is no part of the JSON."""
    assert len(good(lines(b"\xef\xbb\xbf" + GOOD))) == 1
    assert len(good(document(b"\xef\xbb\xbf" + GOOD))) == 1


def test_utf_16_is_one_problem_not_one_a_line() -> None:
    """The whole file is in the wrong encoding, and that is said once."""
    content = (GOOD + b"\n").decode().encode("utf-16") * 3
    assert problems(lines(content)) == ["x.jsonl: UTF-16; save the file as UTF-8"]


def test_an_endless_line_is_skipped_and_the_next_one_read() -> None:
    """No line is held in memory beyond the limit."""
    long = b'{"body": "' + b"x" * jsonl.MAX_LINE + b'"}\n'
    readings = lines(long + GOOD)
    assert problems(readings) == [f"x.jsonl:1: line longer than {jsonl.MAX_LINE:,} bytes"]
    assert [article.id for article in good(readings)] == ["a"]


def test_json_holds_one_article_or_a_list() -> None:
    """A list is read entry by entry, as lines are."""
    assert [article.id for article in good(document(GOOD))] == ["a"]
    readings = document(b"[" + GOOD + b', 5, {"body": "x"}, ' + GOOD + b"]")
    assert [article.text for article in good(readings)] == ["He left.", "x"]
    assert problems(readings) == [
        "x.json: article 2: a number, not a JSON object",
        "x.json: article 4: left out: it has the id, guid or address of article 1",
    ]


def test_broken_json_is_named_by_its_line() -> None:
    """The line and column are those of the file."""
    (problem,) = problems(document(b'[{"body": "x"},\n\n{"body": }]'))
    assert problem == "x.json: not JSON: Expecting value at line 3, column 10"


def test_an_unfit_detail_is_told_beside_the_article() -> None:
    """Such a problem says that the article itself was kept."""
    readings = lines(b'{"id": "a", "body": "He left.", "published": "soon"}')
    assert len(good(readings)) == 1
    assert [p for p in readings if isinstance(p, Problem)] == [
        Problem(
            "x.jsonl:1",
            "article kept without its published: 'soon' is not an ISO 8601 date or time",
            kept=True,
        )
    ]


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
_keys = st.sampled_from(["id", "title", "author", "source", "published", "url", "body", "text"])
_records = st.dictionaries(_keys, _values).map(lambda record: json.dumps(record).encode())
_pages = st.lists(st.binary() | _records | st.just(GOOD)).map(b"\n".join)


@settings(deadline=None)
@given(content=_pages)
def test_any_bytes_give_articles_or_problem_lines(content: bytes) -> None:
    """Nothing in a file raises, and what comes out of it is sound."""
    for readings in (lines(content), document(content)):
        for article in good(readings):
            article.text.encode()
            assert article.text.strip()
            assert article.id
        for problem in problems(readings):
            assert problem.startswith("x.json")
            assert "\n" not in problem
        kept = [article.id for article in good(readings)]
        assert len(kept) == len(set(kept))


@settings(deadline=None)
@given(before=st.lists(st.binary().filter(lambda line: b"\n" not in line), max_size=5))
def test_whatever_stands_before_a_good_line_it_is_read(before: list[bytes]) -> None:
    """No content of the lines before it can hide a good line."""
    readings = lines(b"\n".join([b"", *before, GOOD]))
    assert [article.text for article in good(readings)] == ["He left."]


def test_records_that_were_never_a_file_are_read_alike() -> None:
    """Each is named by its place in the list; the good ones are kept."""
    readings = list(read_records([{"body": "He left.", "title": "Gone"}, 7, {"title": "No body"}]))
    assert [article.title for article in good(readings)] == ["Gone"]
    assert problems(readings) == [
        "article 2: a number, not a JSON object",
        "article 3: no body: an article needs its text in “body” (or “text”)",
    ]


def test_lines_under_the_name_of_a_document_are_read_as_lines() -> None:
    readings = document(GOOD + b'\n{bad\n{"body": "She left."}\n')
    assert [article.text for article in good(readings)] == ["He left.", "She left."]
    assert len(problems(readings)) == 1


def test_articles_under_keys_of_their_own_are_a_list() -> None:
    kept = {"7": {"title": "One", "body": "He left."}, "9": {"title": "Two", "body": "So."}}
    assert [article.title for article in good(document(json.dumps(kept).encode()))] == [
        "One",
        "Two",
    ]


def test_another_encoding_is_read_where_it_is_sure() -> None:
    text = json.dumps(
        {"body": "“No,” said Zoë at the café, and they left with her."}, ensure_ascii=False
    )
    assert good(document(text.encode("utf-16")))[0].text.startswith("“No,” said Zoë")
    readings = document(text.encode("cp1252"))
    assert good(readings)[0].text.startswith("“No,” said Zoë")
    assert problems(readings) == ["x.json: read as windows-1252; save the file as UTF-8 to be sure"]
