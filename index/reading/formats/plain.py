"""Reads text and Markdown.

A text is the decoded file, character for character, but for the details and marks of wires around
it; a headline at its top is its title too. Of
Markdown it is what a reader sees: the marks are read, those of the usual programs too, and the
front matter at its beginning (YAML, TOML) tells the article's details.
"""

import re
import tomllib
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from index.reading import markup
from index.reading.dates import day_from
from index.reading.encodings import decoded, marked
from index.reading.formats.fields import article_fields
from index.reading.formats.head_lines import head_of
from index.reading.formats.markdown_marks import usual_marks
from index.reading.formats.wire_marks import (
    byline_in,
    fields_over,
    text_and_details,
    without_version,
)
from index.reading.guessing import guessed
from index.reading.readings import FoundArticle, Source
from index.reading.records import RecordError, check_text

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.S | re.M)
# A line by itself, of some words, that does not end as a sentence of the text does.
_HEADLINE = re.compile(
    r"\s*+(?!by\b)(\w[^\n]{3,150}?[^\s.,:;”\"»…])[ \t\r]*\n[ \t\r]*\n\s*+\S", re.IGNORECASE
)
_FRONT_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.{0,20000}?)^\+\+\+[ \t]*\r?(?:\n|\Z)", re.S | re.M)
_HEADED = re.compile(r"\s*+#[ \t][^\n]{1,300}\n\s*\n")  # a title, under which Notion has properties
_OVER = 3000  # characters that the lines over a text are in
_DATED_NAME = re.compile(r"(\d{4})-(\d{2})-(\d{2})-")  # as Jekyll names posts
_DEEPEST = 20  # lists in lists: beyond, what reads Markdown takes the square of their number


def read_text(content: bytes, source: Source) -> FoundArticle:
    """The text itself, with what the lines around it tell."""
    text, notes = text_of(content, source)
    text, details = text_and_details(check_text(text))
    headline = _HEADLINE.match(text)
    over, _ = head_of([line.strip() for line in text[:_OVER].split("\n") if line.strip()])
    title = headline[1] if headline and " " in headline[1] else over.get("title")
    seen = {"author": byline_in(text), **over, "title": without_version(title)}
    return FoundArticle({**seen, **details, "body": check_text(text)}, notes)


def read_markdown(content: bytes, source: Source) -> FoundArticle:
    """The text without its marks, with what the front matter tells; else its heading is a title."""
    from markdown_it import MarkdownIt

    text, notes = text_of(content, source)
    details, text = _front_matter(check_text(text))
    if not details and (headed := _HEADED.match(text)):
        details, rest = fields_over(text[headed.end() :])
        text = text[: headed.end()] + rest
    text = usual_marks(text)
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)

    def shown(tokens: "Sequence[Token]") -> str:
        return str(parser.renderer.render(tokens, parser.options, {}))

    body = markup.text_of(shown(tokens))
    is_titled = bool(tokens) and tokens[0].tag == "h1"
    title = markup.line_of(shown(tokens[1:2])) if is_titled else None
    dated = _DATED_NAME.match(PurePath(source.place).name)
    first = {"title": title, "published": day_from(*dated.groups()) if dated else None}
    return FoundArticle({**first, **details, "body": body}, notes)


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    r"""What stands between two lines of dashes (YAML) or pluses (TOML), and the rest of the text.

    >>> _front_matter("---\ntitle: Gone\n---\nHe left.")
    ({'title': 'Gone'}, 'He left.')
    """
    from yaml import YAMLError, safe_load

    yaml, toml = _FRONT.match(text), _FRONT_TOML.match(text)
    front = yaml or toml
    if front is None:
        return {}, text
    try:
        record = safe_load(front[1]) if yaml else tomllib.loads(front[1])
    except (YAMLError, ValueError, RecursionError):
        return {}, text
    if not isinstance(record, dict):
        return {}, text
    stated = article_fields({str(key): value for key, value in record.items()})
    details = {key: value for key, value in stated.items() if key not in ("id", "body")}
    return details, text[front.end() :]


def text_of(content: bytes, source: Source) -> tuple[str, tuple[str, ...]]:
    """UTF-8, or what the mark or the server says, or what it is beyond doubt, which is then said.

    The mark tells the encoding; it is not text.
    """
    if source.charset:
        return decoded(content, source.charset), ()
    encoding = marked(content) or "utf-8"
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and (found := guessed(content)):
            return content.decode(found[0]), (
                f"read as {found[1]}; save the file as UTF-8 to be sure",
            )
        line = content.count(b"\n", 0, error.start) + 1
        raise RecordError(
            f"not {encoding.removesuffix('-sig').upper()}: byte {error.start + 1:,}, in line "
            f"{line:,} ({error.reason}); save the file as UTF-8"
        ) from None
