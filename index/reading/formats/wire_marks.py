r"""What stands around a plain text and is none of it: its details as lines, the marks of wires.

Databases write "Title: ...", "Date: ..." over a text; agencies a slug over it, "(MORE)" between its
pages and "-30-" or "ENDIT" below. A text without these stays as it is, character for character.

>>> text_and_details("Title: Mill closes\nDate: 3 May 2024\n\nHe left.")[0]
'He left.'
"""

import re
from itertools import islice

from index.reading.bylines import author_in, persons_in
from index.reading.formats.fields import FIELD_NAMES, article_fields, plain_key

_MAX_HEAD = 30  # lines
_FIELD = re.compile(r"[ \t]{0,3}([A-Za-z][A-Za-z _-]{1,24}):[ \t]*(\S.{0,500})")
# As LexisNexis and others write them, over the text and under it.
_LABEL = re.compile(
    r"[ \t]{0,3}(BYLINE|HEADLINE|SECTION|LENGTH|DATELINE|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|"
    r"SOURCE|GRAPHIC|SUBJECT|ORGANIZATION|COUNTRY|JOURNAL-CODE|DOCUMENT-TYPE|ACC-NO):[ \t]*"
    r"(\S.{0,500})"
)
_LABELS = 3
_CODED = re.compile(r"[ \t]*\^(.{0,200}?)[<=][ \t]*")  # of the wires' own transmission
_CODES = re.compile(r"(?:[A-Z]{2}-|eds?\b|by\b|with\b|for release)", re.IGNORECASE)
_SLUG = re.compile(r"[A-Za-z][\w.&'’]*(?:[-/][\w.&'’]+)+(?:[ \t]*\([A-Z0-9 ,.-]{1,40}\))*[ \t]*")
_MORE = re.compile(r"\W*(?:more|more follows|more to come|mf|m/f)\W*", re.IGNORECASE)
_ADD = re.compile(
    r".{0,80}\b(?:\d{0,2}(?:1st|2nd|3rd|\dth) (?:add|lead|ld)|add \d{1,2}|page \d{1,2})\b.{0,30}",
    re.IGNORECASE,
)
_END = re.compile(
    r"[ \t]*(?:-+[ \t]?30[ \t]?-+|(?:# ?){3,5}|END(?:S|IT|ITEM)?|EOM|N{4}|"
    r"[-–—(]{1,3}[ \t]?(?i:ends?)[ \t]?[-–—)]{1,3})[ \t]*"
)
_RELEASE = re.compile(
    r"\W*(?:for (?:immediate|general) release|(?:press|news|media) (?:release|statement))"
    r"(?:\W{1,4}(?:\w{1,12}\W{1,3}){1,4}\d{4})?\W*",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\W*(?:(?:media|press) )?(?:contacts?|enquiries|inquiries):.{0,200}(?:@|\d{3}).{0,100}",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{1,5}\d{2,6}\b[A-Z\d /-]{0,80}")
_DESK = re.compile(r"\(\(.{0,80}(?:@|\+?\d[\d -]{6}).{0,120}\)\)")
_VERSION = re.compile(
    r"\s*\((?:\d\w\w )?(?:lead|ld|add|updated?|adds|recasts|corrected|refiles)\b[^()]{0,60}\)\Z",
    re.IGNORECASE,
)
# What press offices write under the end of a release.
_NOTES = re.compile(
    r"\W*(?:notes? (?:to|for) (?:the )?editors?|about [A-Z]|(?:media|press) (?:contacts?|enquiries|"
    r"inquiries|office)|contacts?\b|for (?:more|further|media|press)\b|photos?\b|pictures?\b)",
    re.IGNORECASE,
)
_AFTER = 120  # characters: times and codes of a desk


def text_and_details(text: str) -> tuple[str, dict[str, object]]:
    """The text without what stands around it, and what that tells."""
    details, rest = fields_over(text)
    if not details:
        details, rest = _labelled(text)
    return _without_wire(rest, details)


def without_version(title: object) -> str | None:
    """A headline without what an agency writes behind it: "(2nd Lead)"."""
    return _VERSION.sub("", title) if isinstance(title, str) else None


def byline_in(text: str) -> str | None:
    """The names in a byline among the first lines, as it stands under a headline."""
    lines = [line for line in islice(text.split("\n", _MAX_HEAD), _MAX_HEAD) if line.strip()][:4]
    return next(filter(None, (author_in(line.rstrip()) for line in lines)), None)


def fields_over(text: str) -> tuple[dict[str, object], str]:
    """The details that stand over a text, one a line, before an empty one."""
    stated: dict[str, object] = {}
    at, end, line = 0, -1, ""
    for _ in range(_MAX_HEAD):
        end = text.find("\n", at)
        line = text[at:end].rstrip("\r") if end >= 0 else ""
        field = _FIELD.fullmatch(line)
        if field is None:
            break
        stated.setdefault(field[1], field[2].strip())
        at = end + 1
    known = {plain_key(name) for name in stated} & FIELD_NAMES
    if len(known) < 2 or end < 0 or line.strip():
        return {}, text
    details = article_fields(stated)
    return {name: value for name, value in details.items() if name != "id"}, text[at:].lstrip()


def _labelled(text: str) -> tuple[dict[str, object], str]:
    """The details that a database's labels tell, each a line somewhere around the text."""
    lines = text.split("\n")
    found = {
        n: match for n, line in enumerate(lines) if (match := _LABEL.fullmatch(line.rstrip("\r")))
    }
    if len({match[1] for match in found.values()}) < _LABELS:
        return {}, text
    stated: dict[str, object] = {}
    for match in found.values():
        stated.setdefault(match[1], match[2].strip())
    rest = "\n".join(line for n, line in enumerate(lines) if n not in found)
    return article_fields(stated), rest


def _without_wire(text: str, details: dict[str, object]) -> tuple[str, dict[str, object]]:
    """The text without a wire's marks, if it ends as wires do or has their codes."""
    lines = text.split("\n")
    ends = [n for n, line in enumerate(lines) if _END.fullmatch(line.rstrip("\r"))]
    coded = [found for line in lines[:_MAX_HEAD] if (found := _CODED.fullmatch(line.rstrip("\r")))]
    first = next((line.strip() for line in lines if line.strip()), "")
    if not (ends or coded or _RELEASE.fullmatch(first)):
        return text, details
    for found in coded:
        code = found[1].strip()
        if names := "; ".join(persons_in(code) if code.lower().startswith("by ") else ()):
            details.setdefault("author", names)
        elif len(code.split()) > 2 and not _CODES.match(code):
            details.setdefault("title", code)
    return "\n".join(_kept(lines, ends)), details


def _kept(lines: list[str], ends: list[int]) -> list[str]:
    if ends:
        after = [line for line in lines[ends[-1] + 1 :] if line.strip()]
        if sum(map(len, after)) <= _AFTER or _NOTES.match(after[0]):
            lines = lines[: ends[-1]]
    kept: list[str] = []
    after_more = False
    for line in lines:
        bare = line.strip()
        is_over = any(each.fullmatch(bare) for each in (_SLUG, _CODE, _RELEASE, _CONTACT))
        is_slug = (is_over and not any(map(str.strip, kept))) or _DESK.fullmatch(bare)
        is_add = after_more and _ADD.fullmatch(bare)
        is_more = bool(bare) and bool(_MORE.fullmatch(bare))
        after_more = is_more or (after_more and not bare)
        if not (is_slug or is_add or is_more or _CODED.fullmatch(line.rstrip("\r"))):
            kept.append(line)
    text = "\n".join(kept).strip("\r\n")
    return text.split("\n")
