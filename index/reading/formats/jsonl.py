"""Reads articles from `.jsonl` (one a line) and `.json` (one, or a list of them).

A bad line costs that line, never the file. Memory stays at one line, however long the file. An
export of Ghost keeps beside its posts who wrote what, and whose they are.
"""

import io
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from index.reading.formats.fields import article_fields, has_text
from index.reading.formats.linked_data import articles_in, is_linked
from index.reading.formats.ninjs import is_ninjs, read_ninjs
from index.reading.formats.plain import decoded_text
from index.reading.read_results import Problem, ReadResult, Source, mapping, read_one
from index.reading.records import RecordError

MAX_LINE = 20 * 2**20
MAX_JSON = 100 * 2**20
# How far an object is looked into for the articles that it is around.
_DEEPEST = 5
_MOST = 1_000
_LOOKED_AT = 20
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_KEYS = frozenset(("id", "post_id", "author_id"))


def read_jsonl(file: BinaryIO, source: Source) -> Iterator[ReadResult]:
    """Every article of a JSON-lines file, a problem for each line that holds none."""
    for number, line in enumerate(_lines(file), 1):
        where = f"{source.place}:{number}"
        if number == 1 and line is not None and line.startswith(_UTF_16):
            yield Problem(source.place, "UTF-16; save the file as UTF-8")
            return
        if line is None:
            yield Problem(where, f"line longer than {MAX_LINE:,} bytes")
        elif line.strip():
            yield from read_one(partial(_parsed, line), where, f"line {number}", source.seen)


def read_json(file: BinaryIO, source: Source) -> Iterator[ReadResult]:
    """The article, or the list of articles, that a JSON file holds."""
    content = file.read(MAX_JSON + 1)
    if len(content) > MAX_JSON:
        problem = f"over {MAX_JSON:,} bytes; write it as .jsonl, one article a line"
        yield Problem(source.place, problem)
        return
    try:
        text, notes = decoded_text(content, source)
        is_lined = _is_lined(text)
        value = None if is_lined else _value(text)
    except RecordError as error:
        yield Problem(source.place, str(error))
        return
    yield from (Problem(source.place, line, kept=True) for line in notes)
    if is_lined:
        yield from read_jsonl(io.BytesIO(text.encode("utf-8", "replace")), source)
        return
    listed = value if isinstance(value, list) else posts_of(value) or _listed(value)
    if listed and isinstance(value, dict) and (given := _given_by(value)):
        listed = [_with_given(each, given) for each in listed]
    if listed is not None:
        yield from read_records(listed, f"{source.place}: ")
    else:
        yield from read_one(partial(_record, value), source.place, "above", source.seen)


def _is_lined(text: str) -> bool:
    """Whether it is an object a line, under the name of a file that is one."""
    first, _, rest = text.lstrip().partition("\n")
    if not (first.startswith("{") and first.rstrip().endswith("}") and rest.lstrip()):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _listed(value: object) -> list[object] | None:
    """The articles of what is only around them: {"response": {"articles": [{...}, ...]}}."""
    if not isinstance(value, dict) or is_ninjs(value) or has_text(value):
        return None
    if is_linked(value) and (articles := articles_in(value)):
        return [*articles] if len(articles) > 1 else None
    lists = list(_lists(value))
    texts = (each for each in lists if any(map(_has_text, each[:_LOOKED_AT])))
    return next(texts, lists[0] if len(lists) == 1 else None)


def _given_by(value: dict[str, object]) -> dict[str, object]:
    """What a JSON Feed says for those of its entries that do not (https://jsonfeed.org)."""
    if "jsonfeed.org" not in str(value.get("version")):
        return {}
    return {"source": value.get("title"), "author": value.get("authors") or value.get("author")}


def _with_given(entry: object, given: Mapping[str, object]) -> object:
    if not isinstance(entry, dict):
        return entry
    own = {"author"} if entry.get("authors") or entry.get("author") else set()
    return {key: value for key, value in given.items() if key not in own} | entry


