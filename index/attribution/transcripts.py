r"""Finds the turns of interviews and transcripts, where a label says who speaks: "NG: We found …".

A label opens a paragraph: "((Wikinews))", "SMITH:", or, in an interview with bracketed labels, the
full name or the initials of somebody whom the article names. Knows nothing of cues.

>>> from index.attribution.sentences import split_sentences
>>> text = "LEE: Why?\nORR: We had to.\nLEE: Did you?"
>>> [turn.name for turn in find_turns(text, split_sentences(text), ["Ann Lee"])]
['Ann Lee', 'ORR', 'Ann Lee']
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.schema import Sentence, Span

_BRACKETED = re.compile(r"\(\(\s*(?P<label>[^()\n]{1,40}?)\s*\)\)[:\s]*")
_COLON = re.compile(r"(?P<label>[A-Z][\w.'’-]*(?:[ ][A-Z][\w.'’-]*){0,3})(?:\s\([^)]*\))?\s?:\s+")
# Stand before a colon in captions, lists and headings, and speak for nobody.
_NOBODY = frozenset(
    """image images file photo photos picture video map caption source sources note notes update
    correction related read watch see name twitter facebook email phone contact tags""".split()
)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says in a row: the label, whom it stands for, the words by paragraph."""

    label: Span
    name: str
    sentences: tuple[int, ...]
    content: tuple[Span, ...]


def find_turns(text: str, sentences: Sequence[Sentence], names: Sequence[str]) -> tuple[Turn, ...]:
    """The turns of a transcript in order; nothing if the article is none."""
    paragraphs: dict[int, list[int]] = {}
    for number, sentence in enumerate(sentences):
        paragraphs.setdefault(sentence.paragraph, []).append(number)
    starts = {p: sentences[numbers[0]].span.start for p, numbers in paragraphs.items()}
    bracketed = {p: m for p, s in starts.items() if (m := _BRACKETED.match(text, s))}
    interview = len(bracketed) > 1
    labels = dict(bracketed) if interview else {}
    labels.update({p: m for p, s in starts.items() if (m := _named(text, s, names, interview))})
    if not interview and not _is_transcript(labels):
        return ()
    host = next(iter(bracketed.values()))["label"] if interview else None
    speakers = {
        p: host if host is not None and p in bracketed else _full(m["label"], names)
        for p, m in labels.items()
    }
    return tuple(_turns(sentences, paragraphs, labels, speakers, host))


def _named(text: str, start: int, names: Sequence[str], interview: bool) -> re.Match[str] | None:
    match = _COLON.match(text, start)
    if match is not None and not _NOBODY & {w.lower() for w in match["label"].split()}:
        return match
    if not interview or not names:
        return None
    known = "|".join(re.escape(n) for name in names for n in (name, _initials(name)) if len(n) > 1)
    return re.compile(rf"(?P<label>{known})\s+(?=[A-Z\"“'‘])").match(text, start)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _is_transcript(labels: Mapping[int, re.Match[str]]) -> bool:
    counts = Counter(match["label"] for match in labels.values())
    return len(labels) >= _LEAST and len(counts) > 1 and max(counts.values()) > 1


def _full(label: str, names: Sequence[str]) -> str:
    """The name that a label is short for: in full, by surname, or by initials."""
    folded = label.casefold()
    for name in names:
        if folded in (name.casefold(), name.split()[-1].casefold(), _initials(name).casefold()):
            return name
    return label


def _turns(
    sentences: Sequence[Sentence],
    paragraphs: Mapping[int, Sequence[int]],
    labels: Mapping[int, re.Match[str]],
    speakers: Mapping[int, str],
    host: str | None,
) -> Iterator[Turn]:
    turn: Turn | None = None
    for paragraph, numbers in paragraphs.items():
        end = sentences[numbers[-1]].span.end
        match = labels.get(paragraph)
        if match is not None and match.end() < end:
            if turn is not None:
                yield turn
            words = (Span(match.end(), end),)
            turn = Turn(Span(*match.span("label")), speakers[paragraph], tuple(numbers), words)
        elif turn is not None and host not in (None, turn.name) and sentences[numbers[0]].prose:
            # The next paragraph of an interviewee's answer.
            content = (*turn.content, Span(sentences[numbers[0]].span.start, end))
            turn = replace(turn, sentences=(*turn.sentences, *numbers), content=content)
    if turn is not None:
        yield turn
