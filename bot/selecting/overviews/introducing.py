"""Selects the sentences in which articles introduce a person, and what else they tell of them.

Knows nothing of how a person is found.
"""

import re
from collections.abc import Iterable
from itertools import islice

from bot.selecting.article_view import ArticleView
from bot.selecting.choosing.evidence import Evidence
from index.attribution.people.identities import Identity
from index.language.folding import fold
from index.language.offices import role_words

MAX_INTRODUCED = 3  # sentences
_BEGINNING = 3  # words
# Behind a name: ", 61, ...", ", who was ...", ", a pilot", ", the mayor, ...".
_WHO = r", (?:(?:who|whose|an?|(?:then|now|once) an?)\b|\d|the [^,]+,)"


def introductions(identity: Identity, views: Iterable[ArticleView]) -> tuple[Evidence, ...]:
    """One sentence an article, those that say most about the person first.

    If few articles have the person, then also what these tell beside.
    """
    found = (_introduction(identity, view) for view in views)
    ranked = sorted((c for c in found if c), key=lambda c: (-c.score, c.key))
    first = [c for c in ranked if c.score >= ranked[0].score - 1][:MAX_INTRODUCED]
    more = (c for each in first for c in _told_beside(identity, each))
    return (*first, *islice(more, MAX_INTRODUCED - len(first)))


def _told_beside(identity: Identity, introduction: Evidence) -> list[Evidence]:
    """What an article itself says of the person elsewhere, best first.

    First what says who they are behind their name ("Orr, 61, ..."), then what begins with it.
    """
    view, last = introduction.view, identity.words[-1]
    prose = (n for n, s in enumerate(view.sentences) if s.prose and n != introduction.n)
    told_who = {n: _says_who(view.text(n), last) for n in prose}
    own = (n for n, is_who in told_who.items() if is_who or not view.sentences[n].attributions)
    words = {n: fold(view.text(n)) for n in own}
    told = [n for n in words if last in words[n]]
    called = {n: f"{last}, " in view.text(n).lower() for n in told}
    begun = {n: last in words[n][:_BEGINNING] for n in told}
    ranked = sorted(told, key=lambda n: (not told_who[n], not called[n], not begun[n], n))
    # Of an article on the person: what it goes on with, "Days later, the 25-year-old was found."
    is_theirs = last in fold(view.article.title or "")
    after = [n for n in (introduction.n + 1,) if is_theirs and n in words]
    return [Evidence(view, n) for n in dict.fromkeys((*after, *ranked))]


def _says_who(text: str, last: str) -> bool:
    """Whether a sentence tells behind a name who that is: "Orr, 61, ...", "Orr, who owned it"."""
    return re.search(rf"(?i:\b{re.escape(last)}){_WHO}", text) is not None


def _introduction(identity: Identity, view: ArticleView) -> Evidence | None:
    """The first of the sentences that introduce the person best: role, full name; else None."""
    last = identity.words[-1]
    role = identity.role_in(view.article.id) - identity.role_words
    best: Evidence | None = None
    for n, sentence in enumerate(view.sentences):
        words = set(fold(view.text(n)))
        if not sentence.prose or last not in words:
            continue
        has_role = not role.isdisjoint(role_words(view.text(n)))
        points = 2.0 * (has_role or _says_who(view.text(n), last))
        points += identity.words[0] in words and len(identity.words) > 1
        points += 0.5 * (last in fold(view.article.title or ""))
        if best is None or points > best.score:
            best = Evidence(view, n, points)
    return best
