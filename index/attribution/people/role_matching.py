"""Compares the role that a phrase asks for with one that an article gives: "the Ohio senator".

Roles are sets of words in the forms of `index.language.folding.role_words`. Knows no people.
"""

from collections.abc import Sequence

from index.attribution.people.identities import COUNTRIES_AND_STATES
from index.attribution.people.roles import QUALIFIERS
from index.language.names import BODIES, BODY_NOUNS, is_role
from index.language.offices import RANKS, role_words
from index.language.words import DETERMINERS, PREPOSITIONS

# Words of a role that only say that it is held now.
PRESENT = frozenset("current present sitting incumbent new newly".split())
# Words of a role that do not tell one from another.
NO_ROLE = DETERMINERS | PREPOSITIONS | PRESENT | frozenset("'s ' , second third fellow".split())
# How words for whoever speaks for others begin.
_SPOKES = "spokes"


def role_and_qualifiers(lows: Sequence[str]) -> tuple[set[str], set[str]]:
    """The words of a role, and of them those that set it apart from the bare one."""
    plain = (part for word in lows for part in word.replace("’", "'").removesuffix("'s").split("-"))
    words = {w for w in plain if w and w not in NO_ROLE}
    named = words - QUALIFIERS or words & {*lows[-1:]}  # "his deputy" is one by that word alone
    alike = {word for kept in named for word in role_words(kept)}
    if "head" in alike:
        alike.discard("executive")
    return alike, words & QUALIFIERS


def covers(held: set[str], asked: set[str]) -> bool:
    """Whether a role has all the asked words; "Tessalian" goes with "Tessaly"."""
    return all(
        word in held or any(len(word) > 5 and other[:5] == word[:5] for other in held)
        for word in asked
    )


def is_loose(held: set[str], asked: set[str], role: str) -> bool:
    """Whether a role may be many people's: "the Ohio senator" is any "Sen.", "the mayor" no other.

    Then whom the text spoke of last is meant, or nobody.
    """
    placed = asked & COUNTRIES_AND_STATES
    return bool(placed - held) or (held < asked and role.lower().rstrip(".") in RANKS)


def is_held(asked: set[str], role: str, head: str) -> bool:
    """Whether words say what a role is, not only of what: "inspector", not "the bank".

    Nor is "the ministry" who speaks for it, whatever his office is called.
    """
    words = role.lower().replace("’", "'").split()
    if any(word.startswith(_SPOKES) for word in words) and not head.startswith(_SPOKES):
        return False  # "the coast guard", of its spokesman
    last = next((i for i, word in enumerate(words) if word in PREPOSITIONS), len(words))
    owners = (i + 1 for i, word in enumerate(words[:last]) if word.endswith(("'s", "s'")))
    first = max(owners, default=0)  # "the girl's aunt" is no girl
    if head in BODY_NOUNS | BODIES and not is_role(head):
        first = max(first, last - 1)
    return not asked.isdisjoint(role_and_qualifiers(words[first:last])[0])


def is_alike(held: set[str], asked: set[str], lows: Sequence[str]) -> bool:
    """Whether a role stands for another's: "her Latvian counterpart", "his successor"."""
    if held & {"counterpart"}:
        return bool(held & asked)
    return bool(held & {"successor", "replacement"}) and "new" in lows
