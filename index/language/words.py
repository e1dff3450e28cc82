"""Splits a sentence into words for the grammar of reporting; a quotation counts as one word.

Also the closed classes of English words that tell where a noun phrase or a clause ends. Knows
nothing of cues or people.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from typing import NamedTuple, Protocol

from index.language.word_lists import word_set
from index.schema import Span

_WORD = re.compile(
    r"[^\W\d_]+(?= )"  # the plainest first
    r"|['’](?:[sSmMdD]|ve|re|ll)\b|(?<=s)['’](?!\w)"
    r"|\b[AIK]/S\b|(?:[A-Za-z]\.){2,}|(?:[A-Z]\.)+(?:[A-Z]\b)?|\d{1,2}(?::\d\d)+"
    r"|[^\W_]+(?:[.,](?=\d)[^\W_]+|\.(?=[a-z]{2,4}\b(?!/))[a-z]+|(?:['’](?!(?:[sSmMdD]|ve|re|ll)\b)[A-Z]?|-|&)[^\W_]+)*"
    r"(?:\.(?:(?<=\b(?:Mr|Ms|Dr|St|Jr|Sr|Lt|Rt|Fr)\.)"
    r"|(?<=\b(?:Mrs|Gen|Sen|Rep|Gov|Col|Sgt|Rev|Hon|Maj|Adm|Cpl|Det)\.)"
    r"|(?<=\b(?:Prof|Capt|Cmdr|Supt|Insp|Cllr)\.)))?"
    r"|-{2,3}|\.\.\.|[^\w\s]|_"
)

# A run of letters.
LETTERS = re.compile(r"[^\W\d_]+")
QUOTES = frozenset("\"'“”‘’«»")
DETERMINERS = word_set("determiners")
PRONOUNS = frozenset("he she they it i we you".split())
OBJECTS = frozenset("him her them me us you himself herself themselves itself".split())
RELATIVES = frozenset("who which whom that whose".split())
PREPOSITIONS = word_set("prepositions")
CONJUNCTIONS = frozenset("and but or nor yet so".split())
SUBORDINATORS = word_set("subordinators")
AUXILIARIES = word_set("auxiliaries")
# Of the kinds above: what holds a sentence together and says nothing of its own.
FUNCTION_WORDS = (
    DETERMINERS | PRONOUNS | OBJECTS | RELATIVES | PREPOSITIONS | CONJUNCTIONS | SUBORDINATORS
    | AUXILIARIES
)  # fmt: skip
ADVERBS = word_set("adverbs")
TIMES = word_set("times")
DAYS = TIMES - frozenset("last next this may march".split())
# What a whole quotation is in lower case.
QUOTED = "“”"
# What every dash is in lower case, whatever it looks like in the text.
DASH = "—"
YEARS_OLD = "-year-old"
_OLDEST, _DIGITS = 120, 3  # years that somebody may be old, and how many digits those have
_LONGEST_DATELINE = 12
# Are called by letters that are another word where they are small.
_LETTERED = frozenset(("US", "WHO"))
_SHORT_FORM = re.compile(r" \(([A-Z]{2,6})\)")
_PLAIN_WORD = re.compile(r"[\w’'&-]+")
# What a short form is short for: at most so many words and characters before it.
_MOST_WORDS, _REACH = 9, 200
# Stand before the items of a list.
BULLETS = frozenset("•·‣◦▪●*>")
DASHES = frozenset(("—", "–", "--", "---", "―"))
# Begin names in lower case: "al-Assad".
_ARTICLES = ("al-", "el-", "ul-", "as-", "ad-")
_SITE = re.compile(r"[^\W_][\w-]+(?:\.[a-z]{2,4})+\Z")
_ELIDED = re.compile(r"[a-z]{1,4}['’][A-ZÀ-Þ]")  # "d'Aubigny"


class Word(NamedTuple):
    """A word, a mark or a whole quotation, with its place in the article.

    `is_name` says that it opens with a capital, `is_mark` that it is punctuation.
    """

    start: int
    end: int
    text: str
    low: str
    is_name: bool
    is_mark: bool
    quotation: int = -1

    @property
    def span(self) -> Span:
        """The word's place in the article."""
        return Span(self.start, self.end)

    @property
    def is_quotation(self) -> bool:
        """Whether this stands for words between quotation marks."""
        return self.quotation >= 0


class _Quoted(Protocol):
    """Words in quotation marks: where they stand, and whether they are speech of its own."""

    @property
    def span(self) -> Span:
        """Their place, marks included."""

    @property
    def whole(self) -> bool:
        """Whether they are a sentence or more of somebody's."""


