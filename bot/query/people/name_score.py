"""Whom a phrase may mean, how surely, and who of several comes first.

How well the words that somebody is asked for by fit a name: whole, in part, or in initials.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.query.typed.spelling import common_words
from index.attribution.people.identities import Identity
from index.language.folding import BODY_WORDS, fold, is_description
from index.language.names import (
    BODIES,
    BODY_KINDS,
    BODY_NOUNS,
    FIRST_NAMES,
    HONORIFICS,
    PARTICLES,
    REGNAL,
    TITLES,
    is_role,
)
from index.language.offices import RANKS, role_words
from index.language.places import DEMONYMS
from index.language.words import FUNCTION_WORDS

_MAX_INITIALS = 3  # that are typed as one word: "jfk"
_MEMBERS = frozenset("association union".split())  # what bodies of members are, or are called


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


def name_score(tail: Sequence[str], identity: Identity) -> float:
    """1 for the name or its last words, less for initials, a first name or inner words alone."""
    words = identity.words
    if is_description(identity.name):
        return 0.0  # matched by role
    if PARTICLES.issuperset(tail) and not _is_called_particle(tail, identity):
        return 0.0  # "da" is no Lula da Silva
    if tuple(tail) == (identity.acronym,):
        return 0.9
    if not _in_order(tail, words):
        if identity.last in tail and _in_order(tail, identity.fullest):
            return 0.8
        return 0.0 if identity.is_body else 0.9 * _is_initialled(tail, identity)
    is_first, is_last = tail[0] == words[0], tail[-1] in (words[-1], identity.last)
    # "the house" is not surely the White House; "police" all that are called so, first or last.
    is_kind = len(tail) == 1 and (tail[0] in BODY_WORDS or tail[0] in BODY_NOUNS)
    if is_last and not is_kind:
        return 1.0
    return 0.8 if is_first or is_last else 0.6 if len(tail) > 1 or len(words) > 2 else 0.5


def _is_called_particle(tail: Sequence[str], identity: Identity) -> bool:
    """Whether what stands inside other names is somebody's name, or their first: "Van Lee"."""
    is_first = list(tail) == [identity.words[0]]
    is_capital = is_first and tail[0].capitalize() in identity.name.replace("-", " ").split()
    return is_capital or tuple(tail) == tuple(identity.words)


def _is_initialled(tail: Sequence[str], identity: Identity) -> bool:
    """Whether first names are shortened to letters: "f.k. reed" for F. Karl Reed.

    Letters or names may be missing, but a name that has fewer is one behind the whole first name:
    "joe k reed" may be Joe Reed, but "f.k. reed" is not surely Fay Reed.
    """
    *typed, last = tail
    if not typed or last != identity.last:
        return False
    own = list(identity.words[: identity.words.index(last)])
    shown = frozenset(identity.name.replace(".", "").split())
    asked = list(_apart(typed, _may_be_initials))
    names = list(_apart(own, lambda word: word.upper() in shown))
    if not names or not any(len(part) == 1 for part in (*asked, *names)):
        return False
    if all(len(part) > 1 for part in asked) and asked[0] != names[0]:
        return False  # "joe lee" is not surely J. Lee
    is_begun = len(asked) == 2 and len(asked[0]) > 1 and asked[0] == names[0]
    return _fit_in_order(asked, names) or (is_begun and _fit_in_order(names, asked))


def _may_be_initials(word: str) -> bool:
    """Whether a word is none that stands before a name otherwise: "mr", "uk", "gov", "jo"."""
    known = (FIRST_NAMES, TITLES, HONORIFICS, BODIES, DEMONYMS, RANKS, FUNCTION_WORDS)
    return not is_role(word) and not any(word in words for words in known)


def _apart(words: Sequence[str], is_letters: Callable[[str], bool]) -> Iterator[str]:
    """The words, with initials that are written together taken apart."""
    for word in words:
        yield from word if len(word) <= _MAX_INITIALS and is_letters(word) else (word,)


def _is_short_for(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _fit_in_order(part: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return all(any(_is_short_for(word, other) for other in rest) for word in part)


def _in_order(part: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)


def has_first_name(phrase: str, before: Sequence[str], identity: Identity) -> bool:
    """Whether what stands before a last name is a first name, and another than the person's.

    A title, an office, a place, a body or whose they are is none: "gates foundation's hensman".
    """
    word = before[-1] if before else ""
    if not word or (len(identity.words) == 1 and word not in FIRST_NAMES):
        return False
    is_other = is_role(word) or word in TITLES or word in HONORIFICS
    is_other = is_other or word in BODIES or word in BODY_NOUNS
    known = word in DEMONYMS or not all_roles(identity).isdisjoint(role_words(word))
    return not (is_other or known or is_owner(word, phrase))


def is_owner(word: str, phrase: str) -> bool:
    """Whether a word is whose something is in a phrase: "gates" in "gates's"."""
    return re.search(rf"\b{re.escape(word)}['’]s?\b", phrase, re.IGNORECASE) is not None


def titled(before: Sequence[str], identity: Identity) -> float:
    """Who also has the title that stands before the name comes first."""
    words = role_words(" ".join(before))
    held = sum(word in all_roles(identity) for word in words)
    return held / len(words) if words else 0.0


def is_with_article(match: Match, words: Sequence[str], office: str | None) -> bool:
    """Whether somebody may be named with an article, or by an office: a body, or a name of both."""
    who = match.identity
    before, own = words[: -len(who.words)], tuple(words[-len(who.words) :])
    is_whole = own == who.words and (len(own) > 1 or not is_role(own[0]))
    if is_whole and all(is_role(word) or word in BODY_NOUNS for word in before):
        return True  # "the Pentagon", "the regulator Ofcom"
    # "the Velm" is the Velm Conference, but "the national" no National Guard.
    is_short = who.words[:-1] == tuple(words) and common_words().isdisjoint(words)
    # "the Road Hauliers" are their union, as those who are its members.
    is_short = is_short or _is_by_members(who, words)
    is_called = match.score >= 1 or (is_short and DEMONYMS.keys().isdisjoint(words))
    return who.is_body and is_called and (office is None or office in fold(who.name))


def _is_by_members(who: Identity, words: Sequence[str]) -> bool:
    """Whether a body of members is called by all of its name but what it is."""
    *before, kind = who.words
    is_plural = len(before) > 1 and before[-1].endswith("s")
    return (
        is_plural
        and before == list(words)
        and not _MEMBERS.isdisjoint({kind, *BODY_KINDS.get(kind, ())})
    )


def reigns(who: Identity, words: Sequence[str]) -> bool:
    """Whether somebody bears the title alone that is asked for: "the pope" is Pope Francis."""
    return not who.is_body and tuple(words) == who.words[:1] and words[0] in REGNAL
