"""Turns a record (the fields of an article, as they stood in a file) into an `Article`.

A statement goes the other way, for whoever wants it as JSON. The one place that says which fields
an article has, how its id is derived and what a date may look like. Knows nothing of files.

>>> make_article({"id": "a1", "body": "He left.", "published": "2024-02-30"})[1]
("article kept without its published: '2024-02-30' is not an ISO 8601 date or time",)
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urldefrag

from index.attribution.layout.sentences import has_more_sentences
from index.reading.urls import host_of, without_user
from index.schema import Article, NotFound, Speaker, Statement, VerbatimError

MAX_TEXT = 5_000_000
# Real texts of that many characters have fewer: beyond, working out who speaks takes too long.
MAX_SENTENCES = 20_000
# Lines, ends of sentences and quotation marks.
MAX_PIECES = 250_000
MAX_ID = 500
MAX_FIELD = 2_000
DETAILS = ("title", "author", "source", "published", "url")

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# What no line of text may hold.
UNFIT = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_MAX_MARKS = 30  # what Unicode's "stream-safe" texts have at most
_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_MARKS},}}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PIECE = re.compile(r"""[\r\n\u2028\u2029]+|[.!?…。！？](?=[\"'”’»)\]]*+\s)|["“”„«»‘’'`]""")
# Nothing else may become a link on the page.
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_TYPES = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    str: "text",
    type(None): "null",
}


class RecordError(VerbatimError):
    """The record holds no article that could be kept."""


def make_article(record: Mapping[str, object]) -> tuple[Article, tuple[str, ...]]:
    """The article, and a line for each of its details that had to be left out."""
    text = check_text(record["body"] if record.get("body") is not None else record.get("text"))
    check_size(text)
    details, lost = _details(record)
    given = record.get("id")
    is_named = given is not None and given != ""
    name = check_id(given) if is_named else _derived_id(text, details.get("url"))
    return Article(name, text, **details), lost


def check_text(value: object) -> str:
    """The text itself, or why it cannot be an article's."""
    if value is None:
        raise RecordError("no body: an article needs its text in “body” (or “text”)")
    if not isinstance(value, str):
        raise RecordError(f"the body is {type_name(value)}, not text")
    if not value.strip():
        raise RecordError("empty: no text in it")
    if len(value) > MAX_TEXT:
        raise RecordError(f"{len(value):,} characters long; an article may have {MAX_TEXT:,}")
    if any(_piled_up(run.group()) for run in _MARKS.finditer(value)):
        raise RecordError(f"not text: over {_MAX_MARKS} accents on one letter")
    if surrogate := _SURROGATE.search(value):
        raise RecordError(f"broken text: half a surrogate pair at character {surrogate.start()}")
    return check_characters(value)


def check_size(text: str) -> None:
    """Raise if a text has more parts than can be read for who says what in it."""
    pieces = sum(1 for _ in _PIECE.finditer(text))
    if pieces > MAX_PIECES:
        told = f"{pieces:,} lines, ends of sentences and quotation marks; an article may have"
        raise RecordError(f"{told} {MAX_PIECES:,}")
    if pieces > MAX_SENTENCES and has_more_sentences(text, MAX_SENTENCES):
        raise RecordError(
            f"over {MAX_SENTENCES:,} sentences, which is the most an article may have"
        )


def check_characters(value: str) -> str:
    """The text itself, or why it is none: it may be a program or a picture."""
    # A stray one stands in real news texts; many, or a single NUL, mean that this is no text.
    if "\0" in value or len(_CONTROL.findall(value)) * 100 > len(value):
        raise RecordError("binary: control characters in it; articles are plain text")
    return value


def _piled_up(run: str) -> bool:
    """Whether so many marks belong to one letter: sorting them takes the square of their number."""
    heights = (len(list(marks)) for is_mark, marks in groupby(run, _is_combining) if is_mark)
    return max(heights, default=0) > _MAX_MARKS


def _is_combining(character: str) -> bool:
    return unicodedata.combining(character) > 0


def check_id(value: object) -> str:
    """The id itself, or why it cannot be one."""
    if not isinstance(value, str):
        raise RecordError(f"the id is {type_name(value)}, not text")
    if not value.strip() or len(value) > MAX_ID or UNFIT.search(value):
        raise RecordError(
            f"{shown(value)} cannot be an id: 1 to {MAX_ID} characters, "
            "no control characters or line breaks"
        )
    return value


def with_details(article: Article, record: Mapping[str, object]) -> tuple[Article, tuple[str, ...]]:
    """The article with title, author and so on; a detail that is unfit is left out and named."""
    details, lost = _details(record)
    return replace(article, **details), lost


def _details(record: Mapping[str, object]) -> tuple[dict[str, str], tuple[str, ...]]:
    good: dict[str, str] = {}
    lost: list[str] = []
    for key in DETAILS:
        value = record.get(key)
        # Exports write "" for what they do not know.
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            good[key] = _detail(key, value)
        except RecordError as error:
            lost.append(f"article kept without its {key}: {error}")
    if "url" in good and (url := without_user(good["url"])) != good["url"]:
        lost.append("article kept without the user name or password in its url")
        good["url"] = url
    return good, tuple(lost)


def statement_record(statement: Statement) -> dict[str, object]:
    """Who said what as JSON: names, and places in the article's text."""
    record: dict[str, object] = {
        "speaker": _speaker_record(statement.speaker),
        "cue": asdict(statement.cue) if statement.cue else None,
        "content": [asdict(piece) for piece in statement.content],
        "kind": statement.kind,
        **({"corrected": statement.corrected} if statement.corrected else {}),
    }
    if statement.modality:
        record["modality"] = statement.modality
    if statement.via:
        record["via"] = _speaker_record(statement.via)
    return record


def _speaker_record(speaker: Speaker | None) -> dict[str, object] | None:
    return {"name": speaker.name, **asdict(speaker.mention)} if speaker else None


def shown(value: str) -> str:
    """The value in quotation marks for a message: one line, not too long, printable anywhere."""
    short = value if len(value) <= 60 else value[:59] + "…"
    return repr(short).encode("utf-8", "backslashreplace").decode()


def described(article: Article) -> str:
    """What an article is and whose, for a message: “Harbour stays open” of paper.example."""
    whose = host_of(article.url or "") or article.source
    return f"“{article.label}”" + (f" of {whose}" if whose else "")


def no_article(article_id: str) -> NotFound:
    """The error of whoever asks for an article that the archive does not have."""
    return NotFound(f"There is no article {shown(article_id)}.")


def type_name(value: object) -> str:
    """What a JSON value is, in words."""
    return _TYPES.get(type(value), type(value).__name__)


def _detail(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise RecordError(f"it is {type_name(value)}, not text")
    even = " ".join(value.split())
    if len(even) > MAX_FIELD:
        raise RecordError(f"{len(even):,} characters long; at most {MAX_FIELD:,}")
    if UNFIT.search(even):
        raise RecordError(f"control or broken characters in {shown(even)}")
    if key == "url" and not _WEB.match(even):
        raise RecordError(f"{shown(without_user(even))} does not start with http:// or https://")
    return _iso(even) if key == "published" else even


def _iso(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(value).isoformat()
    except ValueError:
        raise RecordError(f"{shown(value)} is not an ISO 8601 date or time") from None


def _derived_id(text: str, url: str | None) -> str:
    # The same page under another anchor is the same article.
    return derived_id("url", urldefrag(url).url) if url else derived_id("text", text)


def derived_id(kind: str, *values: str) -> str:
    """The id of what has none of its own: the same values give the same id."""
    digest = hashlib.sha256("\0".join(values).encode("utf-8", "backslashreplace"))
    return f"{kind}-{digest.hexdigest()[:16]}"
