"""Rephrases a sentence by rule, and joins two sentences, truly or falsely.

Knows nothing of drafts by people.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.training.falsehoods import Around, Fault
from bot.training.parsed import Parsed
from bot.training.rewriting import (
    Inflections,
    Piece,
    Pieces,
    as_object,
    lowered,
    new,
    pieces_of,
    spaced,
    stop,
)

_OPEN = frozenset("if unless until whether as though although so than".split())
_ALONE = frozenset("also however meanwhile additionally recently later then earlier".split())
_PLACES = frozenset("in on at during since near by before after".split())
_CIRCUMSTANCES = frozenset("DATE TIME GPE LOC".split())
_SAYING = frozenset("say state announce note explain report add".split())
_SAID = ("said that", "said", "stated that", "says")
_LONGEST_LEFT_OUT = 25
_SHORTEST_CLAUSE = 5
_FALSE_LINKS = ("because", "after", "so that")


def shortened(s: Parsed, chance: random.Random) -> tuple[int, ...]:
    """The words that are left where some circumstances are left out."""
    removable = list(_removable(s))
    gone = chance.sample(removable, min(len(removable), chance.choice((1, 1, 2, 3))))
    left_out = {n for phrase in gone for n in phrase}
    return tuple(n for n in range(len(s.words)) if n not in left_out)


def _removable(s: Parsed) -> Iterator[tuple[int, ...]]:
    """Phrases without which the rest is as true: asides, places, times."""
    for n, word in enumerate(s.words):
        phrase = s.phrase(n)
        if not phrase or s.root in phrase or len(phrase) > _LONGEST_LEFT_OUT:
            continue
        if s.quoted & set(phrase):
            continue
        is_aside = phrase[0] > 0 and s.words[phrase[0] - 1].text in (",", "(", "–", "—", "-")
        links = {s.words[c].low for c in s.children(n, "mark", "advmod")}
        kinds = {s.words[k].name for k in phrase}
        of_verb = s.words[word.head].tag.startswith("V")
        if (
            (word.role in ("relcl", "appos", "acl") and is_aside)
            or (word.role == "advcl" and word.head == s.root and not links & _OPEN)
            or (word.role == "npadvmod" and of_verb)
            or (word.role == "advmod" and of_verb and word.low in _ALONE)
            or (word.role == "prep" and of_verb and kinds & _CIRCUMSTANCES and word.low in _PLACES)
        ):
            yield phrase


class Rephraser:
    """Makes true sentences of a true one, and the false ones that look just like them."""

    def __init__(self, forms: Inflections, chance: random.Random) -> None:
        self._forms, self._chance = forms, chance

    def all(self, s: Parsed, places: Sequence[int], around: Around) -> Iterator[tuple[bool, Fault]]:
        """Each with whether it is true."""
        if s.root in places and s.root not in s.quoted:
            yield from self._passive(s, places)
            yield from self._told(s, places, around)

    def _passive(self, s: Parsed, places: Sequence[int]) -> Iterator[tuple[bool, Fault]]:
        verb = s.words[s.root]
        subjects, objects = (s.children(s.root, role) for role in ("nsubj", "dobj"))
        if verb.tag != "VBD" or not subjects or not objects or s.children(s.root, "neg", "prt"):
            return
        one, other = ([n for n in s.phrase(c[0]) if n in places] for c in (subjects, objects))
        if not one or not other or one[-1] + 1 != s.root or other[0] - 1 != s.root:
            return
        if not all(s.words[c[0]].tag.startswith(("NN", "PRP")) for c in (subjects, objects)):
            return
        before = pieces_of(s, [n for n in places if n < one[0]])
        after = pieces_of(s, [n for n in places if n > other[-1]])
        many = s.words[objects[0]].tag in ("NNS", "NNPS") or s.children(objects[0], "conj")
        did = new("were" if many else "was", self._forms.form(verb.lemma, "VBN"), "by")
        doer, done_to = (pieces_of(s, places, changed=True) for places in (one, other))

        def put(first: Pieces, last: Pieces) -> Pieces:
            first = lowered(s, first) if before else first
            last = spaced(as_object(lowered(s, last)), s.words[other[-1]].space)
            return [*before, *spaced(first), *did, *last, *after]

        yield True, ("passive", put(done_to, doer))
        yield False, ("relation", put(doer, done_to))

    def _told(
        self, s: Parsed, places: Sequence[int], around: Around
    ) -> Iterator[tuple[bool, Fault]]:
        """What somebody said, in other orders, and attributed to somebody else."""
        verb = s.words[s.root]
        speakers, clauses = (s.children(s.root, role) for role in ("nsubj", "ccomp"))
        if verb.lemma not in _SAYING or verb.tag not in ("VBD", "VBZ") or not speakers:
            return
        if not clauses or not s.children(clauses[0], "nsubj", "nsubjpass", "expl"):
            return
        marks = s.children(clauses[0], "mark")
        told = [n for n in s.phrase(clauses[0]) if n in places and n not in marks]
        who = [n for n in s.phrase(speakers[0]) if n in places]
        if len(told) < _SHORTEST_CLAUSE or not who or s.quoted & set(told):
            return
        clause = stop(lowered(s, pieces_of(s, told)))
        speaker = lowered(s, pieces_of(s, who))
        source = as_object(speaker)
        says = new(*self._chance.choice(_SAID).split(), changed=False)
        by = new("According", "to", changed=False)
        yield True, ("indirect", [*by, *spaced(source, ""), Piece(","), *clause])
        by = [Piece(","), *new("according", "to", changed=False)]
        yield True, ("indirect", stop([*spaced(clause[:-1], ""), *by, *source]))
        yield True, ("indirect", [*spaced(speaker), *says, *clause])
        yield True, ("shortened", clause)
        others = [
            name
            for name in around.names.get("PERSON", ())
            if not set(name.split()) & {word.text for word in s.words}
        ]
        if others:
            yield False, ("speaker", [*new(self._chance.choice(others)), *says, *clause])


def joined(one: Parsed, other: Parsed, chance: random.Random) -> Iterator[tuple[bool, Fault]]:
    """Two neighbouring sentences in one: side by side, or with what neither says between them."""
    if one.quoted or other.quoted:
        return
    first, second = (stop(pieces_of(s, range(len(s.words))))[:-1] for s in (one, other))
    low = lowered(other, second)
    yield True, ("merged", stop([*spaced(first, ""), Piece(","), *new("and", changed=False), *low]))
    link = new(*chance.choice(_FALSE_LINKS).split())
    yield False, ("splice", stop([*spaced(first), *link, *low]))
    back = new(chance.choice(_FALSE_LINKS[:2]))
    yield False, ("splice", stop([*spaced(second), *back, *lowered(one, first)]))
    subject, rest = _halves(one)
    other_subject, other_rest = _halves(other)
    if subject and other_subject:
        yield False, ("splice", stop([*spaced(other_subject), *_changed(rest)]))
        yield False, ("splice", stop([*spaced(subject), *_changed(other_rest)]))


def _halves(s: Parsed) -> tuple[Pieces, Pieces]:
    """What a sentence is about, and what it says of it; nothing where that is a pronoun."""
    subjects = s.children(s.root, "nsubj", "nsubjpass")
    phrase = s.phrase(subjects[0]) if subjects else ()
    if not phrase or phrase[-1] >= s.root or s.words[subjects[0]].tag.startswith(("PRP", "W")):
        return [], []
    return pieces_of(s, phrase), pieces_of(s, range(phrase[-1] + 1, len(s.words)))


def _changed(pieces: Pieces) -> Pieces:
    return [replace(piece, is_changed=True) for piece in pieces]
