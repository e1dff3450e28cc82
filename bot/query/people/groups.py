"""What groups of people are called, and by which roles their members are known.

Knows nothing of archives.
"""

from collections.abc import Sequence
from itertools import pairwise

from index.language.folding import BODY_WORDS
from index.language.names import BODIES, BODY_NOUNS, TITLES, is_role
from index.language.offices import role_words
from index.language.word_lists import read_table, word_set
from index.language.words import PREPOSITIONS

GROUPS = {
    group: frozenset(role_words(roles)) for group, roles in read_table("groups.tsv", "bot.query")
}
# What a party's members are told by: an article that names one has those of others, too.
PARTIES = frozenset(role_words("labour labor")).union(
    *(GROUPS[name] for name in ("conservatives", "democrats", "liberals", "republicans"))
)
# What office-holders of a state are called, as roles are compared.
STATE = frozenset(role_words(" ".join(GROUPS["leaders"] | GROUPS["ministers"]))) | frozenset(
    role_words("prime minister ambassador spokesman official government administration")
)
_SERVING = frozenset(
    role_words(
        """accuser adviser advisor aide assistant attorney biographer bodyguard challenger critic
        driver lawyer nominee opponent rival spokesman spokesperson spokeswoman supporter"""
    )
)
# Before a role they are no part of what anybody is called.
_UNNAMED = word_set("unnamed", "bot.query")
_BODIES = BODIES | BODY_NOUNS | BODY_WORDS
_KIN = frozenset(role_words(" ".join(GROUPS["relatives"] | {"fiancee"})))


def without_unnamed(phrase: str) -> str:
    """A phrase without what only tells that no name is known: "an unnamed official".

    >>> without_unnamed("the unnamed port official"), without_unnamed("Anonymous")
    ('the port official', 'Anonymous')
    """
    *before, last = phrase.split() or [""]
    return " ".join((*(word for word in before if word.lower() not in _UNNAMED), last))


def group_roles(word: str) -> frozenset[str]:
    """The role words of a group's members: of "geologists" those of a geologist."""
    if word in GROUPS:
        return GROUPS[word]
    return frozenset(next((role_words(one) for one in _singulars(word) if is_role(one)), ()))


def _singulars(word: str) -> list[str]:
    ends = (("ies", "y"), ("es", ""), ("s", ""))
    return [word[: -len(end)] + one for end, one in ends if word.endswith(end)]


def serves_another(role: frozenset[str]) -> bool:
    """Whether a role is one beside somebody else's: that of "an aide to the governor"."""
    return not role.isdisjoint(_SERVING | _KIN)


def is_of_another(before: Sequence[str]) -> bool:
    """Whether words before a name say that somebody else is meant, or nobody.

    As "a singer in" does before "reed", and "the sister of mayor" before "lee".
    """
    tied = (word for word, tie in pairwise(before) if tie in PREPOSITIONS)
    is_behind = not PREPOSITIONS.isdisjoint(before[-1:])
    return is_behind or any(serves_another(frozenset(role_words(word))) for word in tied)


def is_kin(word: str) -> bool:
    """Whether a word says whose relative somebody is."""
    return not _KIN.isdisjoint(role_words(word))


def is_of_people(word: str) -> bool:
    """Whether a folded word says what some are to somebody: "mother", "critics", "ex"."""
    is_anothers = is_kin(word) or serves_another(frozenset(role_words(word)))
    return is_anothers or is_role(word) or bool(group_roles(word)) or word in TITLES


def is_of_bodies(word: str) -> bool:
    """Whether a folded word is for a body, or for several: "team", "parties"."""
    return any(one in _BODIES for one in (word, *_singulars(word)))
