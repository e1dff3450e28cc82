"""Who wrote an article, of a line that says so: names of persons, without "By", offices, places.

Nothing is guessed: what is beyond doubt no name is left out. Knows nothing of files or pages.

>>> list(persons_in("By JANE DOE and Tom Kell, Staff Writers"))
['Jane Doe', 'Tom Kell']
>>> even("By Ana Reyes & Tom Kell"), even("The Editorial Board")
('Ana Reyes; Tom Kell', 'The Editorial Board')
"""

import re
from collections.abc import Iterable, Iterator

from index.language.folding import key_of
from index.language.names import PARTICLES
from index.language.words import PREPOSITIONS

_WORK = r"(?:words|written|reported|story|text|posted|submitted|article|analysis|report)"
# In other languages only before two words of a name: "Von" is one, too.
_ABROAD = r"(?:von|par|por)\s+(?=(?-i:[A-ZÀ-Þ])[\w.'’-]+\s(?:\w{1,3}\s)?(?-i:[A-ZÀ-Þ]))"
BY = rf"(?:(?:{_WORK}\s+)?by:?\s+|(?:words|text):\s+|{_ABROAD})"
_BY = re.compile(rf"\s*{BY}", re.IGNORECASE)
_BYLINE = re.compile(rf"\s*{BY}(?-i:[A-Z]).{{2,120}}\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|\||\n|•|·|\s&\s|,|\s(?:and|und|et|y|with)\s)\s*")
_NO_NAME = re.compile(
    r"[\d@/<>:_#]|https?|\b(?:correspondents?|editors?|reporters?|writers?|staff|columnists?|desk|"
    r"bureau|chief|contributors?|agency|service|photographers?|analysts?|journalists?|producers?|"
    r"team|special|political|senior|published|updated|posted|min|read|admin|guest|newsroom|by|"
    r"news|sports|media|network|radio|tv|times|tribune|gazette|herald|today|"
    r"follow|share|view|about|more|the|in|for|at|from|has|is|was|covers?|writes?)\b",
    re.IGNORECASE,
)
# "up" is one of a place's name.
_PARTICLES = PARTICLES - PREPOSITIONS
_MAIL = re.compile(r"\(?[^\s@()]{1,100}@[^\s@()]{1,100}\)?")
# Behind names: where they are, for whom they write, and who took the pictures.
_WHERE = re.compile(r"\s(?:in|for|from|at)\s(?:the\s)?(?=[A-ZÀ-Þ])[^;|]*\Z")
_PICTURES = re.compile(r"\.?\s(?:photo(?:graph)?s?|pictures?|images?)(?::| by\s).*", re.IGNORECASE)
_MAX = 2_000  # characters


def persons_in(text: str) -> Iterator[str]:
    """The names of persons in a byline: without their offices, places and days."""
    return (_shouted(part) for part in _parts(text) if _is_name(part))


def author_in(line: str) -> str | None:
    """The names in a line that says by whom a text is; None of any other.

    >>> author_in("Words by Ana Reyes | Pictures by Tom Kell"), author_in("By then Ann Lee left.")
    ('Ana Reyes', None)
    """
    is_one = _BYLINE.match(line) and not line.endswith((".", ",", ":", "!", "?"))
    return "; ".join(persons_in(line)) or None if is_one else None


def even(text: str) -> str:
    """A byline as its names, parted by semicolons, if there is nothing else in it."""
    parts = _parts(text)
    if parts and all(map(_is_name, parts)):
        return "; ".join(distinct(map(_shouted, parts)))
    return _BY.sub("", text, count=1) if _BY.match(text) else text


def distinct(names: Iterable[str]) -> list[str]:
    """The names, each once, however it is spaced and cased."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(key_of(name), name)
    return list(found.values())


def _parts(text: str) -> list[str]:
    begun = _BY.match(text)
    rest = _MAIL.sub(" ", text[begun.end() if begun else 0 :][:_MAX])
    parts = (_WHERE.sub("", part).strip() for part in _BETWEEN.split(_PICTURES.sub("", rest)))
    return list(filter(None, parts))


def _is_name(part: str) -> bool:
    words = part.split()
    cased = [word for word in words if word.lower() not in _PARTICLES]
    is_long = 2 <= len(words) <= 5 and len(cased) > 1 and not _NO_NAME.search(part)
    if not part.isupper() and any(len(word) > 3 and word.isupper() for word in words):
        return False  # an agency or a paper
    return is_long and all(word[0].isupper() for word in cased)


def _shouted(name: str) -> str:
    return name.title() if name.isupper() else name