def _lists(value: dict[str, object]) -> Iterator[list[object]]:
    """The lists of objects in an object, the outer ones first; an article alone is one of one."""
    waiting: deque[tuple[object, int]] = deque([(value, 0)])
    looked_at = 0
    while waiting and looked_at < _MOST:
        each, depth = waiting.popleft()
        looked_at += 1
        if isinstance(each, list) and each and all(isinstance(one, dict) for one in each):
            yield each
            waiting.extend((one, depth + 1) for one in each[:1] if depth < _DEEPEST)
        elif isinstance(each, dict) and depth < _DEEPEST:
            if len(each) > 1 and all(map(_has_text, islice(each.values(), _LOOKED_AT))):
                yield list(each.values())  # each under its key
            if depth and has_text(each, "title"):
                yield [each]
            waiting.extend((one, depth + 1) for one in islice(each.values(), _MOST))


def _has_text(value: object) -> bool:
    return isinstance(value, dict) and (is_ninjs(value) or has_text(value))


def read_records(values: Iterable[object], place: str = "") -> Iterator[ReadResult]:
    """The article that each value of a list holds, or a problem that begins with the place."""
    seen: dict[str, str] = {}
    for number, value in enumerate(values, 1):
        name = f"article {number}"
        yield from read_one(partial(_record, value), f"{place}{name}", name, seen)


def parse_object(content: bytes) -> dict[str, object]:
    """The JSON object in the bytes, or a `RecordError` that says what stands there instead."""
    return mapping(_parse(content))


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    first = True
    while line := file.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE)
            yield None
        else:
            yield line.removeprefix(_BOM) if first else line
        first = False


def _parsed(line: bytes) -> object:
    return _record(parse_object(line))


def _record(value: object) -> object:
    """The fields of an article, by whatever system it was written; any other value as it is."""
    if not isinstance(value, dict):
        return value
    if is_linked(value) and (linked := articles_in(value)):
        return linked[0]
    return read_ninjs(value) if is_ninjs(value) else article_fields(value)


def _parse(content: bytes) -> object:
    try:
        return _value(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError(f"not UTF-8: byte {error.start + 1} ({error.reason})") from None


def _value(text: str) -> object:
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise RecordError(f"not JSON: {error.msg} at {where}column {error.colno}") from None
    except (ValueError, RecursionError):
        # What the parser itself gives up on: numbers of thousands of digits, bottomless nesting.
        raise RecordError(
            "not JSON that can be read: a number too long or nesting too deep"
        ) from None
    return value


def posts_of(value: object) -> list[object] | None:
    """The posts, each with its authors and outlet; None of what is no such export."""
    outer = value.get("db") if isinstance(value, dict) else None
    first = outer[0] if isinstance(outer, list) and outer else None
    data = first.get("data") if isinstance(first, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("posts"), list):
        return None
    people = {row.get("id"): row.get("name") for row in _rows(data, "users")}
    wrote: dict[object, list[object]] = {}
    for row in sorted(_rows(data, "posts_authors"), key=_order):
        wrote.setdefault(row.get("post_id"), []).append(people.get(row.get("author_id")))
    titles = (row.get("value") for row in _rows(data, "settings") if row.get("key") == "title")
    outlet = next(titles, None)
    return [
        {"source": outlet, "authors": wrote.get(post.get("id")) or None, **post}
        if isinstance(post, dict)
        else post
        for post in data["posts"]
    ]


def _rows(data: Mapping[str, object], table: str) -> Iterator[dict[str, Any]]:
    rows = data.get(table)
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and all(isinstance(row[key], str) for key in row if key in _KEYS):
            yield row


def _order(row: Mapping[str, object]) -> float:
    number = row.get("sort_order")
    return number if isinstance(number, int | float) else 0
