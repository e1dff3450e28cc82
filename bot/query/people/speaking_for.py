"""Who speaks for a body or a country: itself by any of its names, its people, its spokespeople.

Knows nothing of questions beyond the phrase.
"""

from collections.abc import Iterator, Sequence

from bot.query.people.name_score import Match, best, name_score
from bot.query.people.other_names import head_there, houses_of, other_names
from bot.query.people.role_score import is_named_body, roles_of, speaks_only_for
from index.archive.register import Register
from index.attribution.people.identities import COUNTRIES
from index.language.folding import fold
from index.language.offices import role_words
from index.language.words import FUNCTION_WORDS


def by_other_names(register: Register, names: Sequence[str]) -> Iterator[Match]:
    """A body by each of its names."""
    for name in map(str.split, names):
        scored = [(who, name_score(name, who)) for who in register.called(name[-1])]
        yield from best(Match(who, score) for who, score in scored if score)


def speaking_for(register: Register, phrase: str, found: Sequence[Match]) -> tuple[Match, ...]:
    """Whose role has the whole name of a body that was `found`: "Red Cross chair Ann Lee".

    And its spokespeople who have no name: "a Kremlin spokesman".
    """
    bodies = [match.identity for match in found if is_named_body(match.identity)]
    names = (frozenset(role_words(name)) for name in other_names(phrase))
    return _in_roles(register, [*names, *(body.role_words for body in bodies)], found)


def only_speaking_for(register: Register, phrase: str) -> tuple[Match, ...]:
    """The spokespeople of a body that never speaks itself: those of no Gas Board for "gas".

    Of one with other names also those who have an office in it.
    """
    if known := [frozenset(role_words(name)) for name in other_names(phrase)]:
        return _in_roles(register, known, ())
    name = frozenset(role_words(phrase))
    if not name or not FUNCTION_WORDS.isdisjoint(set(fold(phrase)) - {"the"}):
        return ()
    holding = register.holding(name)
    spoken = (who for who in holding if any(speaks_only_for(r, name) for r in roles_of(who)))
    return tuple(Match(who, 0.8) for who in spoken if not who.is_body)


def for_country(register: Register, phrase: str) -> tuple[Match, ...]:
    """The house that a country is governed from, and its spokespeople: "moscow" is the Kremlin."""
    names = houses_of(phrase)
    found = [Match(m.identity, 0.8) for m in by_other_names(register, names)]
    staff = _in_roles(register, [frozenset(role_words(name)) for name in names], found)
    return (*found, *staff) if found else tuple(Match(m.identity, 0.8) for m in staff)


def only_head_of(register: Register, phrase: str) -> tuple[Match, ...]:
    """The only one of an office whose articles name the body: the Pentagon's Secretary."""
    office, names = head_there(phrase)
    wanted = frozenset(role_words(office)) - COUNTRIES
    if not wanted:
        return ()
    told = frozenset[str]().union(*(register.mentions(set(role_words(name))) for name in names))
    found = [
        Match(who, 0.8)
        for who in register.holding(wanted)
        if any(wanted == role and article in told for article, role in who.roles)
    ]
    return tuple(found) if len(found) == 1 else ()


def _in_roles(
    register: Register, names: Sequence[frozenset[str]], found: Sequence[Match]
) -> tuple[Match, ...]:
    """Who has all the words of a name in a role, and is not `found`."""
    names, known = [name for name in names if name], {match.identity for match in found}
    return tuple(
        Match(identity, 0.7)
        for identity in (register.holding(frozenset().union(*names)) if names else ())
        if identity not in known
        and any(name <= role for name in names for role in roles_of(identity))
    )