def split_words(
    text: str,
    span: Span,
    quotations: Sequence[tuple[int, _Quoted]] = (),
    most: int | None = None,
    lettered: frozenset[str] = _LETTERED,
) -> tuple[Word, ...]:
    """The words of a sentence in order; each whole one of the numbered quotations is one word.

    Neither a dateline nor the bullet of a list's item is one of them. After the first `most` no
    more are looked for. `lettered` are the names that `lettered_names` finds in the article.
    """
    if text[span.start : span.end].isupper() and " " in text[span.start : span.end].strip():
        lettered = frozenset()  # "WHO WON?"
    enough = None if most is None else most + _LONGEST_DATELINE + 1
    words: list[Word] = []
    position = span.start
    for number, quotation in quotations:
        if enough is not None and len(words) > enough:
            break
        if not quotation.whole:
            continue
        start, end = max(quotation.span.start, span.start), min(quotation.span.end, span.end)
        if start < end:
            words.extend(islice(_plain(text, position, start, lettered), enough))
            words.append(Word(start, end, text[start:end], QUOTED, False, False, number))
            position = end
    words.extend(islice(_plain(text, position, span.end, lettered), enough))
    del words[: bool(words) and words[0].text in BULLETS]
    return tuple(words[_dateline(words) :][:most])


def _dateline(words: Sequence[Word]) -> int:
    """Where a sentence begins after its dateline: "PARIS, May 1 (AP) — "."""
    dash = next((k for k, word in enumerate(words[:_LONGEST_DATELINE]) if word.low == DASH), 0)
    if not dash or any(word.is_quotation for word in words[:dash]):
        return 0
    placed = words[0].text.isupper() and len(words[0].text) > 2
    return dash + 1 if placed or words[dash - 1].text == ")" else 0


# As `Word(…)`, which would take twice the time for every word of an article.
_new = tuple.__new__


def _plain(text: str, start: int, end: int, lettered: frozenset[str]) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        begin, stop = match.span()
        known = _known(word)
        low = known[1]
        if low[-3:] == "n't" and len(low) > 3:
            yield Word(begin, stop - 3, *_known(word[:-3]))
            yield Word(stop - 3, stop, *_known(word[-3:]))
        elif low == "-" and text[begin - 1 : stop + 1] == " - ":
            yield Word(begin, stop, word, DASH, is_name=False, is_mark=True)
        elif word in lettered:
            # In a form that no other word has: "u.s.".
            low = "".join(f"{letter}." for letter in low)
            yield Word(begin, stop, word, low, is_name=True, is_mark=False)
        else:
            yield _new(Word, (begin, stop, *known, -1))


def lettered_names(text: str) -> frozenset[str]:
    """The names in capitals that are another word where they are small: "the WHO".

    Known ones, and those that a text has in brackets behind what they are short for.

    >>> sorted(lettered_names("The Clean Air Network (CAN) sued the Harbour Office (HO)."))
    ['CAN', 'US', 'WHO']
    """
    short = (
        m[1] for m in _SHORT_FORM.finditer(text) if _is_short_for(m[1], _before(text, m.start()))
    )
    return _LETTERED.union(s for s in short if s.lower() in FUNCTION_WORDS | ADVERBS | TIMES)


def _before(text: str, end: int) -> list[str]:
    """The words before a place with nothing but single spaces between them, the last one first."""
    words = reversed(text[max(0, end - _REACH) : end].split(" ")[-_MOST_WORDS:])
    return list(takewhile(_PLAIN_WORD.fullmatch, words))


def _is_short_for(letters: str, words: Sequence[str]) -> bool:
    """Whether letters begin some words, given from the last to the first; two words at least."""
    initials = iter(word[0].upper() for word in words)
    return len(words) > 1 and all(letter in initials for letter in reversed(letters))


def is_site(word: str) -> bool:
    """Whether a word is a website's address, by which it is called: "Velmnews.com"."""
    return bool(_SITE.match(word))


@lru_cache(maxsize=100_000)
def _known(word: str) -> tuple[str, str, bool, bool]:
    """A word with its lower case, whether it opens with a capital, and whether it is a mark."""
    low = DASH if word in DASHES else word.lower().replace("’", "'")
    is_name = word[0].isupper() or low.startswith(_ARTICLES) or bool(_ELIDED.match(word))
    is_name = is_name or is_site(word)
    return word, low, is_name, not (low[0].isalnum() or low[0] in "'’")


def is_years_old(low: str) -> bool:
    """Whether a word in lower case tells how old somebody is: "34-year-old"."""
    return low.endswith(YEARS_OLD)


def is_age(text: str) -> bool:
    """Whether a word may tell how many years somebody is old."""
    return text.isdecimal() and len(text) <= _DIGITS and 0 < int(text) < _OLDEST
