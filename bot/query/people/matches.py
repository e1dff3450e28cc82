"""Somebody whom a phrase may mean, how surely, and who of several comes first.

Knows nothing of phrases.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.attribution.people.identities import Identity


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody whom an asked phrase may mean. Higher scores are better; 1 is a sure match."""

    identity: Identity
    score: float


def best(matches: Iterable[Match], margin: float = 0.01) -> tuple[Match, ...]:
    """Those with (about) the best score, best first; of equals, whom most articles name."""
    listed = list(matches)
    highest = max((match.score for match in listed), default=0.0)
    kept = [match for match in listed if match.score >= highest - margin]
    return tuple(sorted(kept, key=lambda m: (-m.score, -len(m.identity.articles), m.identity.name)))


def elders(matches: Sequence[Match]) -> list[Match]:
    """Without a junior where the elder of the same name is meant as well."""
    known = {(who.words[0], who.words[-1]) for who in (match.identity for match in matches)}
    return [
        match
        for match in matches
        if match.identity.last == match.identity.words[-1]
        or (match.identity.words[0], match.identity.last) not in known
    ]


def by_fame(identities: Iterable[Identity]) -> list[Identity]:
    """Whom most articles name comes first."""
    return sorted(identities, key=lambda identity: (-len(identity.articles), identity.name))


def all_roles(identity: Identity) -> frozenset[str]:
    """The words of all roles that articles give somebody."""
    return frozenset(word for _, role in identity.roles for word in role)
