"""The verbs and nouns of saying, from the tables in `data/verbs.tsv` and `data/speech_nouns.tsv`.

Only words; the grammar around them is in `index.attribution.grammar.frames`. A verb that is in no
table may carry a quotation all the same: what these tables add is what stands without quotation
marks.

>>> CUES["warned"].verb.lemma, CUES["warned"].form
('warn', 'past')
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.language.word_lists import read_table

Form = Literal["base", "s", "past", "participle", "ing"]
Strength = Literal["said", "thought", "weak"]

_DOUBLED = frozenset("bpdgmt")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying: what follows it, how sure a sign of speech it is, what it does to it."""

    lemma: str
    takes_clause: bool
    takes_person: bool
    takes_object: bool
    ends_sentence: bool  # what stands before it is reported: "…, the board decided"
    strength: Strength
    denies: bool
    asks: bool
    relays: bool  # what another said may be all that it reports: "recalled Lee telling her"
    asked: bool  # people ask with it: "did X tout the plan?"
    forms: tuple[tuple[str, Form], ...]

    @property
    def says(self) -> bool:
        """Whether it reports speech wherever it stands: "said", not "hoped" or "laughed"."""
        return self.strength == "said"


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a verb of saying."""

    verb: Verb
    form: Form


def _forms(lemma: str, irregular: str) -> Iterator[tuple[str, Form]]:
    yield lemma, "base"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        yield lemma[:-1] + "ies", "s"
    else:
        yield lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"), "s"
    past, _, participle = irregular.partition(",")
    doubled = past[: len(lemma) + 1] == lemma + lemma[-1] and lemma[-1] in _DOUBLED
    stem = lemma[:-1] if lemma.endswith("e") and lemma[-2:] != "ee" else lemma
    yield (lemma + lemma[-1] if doubled else stem) + "ing", "ing"
    if irregular == "-":
        regular = lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2] not in "aeiou" else ""
        past = regular or (lemma if lemma.endswith("e") else lemma + "e") + "d"
    yield past, "past"
    yield participle or past, "participle"


def _verbs() -> Iterator[Verb]:
    for lemma, forms, frames, strength, stance, asked in read_table("verbs.tsv"):
        takes = frozenset(frames.split(","))
        yield Verb(
            lemma,
            "clause" in takes or "person" in takes,
            "person" in takes,
            "object" in takes,
            not takes.isdisjoint(("clause", "person", "before")),
            _STRENGTHS[strength],
            stance == "denies",
            stance == "asks",
            stance == "relays",
            asked == "yes",
            tuple(_forms(lemma, forms)),
        )


_STRENGTHS: dict[str, Strength] = {"said": "said", "thought": "thought", "weak": "weak"}
VERBS = tuple(_verbs())
CUES = {form: Cue(verb, kind) for verb in VERBS for form, kind in reversed(verb.forms)}

# The forms that are a report of speech wherever they stand.
SAYING = frozenset(form for form, cue in CUES.items() if cue.verb.says)
_NOUNS = [(noun, uses.split(",")) for noun, uses in read_table("speech_nouns.tsv")]
# With an owner and "that" a noun of speech reports: "his claim that".
CLAIMS = frozenset(noun for noun, uses in _NOUNS if "claim" in uses)
# What somebody else may read out or pass on.
TEXTS = frozenset(noun for noun, uses in _NOUNS if "text" in uses)
# What is said, in either sense.
SPEECH = CLAIMS | TEXTS
# What is a text only as "the release", that has been spoken of in full.
SHORT_TEXTS = frozenset(noun for noun, uses in _NOUNS if "short" in uses)
# Speak for nobody unless their author is told: "a banner reads".
SIGNS = frozenset(noun for noun, uses in _NOUNS if "sign" in uses)
# What tells of something, and is nobody: "a study showed".
SHOWING = SPEECH | frozenset(noun for noun, uses in _NOUNS if "shows" in uses)
# Papers whose author is never guessed: "the complaint said".
FILED = frozenset(noun for noun, uses in _NOUNS if "filed" in uses)
# Papers whose owner is whom they speak of: "Lee's indictment".
CHARGES = frozenset(noun for noun, uses in _NOUNS if "charge" in uses)
# What answers another: whose it is, is told by who was asked.
REPLIES = frozenset(noun for noun, uses in _NOUNS if "reply" in uses)


def is_one_of(low: str, nouns: frozenset[str]) -> bool:
    """Whether a noun in lower case is one of these, be it one or several: "claim", "claims"."""
    return low in nouns or low.removesuffix("s") in nouns


# With what objects a verb of saying is a deed: nouns, "people", or all ("*").
DEEDS = {
    lemma: frozenset((*things.split(), *(["people"] if people == "yes" else ())))
    for lemma, people, things in read_table("deeds.tsv")
}


def asking(*forms: Form) -> tuple[str, ...]:
    """The forms of all verbs that people ask with, each once."""
    found = (word for verb in VERBS if verb.asked for word, form in verb.forms if form in forms)
    return tuple(dict.fromkeys(found))


# Nouns that people ask with: "Lee's statement on the bridge".
ASKED_NOUNS = tuple(noun for noun, uses in _NOUNS if "asked" in uses)
