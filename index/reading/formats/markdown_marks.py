r"""Marks in Markdown that are its programs' own: Hugo's and Jekyll's templates, Obsidian's links.

What they show becomes plain Markdown, what they do is left out. Knows nothing of articles.

>>> usual_marks("The [[Union of Millers|union]] ==will== strike.{{< map >}} %%call her%% ^a1")
'The union will strike. '
"""

import re
from collections.abc import Callable

_Way = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _one(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


_MARK = r"[ \t]?(?:[#.][\w-]{1,40}|[\w-]{1,30}=[^\s{}]{1,100})"
# All within a line or a bound: what is never closed costs nothing.
_WAYS: tuple[_Way, ...] = (
    (re.compile(r"%%.{0,2000}?%%", re.DOTALL), ""),  # Obsidian's comments
    (_one(r"\{\{[<%][^\n{}]{0,1000}?[%>]\}\}"), ""),  # Hugo's shortcodes
    (_one(r"\{%[^\n{}]{0,1000}?%\}"), ""),  # Jekyll's tags
    (_one(r"\{\{[^\n{}]{0,500}\}\}"), ""),  # and its values
    (_one(r"\{:[^\n{}]{0,500}\}"), ""),  # kramdown's attributes
    (_one(r"^[ \t]{0,3}:{3,}[^\n]{0,200}$"), ""),  # fences around a box
    (_one(rf"\{{{_MARK}(?:[ \t]+{_MARK})*[ \t]?\}}"), ""),  # attributes of pictures
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
