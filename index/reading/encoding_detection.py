"""Which encoding of Windows a text without a label is in, where that is sure.

What it would be in each is compared: as letters and signs stand in words, and by the language that
its words without accents tell.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

from index.language.word_lists import read_table

# What a text without a label may be in; those of other machines are there to raise doubts.
_GUESSES = {
    "cp1252": "windows-1252",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "mac_roman": "",
    "cp437": "",
}
# Signs that are the same in all of Windows' encodings: quotation marks, dashes, three dots.
_SIGNS = frozenset(b"\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa9\xab\xae\xbb")
# Where such a mark is one, and where it would be a letter of another machine's.
_MARKED = re.compile(
    rb"(?<![A-Za-z])\x93[A-Za-z]|[A-Za-z.,!?]\x94(?![A-Za-z])|[A-Za-z]\x92(?:s|t|re|ll|d|ve|m)\b"
)
_LETTER = re.compile(
    rb"[A-Za-z][\x91\x93][A-Za-z]|(?<![A-Za-z.,!?])\x94[A-Za-z]"
    rb"|[A-Za-z]{2}\x92(?!(?:s|t|re|ll|d|ve|m|n|clock)\b)[a-z]"
)
_SURE = 0.01  # of how much less mess there has to be than in any other
_SAMPLE = 100_000  # bytes
_SAME_SCRIPT = frozenset(("cp1252", "cp1250"))
# A word of plain letters, and none that another letter is a part of; marks may stand at it.
_PART = rb"[a-z\x8a-\x8f\x9a-\x9f\xa1-\xaa\xac-\xba\xbc-\xff]"
_WORD = re.compile(rb"(?<!%b)[a-z]+(?!%b)" % (_PART, _PART))
# A sign between letters: in a word there are only marks.
_MARKS = frozenset("’‘'-‐‑–—…\u00ad\u00a0")


def detect_encoding(content: bytes) -> tuple[str, str] | None:
    """Python's name and the web's of the one encoding that a text without a label can be in.

    None where two of them make a text of it that looks as good. Only the beginning is looked at.
    """
    from charset_normalizer import from_bytes

    if _has_signs_only(content):
        return "cp1252", "windows-1252"
    head = content[:_SAMPLE]
    found = from_bytes(head, cp_isolation=list(_GUESSES))
    whole = [each for each in found if not _is_torn(str(each))]
    near = [each for each in whole if each.chaos - whole[0].chaos < _SURE]
    texts = {str(each) for each in near}
    fitting = [c for c in _GUESSES if head.decode(c, "replace") in texts]
    if len(texts) > 1:
        is_known = _SAME_SCRIPT.issuperset(each.encoding for each in near)
        fitting = _by_language(head) if is_known else []
    codec = next((each for each in fitting if _GUESSES[each]), None)
    return (codec, _GUESSES[codec]) if codec and _decodes(content, codec) else None


def _is_torn(text: str) -> bool:
    """Whether letters or signs stand where no word has them: "cafŽ", "na•ve", "Ł4"."""
    around = zip(" " + text, text, text[1:] + " ", strict=False)
    return any(_is_misplaced(*each) for each in around if not each[1].isascii())


def _is_misplaced(before: str, letter: str, after: str) -> bool:
    if letter.isalpha():
        return (before.islower() and letter.isupper()) or after.isdigit()
    is_mark = letter in _MARKS or unicodedata.category(letter) in ("Pi", "Pf")
    return before.isalpha() and after.isalpha() and not is_mark


def _by_language(content: bytes) -> list[str]:
    """The encodings in which the one language is written that a text has most words of, if any."""
    words = Counter(_WORD.findall(content.lower()))
    counts = sorted(((sum(words[w] for w in own), codec) for codec, own in _languages()))
    most, codec = counts[-1]
    others = (count for count, other in counts if other != codec)
    return [codec] if most > 1 and most > 1.5 * max(others, default=0) else []


@cache
def _languages() -> list[tuple[str, frozenset[bytes]]]:
    rows = read_table("function_words.tsv")
    return [(codec, frozenset(words.encode().split())) for codec, _, words in rows]


def _has_signs_only(content: bytes) -> bool:
    """Whether all that is not plain English are marks that stand where Windows' marks do."""
    high = {byte for byte in set(content) if byte > 0x7F}
    return high <= _SIGNS and bool(_MARKED.search(content)) and not _LETTER.search(content)


def _decodes(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
