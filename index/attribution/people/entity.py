"""What a name of an article stands for: a person, of what age, a body, or something else.

Decided from all that was met of it; knows nothing of where a name is looked for.
"""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field

from index.attribution.grammar.phrases import Range, phrase
from index.attribution.people.name_ends import NAME_SUFFIXES
from index.attribution.people.naming import plain_word
from index.language.names import (
    BEFORE_THINGS,
    BODIES,
    COMPANY_FORMS,
    FIRST_NAMES,
    GENDERED,
    HONORIFICS,
    MEN,
    PEERAGE,
    THINGS,
    WOMEN,
    Gender,
)
from index.language.places import PLACES
from index.language.syntax import Tree
from index.language.words import YEARS_OLD, is_age, is_site, is_years_old

# Votes, each of a word of a name, that outweigh a first name.
SURELY = 6
_NEAR = 3  # words before a noun in which its age may stand: "the 49-year-old tree surgeon"


@dataclass(slots=True)
class Entity:
    """A person or body while its mentions are being gathered; `votes` has how each was read."""

    words: tuple[str, ...]
    name: str
    gender: Gender = ""
    titled: bool = False
    roles: list[str] = field(default_factory=list)
    # What clauses tell that they do, by which they have an office: "who runs the café".
    deeds: list[str] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
    keys: tuple[str, ...] = ()
    kind: str = ""
    # Forms of address and offices that stood before the name.
    titles: set[str] = field(default_factory=set)
    # What is put beside the name, offices or not: "farmer".
    descriptions: set[str] = field(default_factory=set)
    # The years that somebody is told to be old, or may be: "Lee, 18,", "teenager Ann Lee".
    ages: set[int] = field(default_factory=set)
    # Whether it is told of them what is told of persons only: an age, a mother, "who".
    human: bool = False
    # Whether it stands where no person does: "His Green Period", "Ann Lee (Lib Dem, Mill Row)".
    impersonal: bool = False
    # How often it has an article ("the Bonny Kate"), and how often none.
    articled: int = 0
    bare: int = 0
    # Whether it is the name of a character: nobody speaks in it.
    played: bool = False
    # Whether it ever stands alone, and not only before a noun: "a Captain Morgan rum".
    free: bool = False
    # What a pronoun has told to be the gender.
    called: Gender = ""
    # Of where somebody is what they are: "President Lee of Utopia".
    places: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keys = tuple(plain_word(word) for word in self.words)
        if len(self.keys) > 1:
            self.gender = self.gender or _gender(self.keys[0])

    @property
    def last(self) -> str:
        """The surname, or a body's last word, folded."""
        tail = self.keys[-1]
        return self.keys[-2] if tail in NAME_SUFFIXES and len(self.keys) > 1 else tail

    @property
    def has_first_name(self) -> bool:
        """Whether it is a name of several words of which the first is one that people bear."""
        return len(self.keys) > 1 and (is_first(self.keys[0]) or self.keys[0] in HONORIFICS)

    @property
    def is_guessed(self) -> bool:
        """Whether nothing tells the gender but a first name, which may be the other's, too."""
        told = {w for r in self.roles for w in r.lower().split()} | self.titles | self.descriptions
        known = any(GENDERED.get(word) or HONORIFICS.get(word) for word in told)
        return not self.called and not known and self.gender == _gender(self.keys[0])

    @property
    def is_body(self) -> bool:
        """Whether the name is that of an organisation or a place."""
        return self.kind in ("body", "place")

    @property
    def is_person(self) -> bool:
        """Whether the name is a person's."""
        return self.kind == "person"

    def add_role(self, role: str) -> None:
        """Add what the article calls this person, once."""
        if role.lower() not in (known.lower() for known in self.roles):
            self.roles.append(role)
        self.titled = True
        for word in role.lower().split():
            self.gender = self.gender or GENDERED.get(word, "")

    def settle(self) -> None:
        """Decide, from all that was met, what kind of thing this is the name of."""
        self.kind = self._kind()
        personal = self.human or self.titles or self.kind not in ("person", "")
        self.kind = "thing" if self.impersonal and not personal else self.kind

    def _kind(self) -> str:
        if self.played:
            return "thing"
        if self.human:
            return "person"
        if not self.free:
            return "" if is_bodily(self) else "thing"
        voted = [kind for kind, _ in self.votes.most_common() if kind]
        likely = voted[0] if voted else ""
        if " ".join(self.keys) in PLACES:
            return "place"
        storm = self.keys[0] in BEFORE_THINGS and self.keys[0] not in FIRST_NAMES
        if not self.roles and (storm or self.keys[-1] in THINGS):
            return "thing"
        alone = len(self.words) == 1
        acronym = alone and len(self.words[0]) > 1 and self.words[0].isupper()
        if acronym:
            return likely if likely in ("place", "thing") else "body"
        if self.words[-1] in COMPANY_FORMS or not self.titles.isdisjoint(PEERAGE):
            return "body" if self.words[-1] in COMPANY_FORMS else "person"
        if is_bodily(self):
            return likely if likely in ("place", "thing") else "body"
        unnamed = not self.titles and not is_first(self.keys[0]) and not self.votes["person"]
        if likely in ("place", "thing", "people") and unnamed:
            return likely  # "the chief executive of Las Palmas"
        return "person" if self.titled else self._likely(likely)

    def _likely(self, voted: str) -> str:
        """What it is by its words and how it was read, where nothing else is told of it."""
        if len(self.words) == 1:
            if self.articled > self.bare and voted == "person" and not is_first(self.keys[0]):
                return "thing"  # "the Moonraker"
            once = voted == "body" and self.votes["body"] == 1
            return "person" if once and _gender(self.keys[0]) else voted
        if self.articled > self.bare and voted in ("person", ""):
            return "thing"  # "the Bonny Kate"
        if not self.has_first_name:
            return voted
        # "Hong Kong", "Warner Bros": what was read as another thing again and again.
        other = self.votes["person"] == 0 and self.votes[voted] >= SURELY
        return voted if other else "person"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name in a sentence, as ranges of its words: with form of address or office, and bare."""

    part: Range
    name: Range
    entity: Entity

    def covers(self, word: int) -> bool:
        """Whether a word is part of the name, or of what is written with it: "Ann Lee KC"."""
        return self.name[0] <= word < max(self.name[1], self.part[1])


def is_bodily(entity: Entity) -> bool:
    """Whether the words of a name alone show that it is no person's."""
    last = entity.words[-1]
    return (
        last in COMPANY_FORMS
        or is_site(last)
        or any(key in BODIES or key in ("of", "&") for key in entity.keys)
    )


