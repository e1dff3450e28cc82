"""Writes out how people type: "whats", "w/", "ppl", and leaves out what only adds force.

Knows nothing of what is asked.

>>> written_out("whos against the ferry & what exactly do ppl want w/ it")
"who's against the ferry & what do people want with it"
>>> written_out("y cant u see lee n reed w a dog the 1st time")
"why can't you see lee and reed with a dog the first time"
"""

import re

from index.language.dates import MONTHS
from index.language.names import FIRST_NAMES
from index.language.word_lists import read_table
from index.language.words import AUXILIARIES, DETERMINERS, PRONOUNS

_TYPED = {row[0]: row[1] for row in read_table("shorthand.tsv", "bot.query")}
_LONGEST_FIRST = sorted(map(re.escape, _TYPED), key=len, reverse=True)
_WORD = re.compile(rf"(?<![^\s(])(?:{'|'.join(_LONGEST_FIRST)})(?![\w'’-]|\.\w)", re.IGNORECASE)
_ASKING = r"(?:what|who|whom|why|how|when|where|which)(?:['’]s)?"
_FORCE = re.compile(
    rf"\b({_ASKING}) (?:(?:the (?:hell|heck|devil)|on earth|exactly|precisely|else exactly|all)"
    r" (?=[a-z]))+",
    re.IGNORECASE,
)
_QUESTIONS = frozenset("what who whom why how when where which".split())
_JOINED_BY = frozenset(", and & n but so or plus then".split())
_NOT_BEHIND_YOU = frozenset("s of".split())  # "u of t", "u s troops"
_MANY = frozenset("we they u you these those".split())
_OF_DATES = MONTHS.keys() | {"of"}  # "the 1st of may"


def written_out(text: str) -> str:
    """The text as it would be written."""

    def put(match: re.Match[str]) -> str:
        before = text[: match.start()].lower().replace(",", " , ").split()
        after = text[match.end() :].lower().split()
        return _written(match.group(), before[-1:], after[:2])

    return _FORCE.sub(r"\1 ", _WORD.sub(put, text))


def _written(word: str, before: list[str], after: list[str]) -> str:
    """What a word stands for, between the word before it and the one after."""
    if len(word) == 1:
        return _TYPED[word] if word.islower() and _is_short(word, before, after) else word
    is_day = word[0].isdigit() and not _OF_DATES.isdisjoint((*before, *after[:1]))
    return word if is_day else _TYPED[word.lower()]


def _is_short(letter: str, before: list[str], after: list[str]) -> bool:
    """Whether a letter stands for a word, and is no initial: "lee n reed", but "george w bush"."""
    last, following, *rest = [*before, *[""] * (not before), *after, "", ""]
    following = following.strip("?!.,")
    following = _TYPED.get(following, following)  # "y cant she"
    match letter:
        case "n":
            return bool(following) and (bool(last) or following in _QUESTIONS | AUXILIARIES)
        case "u":
            return following not in _NOT_BEHIND_YOU
        case "r":
            return bool(following) and (last in _QUESTIONS | _MANY or following in _MANY)
        case "w":
            is_name = last in FIRST_NAMES and following not in DETERMINERS
            return bool(last and following) and not is_name and last not in AUXILIARIES
    begins = not last or last in _JOINED_BY or rest[0] in PRONOUNS  # "lee y did he go"
    return begins and (not following or following in AUXILIARIES)
