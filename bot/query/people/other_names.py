"""What bodies are called beside their names: "no 10" for Downing Street, "the fed".

Knows nothing of archives.
"""

from collections.abc import Iterator

from index.language.folding import fold
from index.language.offices import role_words
from index.language.places import DEMONYMS, SEATS
from index.language.word_lists import read_table

_ROWS = [
    (tuple(names.replace("_", " ") for names in row.split()), chief.replace("_", " "))
    for row, chief in read_table("other_names.tsv", "bot.query")
]
_BY_NAME = {name: row for row in _ROWS for name in row[0]}
_LONGEST = max(len(name.split()) for name in _BY_NAME)
_HEAD = role_words("chief")
# By the country of whose head of government or of state the house is.
_HOUSES = {
    country: names
    for names, chief in _ROWS
    for country, *office in [role_words(chief) or [""]]
    if office in (["premier"], ["president"])
}


def other_names(phrase: str) -> tuple[str, ...]:
    """All names of the body that a phrase names; none where none is known.

    >>> other_names("The Fed")
    ('federal reserve', 'fed', 'us fed')
    """
    names, _ = _BY_NAME.get(" ".join(_words(phrase)), ((), ""))
    return names


def offices_there(phrase: str) -> Iterator[str]:
    """An office in a body, by its other names and as who has it is called.

    >>> list(offices_there("the fed chair")), list(offices_there("pentagon chief"))[-1:]
    (['federal reserve chair', 'us fed chair'], ['us defense secretary'])
    """
    words = _words(phrase)
    for end in range(min(_LONGEST, len(words) - 1), 0, -1):
        name, office = " ".join(words[:end]), " ".join(words[end:])
        yield from (f"{other} {office}" for other in other_names(name) if other != name)
    if chief := head_there(phrase)[0]:
        yield chief


def head_there(phrase: str) -> tuple[str, tuple[str, ...]]:
    """The office of a body's "chief", if a phrase asks for that, and the body's names."""
    *name, head = _words(phrase) or [""]
    names, chief = _BY_NAME.get(" ".join(name), ((), "-"))
    return ("", ()) if chief == "-" or role_words(head) != _HEAD else (chief, names)


def houses_of(place: str) -> tuple[str, ...]:
    """The names of the house that a country is governed from, by its name, people or seat.

    >>> houses_of("Moscow"), houses_of("the French")
    (('kremlin',), ('elysee', 'elysee palace'))
    """
    word = " ".join(_words(place))
    countries = SEATS.get(word, frozenset()) | {DEMONYMS.get(word, "")}
    return next((_HOUSES[each] for each in countries if each in _HOUSES), ())


def _words(phrase: str) -> list[str]:
    return [word for word in fold(phrase) if word != "the"]