def is_first(word: str) -> bool:
    """Whether people bear a word as a first name: "per-olof", too."""
    return word in FIRST_NAMES or any(part in FIRST_NAMES for part in word.split("-"))


def _gender(first: str) -> Gender:
    return "m" if first in MEN else "f" if first in WOMEN else ""


def ages_of(tree: Tree, name: Range) -> Set[int]:
    """The years that are told right beside a name: "Ann Lee, 18,", "18-year-old Ann Lee"."""
    first = max(phrase(tree, name[1] - 1)[0], name[0] - _NEAR)
    before = [word.low for word in tree.words[first : name[0]]]
    after = [word.low for word in tree.words[name[1] : name[1] + 3]]
    told = {_years(low) for low in before if is_years_old(low)} - {0}
    closed = len(after) > 1 and after[0] == "," and after[2:] in ([","], ["."], [])
    return told | ({_years(after[1])} - {0} if closed else set())


def age_of(tree: Tree, noun: int) -> Set[int]:
    """The years that a description may mean; none if it tells no age: "the 34-year-old"."""
    first = max(phrase(tree, noun)[0], noun - _NEAR)
    if "POS" in tree.tags[first:noun]:
        return set()  # "the 18-year-old's mother"
    words = tree.words[first : noun + 1]
    return {_years(word.low) for word in words if is_years_old(word.low)} - {0}


def _years(low: str) -> int:
    """A number of years that somebody may be old; else zero."""
    digits = low.removesuffix(YEARS_OLD)
    return int(digits) if is_age(digits) else 0
