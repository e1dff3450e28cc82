"""Splits a sentence into words for the grammar of reporting; a quotation counts as one word.

Also the closed classes of English words that tell where a noun phrase or a clause ends. Knows
nothing of cues or people.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.language.quotations import Quotation
from index.schema import Span

_WORD = re.compile(
    r"(?P<clitic>['’](?:[sSmMdD]|ve|re|ll)\b|(?<=s)['’](?!\w))"
    r"|(?P<word>(?:[A-Z]\.)+(?:[A-Z]\b)?|[^\W_]+(?:[.,](?=\d)[^\W_]+|(?:['’](?!(?:[sSmMdD]|ve|re|ll)\b)[A-Z]?|-|&)[^\W_]+)*"
    r"(?:(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bMs)\.|(?<=\bDr)\.|(?<=\bSt)\.|(?<=\bJr)\.|(?<=\bSr)\."
    r"|(?<=\bGen)\.|(?<=\bSen)\.|(?<=\bRep)\.|(?<=\bGov)\.|(?<=\bLt)\.|(?<=\bCol)\.|(?<=\bSgt)\.)?)"
    r"|(?P<mark>-{2,3}|[^\w\s]|_)"
)

DETERMINERS = frozenset(
    """the a an this that these those his her its their my our your some any no each every both
    several many most another all one two three four five six seven eight nine ten few""".split()
)
PRONOUNS = frozenset("he she they it i we you".split())
OBJECTS = frozenset("him her them me us you himself herself themselves itself".split())
RELATIVES = frozenset("who which whom that whose".split())
PREPOSITIONS = frozenset(
    """of in on at by for from with about against to into over under between during after before
    since through without within among amid toward towards upon via despite like near across behind
    beyond outside inside around throughout per alongside following including besides as than until
    till off out up down onto along regarding concerning""".split()
)
CONJUNCTIONS = frozenset("and but or nor yet so".split())
SUBORDINATORS = frozenset(
    """because while although though if when whereas unless where whether as since after before
    until once how why what that""".split()
)
AUXILIARIES = frozenset(
    """is are was were be been being am has have had having do does did will would can could may
    might must shall should cannot won't wouldn't can't couldn't don't doesn't didn't isn't aren't
    wasn't weren't hasn't haven't hadn't ain't shouldn't
    won’t wouldn’t can’t couldn’t don’t doesn’t didn’t isn’t aren’t wasn’t weren’t hasn’t haven’t
    hadn’t ain’t shouldn’t 'm 'd 've 're 'll ’m ’d ’ve ’re ’ll""".split()
)
# Of the kinds above: what holds a sentence together and says nothing of its own.
FUNCTION_WORDS = (
    DETERMINERS | PRONOUNS | OBJECTS | RELATIVES | PREPOSITIONS | CONJUNCTIONS | SUBORDINATORS
    | AUXILIARIES
)  # fmt: skip
ADVERBS = frozenset(
    """also not never then later now just even still again often always once ever long soon
    too only further furthermore instead simply both all himself herself themselves itself
    reportedly earlier further almost nearly sometimes far yet already first last once twice
    merely quickly flatly therefore thus meanwhile however nonetheless nevertheless yesterday
    today tonight tomorrow much rather so sometimes since initially finally recently seldom
    perhaps indeed altogether anyway back thereby afterward afterwards""".split()
)
TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow
    january february march april may june july august september october november december jan feb
    aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun earlier later last next
    this week month year morning afternoon evening night weekend ago recently shortly afterward
    afterwards once again instead then too now""".split()
)
DAYS = TIMES - frozenset("last next this may march".split())
# What every dash is in lower case, whatever it looks like in the text.
DASH = "—"
DASHES = frozenset(("—", "–", "--", "---", "―"))
# Begin names in lower case: "al-Assad".
_ARTICLES = ("al-", "el-", "ul-", "as-", "ad-")


class Word(NamedTuple):
    """A word, a mark or a whole quotation, with its place in the article."""

    start: int
    end: int
    text: str
    low: str
    quotation: int = -1

    @property
    def span(self) -> Span:
        """Its place in the article."""
        return Span(self.start, self.end)

    @property
    def is_quotation(self) -> bool:
        """Whether this stands for words between quotation marks."""
        return self.quotation >= 0

    @property
    def is_mark(self) -> bool:
        """Whether this is punctuation."""
        return self.quotation < 0 and not (self.low[0].isalnum() or self.low[0] in "'’")

    @property
    def is_name(self) -> bool:
        """Whether it opens with a capital."""
        return self.quotation < 0 and (self.text[0].isupper() or self.low.startswith(_ARTICLES))


def split_words(
    text: str, span: Span, quotations: Sequence[tuple[int, Quotation]] = ()
) -> tuple[Word, ...]:
    """The words of a sentence in order; each of the numbered quotations in it is one word."""
    words: list[Word] = []
    position = span.start
    for number, quotation in quotations:
        start, end = max(quotation.span.start, span.start), min(quotation.span.end, span.end)
        if start < end:
            words.extend(_plain(text, position, start))
            words.append(Word(start, end, text[start:end], "“”", number))
            position = end
    words.extend(_plain(text, position, span.end))
    return tuple(words)


def _plain(text: str, start: int, end: int) -> list[Word]:
    return [
        Word(m.start(), m.end(), m.group(), _lower(text, m))
        for m in _WORD.finditer(text, start, end)
    ]


def _lower(text: str, match: re.Match[str]) -> str:
    word = match.group()
    if word == "US":
        return "u.s."  # else it would be a pronoun
    if word in DASHES or (word == "-" and text[match.start() - 1 : match.end() + 1] == " - "):
        return DASH
    return word.lower()
