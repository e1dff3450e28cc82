"""Marks how each word of a draft stands to the cited sentences, as far as rules can tell.

The judge reads the marks beside the words. Knows nothing of the judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.comparing.figures import Figure
from bot.comparing.tokens import split
from bot.drafting.checking.names import Name
from bot.drafting.checking.speakers import DraftSpeaker


class Standing(IntEnum):
    """What is known of a word; the numbers are the weights' own and never change."""

    EVIDENCE = 0  # of the cited text, and not in the draft
    SHARED = 1  # of the cited text, and in the draft
    CITED = 2  # of the draft, and in the cited text in some form
    NEW = 3  # of the draft alone
    NAME = 4  # a name that is cited, or stands for what is
    NAME_ELSEWHERE = 5  # a name of the article, not cited
    FIGURE = 6  # a number or date that is cited, perhaps in another form
    DERIVED = 7  # one that may follow from what is cited
    UNKNOWN = 8  # a name or figure that is not there
    UNCLEAR_SPEAKER = 9  # a speaker to whom the article does not certainly attribute the words
    PLAIN = 10  # of the draft, and no word


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, half-open, in characters, and how it stands."""

    start: int
    end: int
    standing: Standing


_FIGURES = {"same": Standing.FIGURE, "derived": Standing.DERIVED, "unknown": Standing.UNKNOWN}
_NAMES = {"cited": Standing.NAME, "article": Standing.NAME_ELSEWHERE, "nowhere": Standing.UNKNOWN}


def mark_draft(
    draft: str,
    cited: str,
    names: Iterable[Name],
    figures: Iterable[Figure],
    speakers: Iterable[DraftSpeaker],
) -> tuple[Mark, ...]:
    """Every word of a draft; later marks hold over earlier ones."""
    known = {token.stem for token in split(cited)}
    words = (
        Mark(t.start, t.end, Standing.CITED if t.stem in known else Standing.NEW)
        for t in split(draft)
        if not t.is_mark
    )
    return (
        *words,
        *(Mark(name.start, name.end, _NAMES[name.place]) for name in names),
        *(Mark(figure.start, figure.end, _FIGURES[figure.standing]) for figure in figures),
        *(
            Mark(m.span.start, m.span.end, Standing.UNCLEAR_SPEAKER)
            for m in speakers
            if m.fit != "own"
        ),
    )


def mark_cited(text: str, draft: str) -> tuple[Mark, ...]:
    """The words of a cited sentence that the draft has."""
    ours = {token.stem for token in split(draft)}
    return tuple(Mark(t.start, t.end, Standing.SHARED) for t in split(text) if t.stem in ours)
