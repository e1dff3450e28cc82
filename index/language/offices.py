"""How roles are compared: places, synonyms and offices of several words under one form.

Knows nothing of names, nor of who has which role.

>>> role_words("the UK's PM"), role_words("British prime minister")
(['uk', 'premier'], ['uk', 'premier'])
"""

import re
from collections.abc import Sequence, Set

from index.language.folding import fold
from index.language.places import DEMONYMS, STATE_NAMES
from index.language.told_offices import as_office
from index.language.word_lists import read_lines, read_table, word_set

STOP = word_set("stop")
# One idea, several words: compared by their first form.
_SYNONYMS = {
    word: words.split()[0] for words in read_lines("role_synonyms.txt") for word in words.split()
}
# Offices and ranks as they are shortened before a name: "Gov. Lee" is the governor.
RANKS = {
    "gen": "general", "lt": "lieutenant", "col": "colonel", "capt": "captain", "maj": "major",
    "sgt": "sergeant", "cpl": "corporal", "cmdr": "commander", "cdr": "commander", "adm": "admiral",
    "sen": "senator", "rep": "representative", "gov": "governor", "prof": "professor",
    "supt": "superintendent", "insp": "inspector", "det": "detective", "cllr": "councillor",
    "amb": "ambassador",
}  # fmt: skip
_LONG_FORMS = RANKS | {
    "pm": "prime minister", "fm": "foreign minister", "vp": "vice president", "gop": "republican",
    "potus": "us president", "flotus": "us first lady", "scotus": "us supreme court",
}  # fmt: skip
# A body whose letters are a question word where they are small, and those letters with stops.
WHO_NAME, WHO_LETTERS = "world health organization", "W.H.O."
_WHO = re.compile(rf"\bWHO\b|\b{re.escape(WHO_LETTERS)}")
# Behind the name of an American politician: "R-Ohio", "D-W.Va.".
PARTY_TAG = re.compile(r"([DRI])-([A-Z][\w.]*)")
_PARTY_LETTERS = {"D": "democrat", "R": "republican", "I": "independent"}
# Offices of two words, in the forms that they are compared in.
_OFFICES = {
    (one, other): office
    for words, office in read_table("joint_offices.tsv")
    for one, other in [words.split()]
}
_JOINT_OFFICES = [[office] for office in _OFFICES.values() if office != "head"]


def role_words(text: str) -> list[str]:
    """The words of a role as they are compared: places and synonyms under one form, no stops.

    An office of two words ("prime minister") is one, where nothing stands between them.

    >>> role_words("surgeon at the General Hospital"), role_words("the Surgeon General")
    (['surgeon', 'general', 'hospital'], ['surgeon-general'])
    """
    words = [w for word in fold(spelt_out(text)) for w in _LONG_FORMS.get(word, word).split()]
    words = ["" if word in STOP else DEMONYMS.get(word, word) for word in words]
    # A solicitor is compared as an attorney, and a solicitor general as none.
    words = _joined([_SYNONYMS.get(word, word) for word in _joined(words)])
    return [word for word in words if word]


def special_words() -> frozenset[str]:
    """The folded words that `role_words` leaves out, joins, or compares under another form."""
    parts = (part for pair in _OFFICES for part in pair)
    return frozenset((*STOP, *_LONG_FORMS, *DEMONYMS, *_SYNONYMS, *parts))


def joined_forms(words: Set[str]) -> frozenset[str]:
    """These words as roles are compared, and the offices that each may be a part of."""
    found: set[str] = set(words)
    while more := {o for parts, o in _OFFICES.items() if not found.isdisjoint(parts)} - found:
        found |= more
    return frozenset(found)


def is_joint_office(words: Sequence[str]) -> bool:
    """Whether folded words end in an office of two: "attorney general", "vice president"."""
    return len(words) > 1 and role_words(" ".join(words[-2:])) in _JOINT_OFFICES


def head_of_role(text: str) -> str | None:
    """What somebody of that role is, as it is asked for: the last word; None where none is left."""
    return next(reversed(fold(spelt_out(text))), None)


def spelt_out(role: str) -> str:
    """Give "ohio republican" for "R-Ohio", and "WHO chief" with the body's whole name.

    For what somebody does the office: "the café owner" for "who owns the café".
    """
    if told := as_office(role):
        return told
    tag = PARTY_TAG.fullmatch(role)
    if not tag:
        is_shouted = role.isupper() and " " in role
        return role if is_shouted else _WHO.sub(WHO_NAME, role)
    place = tag[2].replace(".", "").lower()
    return f"{STATE_NAMES.get(place, place)} {_PARTY_LETTERS[tag[1]]}"


def _joined(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        office = _OFFICES.get((joined[-1], word)) if joined else None
        joined[-1:] = [office] if office else [*joined[-1:], word]
    return joined
