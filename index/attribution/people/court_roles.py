"""Reads what people do in court, by which reports tell who they are instead of by an office.

"Lee KC, prosecuting, said", "Reed, for Mrs Orr, said", "Sentencing him, Mrs Justice Orr said".
Knows nothing of whose names they are.
"""

from collections.abc import Iterator, Sequence, Set

from index.attribution.grammar.phrases import Range
from index.language.names import HONORIFICS, is_role
from index.language.syntax import Tree
from index.language.word_lists import word_set

_COURT = word_set("hearing")
_SILKS = frozenset(("kc", "qc"))
_DOING = frozenset(("prosecuting", "defending", "mitigating", "sentencing", "opening"))
_OPENED = frozenset(("case", "prosecution"))
_SIDES = frozenset("prosecution defence defense crown".split())
_LONGEST = 10  # words


def is_of_court(words: Set[str]) -> bool:
    """Whether an article with these words is of a court."""
    return not _COURT.isdisjoint(words)


def court_roles(tree: Tree, names: Sequence[Range]) -> Iterator[tuple[int, Range]]:
    """Each of them with the number of its name; names are given without what stands before them."""
    lows = [word.low for word in tree.words]
    for number, name in enumerate(names):
        end = name[1]
        silk = (end, end + 1) if end < len(lows) and lows[end] in _SILKS else None
        for role in (silk, _behind(lows, end + bool(silk)), _before(lows, name[0])):
            if role is not None and role[1] - role[0] <= _LONGEST:
                yield number, role


def _behind(lows: Sequence[str], comma: int) -> Range | None:
    """As in ", prosecuting,", ", for Mrs Orr,", ", for the defence,", ", representing them,"."""
    if comma + 3 >= len(lows) or lows[comma] != "," or "," not in lows[comma + 1 :]:
        return None
    last = lows.index(",", comma + 1)
    first, second, third = lows[comma + 1 : comma + 4]
    is_client = second.rstrip(".") in HONORIFICS or (second == "the" and third in _SIDES)
    does = first in _DOING and last == comma + 2
    represents = first == "representing" or (first == "for" and is_client)
    return (comma + 1, last) if does or represents else None


def _before(lows: Sequence[str], start: int) -> Range | None:
    """As a sentence begins: "Opening the case, Lee", "Sentencing him, Mrs Justice Orr"."""
    while start and (lows[start - 1].rstrip(".") in HONORIFICS or is_role(lows[start - 1])):
        start -= 1
    comma = start - 1
    if comma < 1 or lows[comma] != "," or lows[0] not in _DOING:
        return None
    is_case = lows[0] != "opening" or not _OPENED.isdisjoint(lows[:comma])
    return (0, comma) if is_case and "," not in lows[:comma] else None
