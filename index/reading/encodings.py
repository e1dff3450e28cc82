r"""Bytes -> text: which encodings are read, and how it is known which one it is.

Only those of the web (the WHATWG's Encoding standard), and as browsers read them: what is labelled
iso-8859-1 is windows-1252, whose quotation marks it would else lose. Python knows others, some of
which take the square of a text's length. Knows nothing of files or of markup.

>>> decoded(b"\x93No,\x94 he said.", "ISO-8859-1")
'“No,” he said.'
"""

import codecs
import re

ODD = "verbatim-odd"  # how decoding goes on after bytes that are none of the encoding

# UTF-32's mark begins with UTF-16's, so it is tried first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
# By Python's names for them; those of the standard that are read as another one come below.
_WEB = frozenset(
    """utf-8 utf-16-le utf-16-be cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7
    iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman cp874
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 mac-cyrillic gb18030 big5hkscs
    euc_jp iso2022_jp cp932 cp949""".split()
)
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
}
_LABEL = re.compile(r"(?:x-)?([a-z0-9][a-z0-9_.:+-]{1,39})", re.ASCII)
# Bytes of these may look like any other text's.
_WIDE = frozenset(("utf-16-le", "utf-16-be"))
_STATEFUL = _WIDE | {"iso2022_jp"}
_HEAD = 1024


def web_codec(label: str | None) -> str | None:
    """Python's name of the encoding that a label of the web means; None for any other."""
    match = _LABEL.fullmatch((label or "").strip().lower())
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1]).name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    return name if name in _WEB else None


def marked(content: bytes) -> str | None:
    """The encoding that a byte order mark at the beginning tells; decoding with it takes it off."""
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)


def is_utf8(content: bytes) -> bool:
    """Whether it is UTF-8 beyond doubt: such bytes are next to never text of another encoding.

    The last character may be cut off.
    """
    try:
        found, _ = codecs.utf_8_decode(content, "strict", False)
    except UnicodeDecodeError:
        return False
    return not found.isascii()


def decoded(content: bytes, *stated: str | None) -> str:
    """The text, by the first that is known: its mark, what it is, what is stated, what is usual.

    `stated` are labels, the most trusted first. What cannot be decoded becomes U+FFFD.
    """
    return content.decode(codec_of(content, *stated), ODD)


def codec_of(content: bytes, *stated: str | None) -> str:
    """Python's name of that encoding; the beginning of a text is enough to know it."""
    codec = next(filter(None, map(web_codec, stated)), None)
    if codec in _WIDE and b"\0" not in content[:_HEAD]:
        codec = None  # it says so in letters of one byte each
    mark = marked(content)
    if mark is None and codec not in _STATEFUL and is_utf8(content):
        return "utf-8"
    return mark or codec or "cp1252"


def _odd(error: UnicodeError) -> tuple[str, int]:
    """What stands for a byte that is none of its text's encoding.

    In UTF-8 it is most often one of a text that was put in as it came: windows-1252.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    if error.encoding.lower().startswith("utf-8"):
        return byte.decode("cp1252", "replace"), error.start + 1
    return "\ufffd", error.end


codecs.register_error(ODD, _odd)
