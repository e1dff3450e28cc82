"""Reads text and Markdown.

A text is the decoded file, character for character, but for the details and marks of wires around
it; a headline at its top is its title too. Of Markdown it is what a reader sees: the marks are
read, those of the usual programs too (Hugo's and Jekyll's templates, Obsidian's links), and the
front matter at its beginning (YAML, TOML) tells the article's details.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from index.language.paragraphs import find_paragraphs
from index.reading import markup
from index.reading.embargo_lines import embargo_over
from index.reading.encoding_detection import detect_encoding
from index.reading.encodings import decoded, marked
from index.reading.formats.fields import article_fields
from index.reading.formats.head_lines import head_of, without_head
from index.reading.formats.wire_marks import (
    byline_in,
    fields_over,
    text_and_details,
    without_version,
)
from index.reading.read_results import FoundArticle, Source
from index.reading.records import RecordError, check_text
from index.reading.stated_dates import day_from

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.S | re.M)
# A line by itself, of some words, that does not end as a sentence of the text does.
_HEADLINE = re.compile(
    r"\s*+(?!by\b)(\w[^\n]{3,150}?[^\s.,:;”\"»…])[ \t\r]*\n[ \t\r]*\n\s*+\S", re.IGNORECASE
)
_FRONT_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.{0,20000}?)^\+\+\+[ \t]*\r?(?:\n|\Z)", re.S | re.M)
_FRONT_JSON = re.compile(r"(\{[ \t]*\r?\n.{0,20000}?^\})[ \t]*\r?(?:\n|\Z)", re.S | re.M)
_YAML_LINE = re.compile(r"([A-Za-z][\w-]{0,40}):[ \t]+(\S.{0,1000})")
_HEADED = re.compile(r"\s*+#[ \t][^\n]{1,300}\n\s*\n")  # a title, under which Notion has properties
_OVER = 3000  # characters that the lines over a text are in
_DATED_NAME = re.compile(r"(\d{4})-(\d{2})-(\d{2})-")  # as Jekyll names posts
# Lines and marks of Markdown: each costs what a whole sentence of a plain text does.
_MARK = re.compile(r"[\n*_`~^{\[\]<&|\\]")
MAX_MARKS = 100_000
# Where a mark may begin or end; all that stands between two is read in one step.
_MAY_MARK = re.compile(r"[\n&*<\[\\\]_`~]|!(?=\[)")
# Ends a line that is no heading of the next.
_ENDED = re.compile(r"[.!?…,;–—-][\"'”’»)\]*_]*\s*\Z")
_DEEPEST = 20  # lists in lists: beyond, what reads Markdown takes the square of their number
_Way = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def read_text(content: bytes, source: Source) -> FoundArticle:
    """The text itself, with what the lines around it tell."""
    text, notes = decoded_text(content, source)
    text, details = text_and_details(check_text(text))
    first, _, below = text.lstrip().partition("\n")
    headline = _HEADLINE.match(below if embargo_over("", first) else text)
    over, _ = head_of([line.strip() for line in text[:_OVER].split("\n") if line.strip()])
    title = headline[1] if headline and " " in headline[1] else over.get("title")
    seen = {"author": byline_in(text), **over, "title": without_version(title)}
    return FoundArticle({**seen, **details, "body": check_text(text)}, notes)


def read_markdown(content: bytes, source: Source) -> FoundArticle:
    """The text without its marks, with what the front matter tells; else its heading is a title."""
    from markdown_it import MarkdownIt

    text, notes = decoded_text(content, source)
    details, text = _over(check_text(text))
    if (marks := len(_MARK.findall(text))) > MAX_MARKS:
        raise RecordError(f"{marks:,} lines and marks of Markdown; a text may have {MAX_MARKS:,}")
    text = usual_marks(text)
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    # Without that each "=", "-" or ":" is a step of its own, for what we have not enabled.
    parser.inline.terminator_re = _MAY_MARK
    tokens = parser.parse(text)
    for token in tokens:
        _break_lines(token)

    def shown(tokens: "Sequence[Token]") -> str:
        return str(parser.renderer.render(tokens, parser.options, {}))

    first = next((n for n, each in enumerate(tokens) if each.type != "html_block"), 0)
    is_titled = bool(tokens) and tokens[first].tag == "h1"
    title = markup.line_of(shown(tokens[first + 1 : first + 2])) if is_titled else None
    dated = _DATED_NAME.match(PurePath(source.place).name)
    day = day_from(*dated.groups()) if dated else None
    over, lines = without_head(markup.text_of(shown(tokens)).split("\n"))
    seen = {**over, "title": title or over.get("title"), "published": day or over.get("published")}
    return FoundArticle({**seen, **details, "body": "\n".join(lines)}, notes)


def _break_lines(token: "Token") -> None:
    """Part a line that ends no sentence from what it stands over, and what stands over it.

    It is a heading or a time, as reporters write them: else it would be read into a sentence.
    """
    breaks = [c for c in token.children or () if c.type in ("softbreak", "hardbreak")]
    lines = token.content.split("\n")
    if not breaks or len(breaks) + 1 != len(lines):
        return
    apart = {span.end for span in find_paragraphs(token.content)}
    end, above = -1, None
    for each, (line, below) in zip(breaks, pairwise(lines), strict=True):
        end += len(line) + 1
        bold = line.startswith("**") and line.endswith("**")
        heads = end in apart and not _ENDED.search(line) and not below.lstrip()[:1].islower()
        if bold or heads:
            each.type = "hardbreak"
            if above is not None:
                above.type = "hardbreak"
        above = each


def _over(text: str) -> tuple[dict[str, object], str]:
    """The details that stand over a text, as front matter or as fields, and the rest."""
    details, rest = _front_matter(text)
    if details or rest is not text:
        return details, rest
    headed = _HEADED.match(text)
    begun = headed.end() if headed else 0
    details, rest = fields_over(text[begun:])
    return details, text[:begun] + rest


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    r"""What stands between two lines of dashes (YAML) or pluses (TOML), and the rest of the text.

    >>> _front_matter("---\ntitle: Gone\n---\nHe left.")
    ({'title': 'Gone'}, 'He left.')
    """
    begun = next(filter(None, (each.match(text) for each in _READ)), None)
    if begun is None:
        return {}, text
    record = _READ[begun.re](begun[1])
    if not isinstance(record, dict):
        return {}, text
    stated = article_fields({str(key): value for key, value in record.items()})
    details = {key: value for key, value in stated.items() if key not in ("id", "body")}
    return details, text[begun.end() :]


def _yaml(front: str) -> object:
    """What front matter says; where words are taken for signs of YAML, that of each line."""
    from yaml import YAMLError, safe_load

    try:
        return safe_load(front)
    except (YAMLError, ValueError, RecursionError):
        fields = (_YAML_LINE.fullmatch(line.rstrip("\r")) for line in front.split("\n"))
        return {field[1]: field[2].strip(" \t\"'") for field in fields if field} or None


def _loaded(loads: Callable[[str], object], front: str) -> object:
    try:
        return loads(front)
    except (ValueError, RecursionError):
        return None


_READ: Mapping[re.Pattern[str], Callable[[str], object]] = {
    _FRONT: _yaml,
    _FRONT_TOML: partial(_loaded, tomllib.loads),
    _FRONT_JSON: partial(_loaded, json.loads),
}


def decoded_text(content: bytes, source: Source) -> tuple[str, tuple[str, ...]]:
    """A file's text and what to tell of its encoding: UTF-8, as marked or as served, else guessed.

    The mark tells the encoding; it is not text.
    """
    if source.charset:
        return decoded(content, source.charset), ()
    encoding = marked(content) or "utf-8"
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and (found := detect_encoding(content)):
            return content.decode(found[0]), (
                f"read as {found[1]}; save the file as UTF-8 to be sure",
            )
        line = content.count(b"\n", 0, error.start) + 1
        raise RecordError(
            f"not {encoding.removesuffix('-sig').upper()}: byte {error.start + 1:,}, in line "
            f"{line:,} ({error.reason}); save the file as UTF-8"
        ) from None


def _one(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


_ATTRIBUTE = r"[ \t]?(?:[#.][\w-]{1,40}|[\w-]{1,30}=[^\s{}]{1,100})"
# All within a line or a bound: what is never closed costs nothing.
_WAYS: tuple[_Way, ...] = (
    (re.compile(r"%%.{0,2000}?%%", re.DOTALL), ""),  # Obsidian's comments
    (_one(r"\{\{[<%][^\n{}]{0,1000}?[%>]\}\}"), ""),  # Hugo's shortcodes
    (_one(r"\{%[^\n{}]{0,1000}?%\}"), ""),  # Jekyll's tags
    (_one(r"\{\{[^\n{}]{0,500}\}\}"), ""),  # and its values
    (_one(r"\{:[^\n{}]{0,500}\}"), ""),  # kramdown's attributes
    (_one(r"^[ \t]{0,3}:{3,}[^\n]{0,200}$"), ""),  # fences around a box
    (_one(rf"\{{{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]?\}}"), ""),  # attributes of pictures
    (_one(r"!\[\[[^\n\[\]]{1,500}\]\]"), ""),  # what is embedded
    (_one(r"\[\[(?:[^\n\[\]|]{1,300}\|)?([^\n\[\]|]{1,300})\]\]"), r"\1"),
    (_one(r"==(?=[^\s=])([^\n=]{1,1000})(?<=\S)=="), r"\1"),  # marked with a pen
    (_one(r"[ \t]\^[\w-]{1,40}[ \t]*$"), ""),  # what a paragraph is linked to by
    (_one(r"^([ \t]{0,3}>[ \t]?)\[![\w-]{1,40}\][+-]?[ \t]*"), r"\1"),  # the kind of a box
    (_one(r"^(?:[ \t]*+#\w[\w/-]{0,80}+(?![^\s#]))++[ \t]*$"), ""),  # a line of tags
    (_one(r"^([ \t]*+(?:[-*+]|\d{1,3}[.)]) )\[[ xX/-]\] "), r"\1"),  # boxes to tick
    (_one(r"^\[\^[\w-]{1,40}\]:[ \t]*"), ""),  # a note, whose words stay
    (
        _one(r"^[ \t]{0,3}(?:\[TOC\]|\[\[_?TOC_?\]\]|\*\[[^\n\]]{1,40}\]:[^\n]{0,300})[ \t]*$"),
        "",
    ),  # no words of it
    (
        _one(
            r"^(?:!!!|\?\?\?\+?)[ \t]+[\w-]{1,30}(?:[ \t]+\"([^\"\n]{0,200})\")?[ \t]*\n+"
            r"(?: {4}|\t)"
        ),
        r"\1\n\n",
    ),  # a note
    (_one(r"(?<=[^\s~])~(\w{1,4})~(?!~)"), r"\1"),  # set low
    (_one(r"(?<=[^\s^\[])\^([\w+-]{1,4})\^"), r"<sup>\1</sup>"),  # and high
    (_one(r"\[\^[\w-]{1,40}\]"), ""),  # and where it belongs
)


def usual_marks(text: str) -> str:
    """The text in plain Markdown."""
    for pattern, shown in _WAYS:
        text = pattern.sub(shown, text)
    return text
