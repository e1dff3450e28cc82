r"""Prints foreign text on a terminal or a line safely: control characters are shown, not obeyed.

An article, a file name or a feed may contain terminal codes and bidirectional controls. Knows
nothing of articles or of HTML.

>>> printable("a\x1b]0;b\x07 \u202ec")
'a<U+001B>]0;b<U+0007> <U+202E>c'
"""

import json
import re

# Marks that turn the direction of what follows ("said no" can be made to read "on dias"), control
# codes, and what no XML can hold. Tab and line ends are left: whoever shows lines has to deal with
# these.
UNSEEN = (
    r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    r"\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
_UNSEEN = re.compile(UNSEEN)


def printable(text: str) -> str:
    """The text on one line, with invisible characters and codes spelled out."""
    return " ".join(_UNSEEN.sub(lambda match: f"<U+{ord(match.group()):04X}>", text).split())


def json_line(record: object) -> str:
    """The record as JSON on one line, with invisible characters escaped."""
    line = json.dumps(record, ensure_ascii=False)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", line)
