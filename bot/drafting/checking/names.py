"""Checks the names in a draft against the articles that it cites.

A name may stand for another form of itself ("WHO", "World Health Organization"), for a pronoun or
for an office of the cited sentences. Knows nothing of who says what.
"""

import re
from collections.abc import Sequence

from bot.comparing.tokens import Token, split
from bot.drafting.checking.judge_input import Mark, Standing
from bot.drafting.checking.sources import Sources
from index.language.dates import find_dates
from index.language.names import TITLES, is_role
from index.language.quotations import find_quotations
from index.language.stems import base_of
from index.language.words import DAYS
from index.schema import Span

_INITIALS = 2
# Of states whose initials are those of another name than the usual one.
_OFFICIAL = {"north korea": "dprk", "south korea": "rok", "soviet union": "ussr"}


def read_names(draft: str, sources: Sources) -> tuple[Mark, ...]:
    """The words of all names in a draft, in order, but for dates and quotations.

    Each is marked with where the articles have it: cited, elsewhere, or nowhere.
    """
    apart = [Span(date.start, date.end) for date in find_dates(draft, None)]
    apart += [quotation.span for quotation in find_quotations(draft)]
    tokens = [
        token
        for token in split(draft)
        if not any(span.overlaps(Span(token.start, token.end)) for span in apart)
    ]
    expanded = _expanded(tokens, sources)
    return tuple(
        Mark(t.start, t.end, Standing.NAME if n in expanded else _standing(t, sources))
        for n, t in enumerate(tokens)
        if _is_name(tokens, n, sources)
    )


def _standing(token: Token, sources: Sources) -> Standing:
    if token.stem in sources.named or _is_acronym(token, sources.text):
        return Standing.NAME
    if token.stem in sources.everywhere or _is_acronym(token, sources.whole):
        return Standing.NAME_ELSEWHERE
    return Standing.UNKNOWN


def _is_name(tokens: Sequence[Token], n: int, sources: Sources) -> bool:
    token = tokens[n]
    is_acronym = token.text.isupper() and len(token.text) >= _INITIALS  # "WHO" is no "who"
    if not token.is_capital or token.low in DAYS or not (token.is_content or is_acronym):
        return False
    if token.low in TITLES or is_role(token.low):
        return False
    if n and tokens[n - 1].text not in (".", ":", "!", "?"):
        return True
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    return bool(after and after.is_capital and after.is_content) or any(
        token.text in person.name.split()
        for k in sources.known.values()
        for person in k.document.people
    )


def _expanded(tokens: Sequence[Token], sources: Sources) -> set[int]:
    """The words of names whose initials the cited text has: “World Health Organization”."""
    found: set[int] = set()
    capitals = [n for n, token in enumerate(tokens) if token.is_capital]
    for first in range(len(capitals)):
        for last in range(first + _INITIALS, len(capitals) + 1):
            run = capitals[first:last]
            if run[-1] - run[0] < len(run) + _INITIALS:
                initials = "".join(tokens[n].low[0] for n in run)
                initials = _OFFICIAL.get(" ".join(tokens[n].stem for n in run), initials)
                if not sources.named.isdisjoint((base_of(initials), initials)):
                    found.update(run)
    return found


def _is_acronym(token: Token, text: str) -> bool:
    """Whether the letters are the initials of a name in a text."""
    own = token.text.replace(".", "")
    if not own.isupper() or len(own) < _INITIALS:
        return False
    letters = r"[\w'’]*\W+(?:(?:of|the|and|for|on)\s+)*".join(map(re.escape, own))
    return re.search(rf"\b{letters}", text) is not None
