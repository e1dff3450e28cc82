"""Assembles a rewritten sentence from words, and tracks which of them were changed.

Knows nothing of what makes a rewriting true or false.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.training.parsed import Parsed

_CLOSING = ",.;:!?)'%"
_CLITICS = ("'s", "’s", "n't", "n’t")
_ELSEWHERE = -1  # the place of a word that the sentence does not have
_OBJECTS = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
_SUBJECTS = {object_: subject for subject, object_ in _OBJECTS.items()}


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a rewriting: the space after it, whether it was changed, its place before."""

    text: str
    space: str = " "
    is_changed: bool = False
    place: int = _ELSEWHERE


Pieces = list[Piece]


@dataclass(frozen=True, slots=True)
class RewrittenDraft:
    """A rewritten sentence; `changed` are its changed stretches, half-open, in characters."""

    kind: str
    text: str
    changed: tuple[tuple[int, int], ...]


def pieces_of(parsed: Parsed, places: Iterable[int], *, changed: bool = False) -> Pieces:
    """Words of a sentence as they are."""
    return [Piece(parsed.words[n].text, parsed.words[n].space, changed, n) for n in places]


def lowered(parsed: Parsed, pieces: Pieces) -> Pieces:
    """The same for the middle of a sentence, if it began one."""
    first = pieces[0]
    word = parsed.words[first.place]
    if first.place != 0 or word.is_proper or first.text == "I":
        return pieces
    return [replace(first, text=first.text[:1].lower() + first.text[1:]), *pieces[1:]]


def spaced(pieces: Pieces, space: str = " ") -> Pieces:
    """The same with this space at its end."""
    return [*pieces[:-1], replace(pieces[-1], space=space)] if pieces else []


def as_object(pieces: Pieces) -> Pieces:
    """A pronoun as an object: "he" as "him"."""
    if len(pieces) != 1:
        return pieces
    return [replace(pieces[0], text=_OBJECTS.get(pieces[0].text.lower(), pieces[0].text))]


def new(*words: str, changed: bool = True) -> Pieces:
    """Words that the sentence does not have."""
    return [Piece(word, " ", changed) for word in words]


def stop(pieces: Pieces) -> Pieces:
    """A sentence with one full stop at its end."""
    kept = list(pieces)
    while kept and kept[-1].text in ",.;:!?-—–":
        kept.pop()
    return [*spaced(kept, ""), Piece(".", "")]


def replaced(parsed: Parsed, places: Sequence[int], n: int, text: str) -> Pieces:
    """The words with another text in the place of one."""
    text = text[:1].upper() + text[1:] if parsed.words[n].text[:1].isupper() else text
    return [
        Piece(text, word.space or " ", is_changed=True, place=k)
        if k == n
        else Piece(word.text, word.space, place=k)
        for k in places
        for word in (parsed.words[k],)
    ]


def exchanged(
    parsed: Parsed, places: Sequence[int], one: Sequence[int], other: Sequence[int]
) -> Pieces:
    """The words with two stretches of them in each other's place; none where they overlap."""
    one, other = ([n for n in stretch if n in places] for stretch in (one, other))
    if not one or not other or set(one) & set(other):
        return []
    one, other = sorted((one, other))
    is_first = one[0] == places[0]
    in_first, in_second = (
        lowered(parsed, pieces_of(parsed, stretch, changed=True))
        if is_low
        else pieces_of(parsed, stretch, changed=True)
        for stretch, is_low in ((other, not is_first), (one, True))
    )
    if is_first and len(in_first) == 1:
        text = in_first[0].text
        in_first = [replace(in_first[0], text=_SUBJECTS.get(text.lower(), text))]
    found: Pieces = []
    for n in places:
        if n == one[0]:
            found += spaced(in_first, parsed.words[one[-1]].space)
        elif n == other[0]:
            found += spaced(as_object(in_second), parsed.words[other[-1]].space)
        elif n not in one and n not in other:
            found += pieces_of(parsed, [n])
    return found


def render(kind: str, pieces: Pieces) -> RewrittenDraft:
    """The text of a rewriting, tidied where parts of it were left out."""
    text, changed = "", []
    kept = list(_tidied(pieces))
    for n, piece in enumerate(kept):
        own = piece.text[:1].upper() + piece.text[1:] if n == 0 else piece.text
        if own in _CLOSING or own.startswith(_CLITICS):
            text = text.rstrip(" ")
        if piece.is_changed:
            changed.append((len(text), len(text) + len(own)))
        is_cut = n + 1 < len(kept) and kept[n + 1].place != piece.place + 1
        text += own + (" " if piece.space or (is_cut and own not in "($“") else "")
    return RewrittenDraft(kind, text.strip(), tuple(changed))


def _tidied(pieces: Pieces) -> Iterator[Piece]:
    """Without commas that begin the sentence, follow one another or come before its end."""
    held: Piece | None = None
    is_begun = False
    for piece in pieces:
        if piece.text in ",;:":
            held = piece if is_begun else None
        elif piece.text:
            if held and piece.text not in ".!?":
                yield held
            held, is_begun = None, True
            yield piece


class Inflections:
    """The forms of verbs, as parsed sentences have them."""

    def __init__(self, sentences: Iterable[Parsed]) -> None:
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for word in (word for parsed in sentences for word in parsed.words):
            if word.tag.startswith("VB"):
                counts[word.lemma, word.tag][word.low] += 1
        self._forms: Mapping[tuple[str, str], str] = {
            key: found.most_common(1)[0][0] for key, found in counts.items()
        }

    def form(self, lemma: str, tag: str) -> str:
        """A form of a verb: "VBD" its past, "VBN" its participle; by rule where none was met."""
        found = self._forms.get((lemma, tag))
        if found or tag in ("VB", "VBP"):
            return found or lemma
        if tag == "VBZ":
            return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "o")) else "s")
        stem = lemma.removesuffix("e")
        if tag == "VBG":
            return stem + "ing"
        is_y = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
        return lemma[:-1] + "ied" if is_y else stem + "ed"
