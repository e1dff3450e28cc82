"""Escapes text from articles and visitors, so that it is displayed and never interpreted.

That includes HTML, Markdown, bidirectional controls and terminal codes. Knows nothing of answers.

>>> inert("<b>*no*</b>")
'&#60;b&#62;&#42;no&#42;&#60;&#47;b&#62;'
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from index.printing import UNSEEN, printable

# All punctuation of ASCII may mean something to Markdown. Line ends are written as references
# because an empty line ends an HTML block.
_ACTIVE = re.compile(rf"(?P<unseen>{UNSEEN})|[\t\n\f\r!-/:-@\[-`{{-~]")
_NOT_A_CHARACTER = re.compile(r"[\0\ud800-\udfff]")


def inert(text: str) -> str:
    """The text as the content of an element, in HTML and in Markdown alike.

    A browser's `textContent` of it is the text itself, character for character. Only NUL and lone
    surrogates, which no page can hold, become U+FFFD. An invisible character stands alone in `<bdi
    class="unseen">`, which ends its effect and names it.
    """
    return _ACTIVE.sub(_harmless, text)


def inert_line(text: str) -> str:
    """The same on one line."""
    return inert(" ".join(text.split()))


def quoted(text: str) -> str:
    """The text as the value of a quoted attribute, in HTML and in Markdown alike.

    There no element can end the effect of an invisible character: it becomes U+FFFD.
    """
    return _ACTIVE.sub(lambda match: "\ufffd" if match["unseen"] else _harmless(match), text)


def _harmless(match: re.Match[str]) -> str:
    character = match.group()
    if not match["unseen"]:
        return f"&#{ord(character)};"
    shown = _NOT_A_CHARACTER.sub("\ufffd", character)
    return f'<bdi class="unseen" title="U+{ord(character):04X}">{shown}</bdi>'


def wrong_field(place: Iterable[int | str], reason: str) -> str:
    """The error in a field of a record that was sent, on one line."""
    named = printable(".".join(map(str, place)))[:60]
    return f"“{named}”: {printable(reason)}."


def web_address(url: str | None) -> str | None:
    """The URL, escaped for a quoted attribute; None unless it is http or https."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return "".join(c if c.isascii() and c.isalnum() else f"&#{ord(c)};" for c in url or "")
