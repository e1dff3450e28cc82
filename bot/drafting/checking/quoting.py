"""Checks that every quotation of a draft is a quotation of the article, word for word.

Only quotation marks, dashes and spaces may differ, the case of the first letter, and a comma or
full stop before the closing mark. The article must have the words in quotation marks too: the
reporter's words presented as a speaker's are invented. Knows nothing of who speaks.

>>> list(quoted_words("He said “no” and 'never'."))
['no', 'never']
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from index.language.quotations import find_quotations

# Also marks that no English text uses: a draft may come in any of them.
_DOUBLE = '"“”„‟«»″〝〞＂「」『』‹›`´'
_DOUBLE_MARK = re.compile(rf"[{_DOUBLE}]|''")
# All marks but the apostrophes inside words.
_ANY_MARK = re.compile(rf"[{_DOUBLE}‚]|(?<!\w)['‘’‛′＇]|['‘’‛′＇](?!\w)")
_APOSTROPHE = re.compile("[‘’‛′＇]")
_USUAL = str.maketrans("‟″〝〞＂´`「『‹」』›‛′＇‚", '"' * 7 + "«««»»»" + "'" * 4)
_CASE = re.compile(r"\[(\w)\]")
_DASH = re.compile(r"\s*(?:-{2,3}|[‐‑‒–—―−-])\s*")
# A single mark that opens a word, and is no apostrophe of "'90s", "'98" (unless one closes later),
# "'em" or "'til".
_OPENING = re.compile(
    r"(?<![\w.])['‘](?!\d\ds\b|\d\d\b(?!.*['’](?!\w))|(?:s|em|til|cause|tis|twas|n)\b)(?=\w)",
    re.IGNORECASE | re.DOTALL,
)


def folded_words(text: str) -> str:
    """The text as quotations are compared: no quotation marks, one dash, single spaces."""
    text = unicodedata.normalize("NFC", text).replace("…", "...")
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = _APOSTROPHE.sub("'", _DASH.sub("-", _ANY_MARK.sub("", text)))
    return " ".join(text.split())


def quoted_words(text: str) -> Iterator[str]:
    """The words of every quotation, without their marks; from a lone mark to the end of it all."""
    text = text.translate(_USUAL)
    for quotation in find_quotations(text):
        yield quotation.span.of(text).strip("\"“”„«»‘’' \n")
    left = outside_quotations(text)
    lone = _DOUBLE_MARK.search(left) or _OPENING.search(left)
    if lone:
        yield text[lone.end() :].strip()


def outside_quotations(text: str) -> str:
    """The text with spaces for all that stands in quotation marks."""
    rest = list(text)
    for quotation in find_quotations(text.translate(_USUAL)):
        start, end = quotation.span.start, quotation.span.end
        rest[start:end] = " " * (end - start)
    return "".join(rest)


def altered_quotations(draft: str, quotations: Iterable[str]) -> tuple[str, ...]:
    """The quotations of a draft that are not, word for word, part of one of the article's."""
    true = [folded_words(form) for quotation in quotations for form in _forms(quotation)]
    return tuple(words for words in quoted_words(draft) if not _is_part(words, true))


def _forms(quotation: str) -> Iterator[str]:
    """A quotation as printed, and with the letters whose case its editor changed: "[W]e must"."""
    yield quotation
    yield _CASE.sub(lambda letter: letter[1].lower(), quotation)
    yield _CASE.sub(lambda letter: letter[1].upper(), quotation)


def _is_part(words: str, quotations: Iterable[str]) -> bool:
    wanted = folded_words(words).rstrip(",.").strip()
    if not any(character.isalnum() for character in wanted):
        return False
    first, rest = re.escape(wanted[0]), re.escape(wanted[1:])
    whole = re.compile(rf"(?<!\w)(?i:{first}){rest}(?!\w)")
    return any(whole.search(quotation) for quotation in quotations)
