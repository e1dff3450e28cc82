"""Finds who are named together, and whom "the couple", "the sisters" and "they" then mean.

"Ann and Bo Lee", "Ann Lee and her husband, Bo Orr". Knows nothing of what is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.attribution.people.entity import Entity, Occurrence
from index.attribution.people.referents import Referent, is_subject, may_be_human
from index.language.names import GROUPS, Gender, is_role
from index.language.syntax import Tree

# Tags of what may stand between two names that "and" joins: "Ann Lee, 44, and her husband, Bo".
_BETWEEN = ("PRP$", "JJ", "NN", "CD", "DT", ",", "CC")
_LONGEST = 8  # words between two names


@dataclass(frozen=True, slots=True)
class NamedTogether:
    """Persons named together, as the text has them; `acting` where they are a clause's subject.

    All are `sure` to be persons, or one of them is.
    """

    members: tuple[Entity, ...]
    name: str
    acting: bool
    sure: bool

    @property
    def referent(self) -> Referent:
        """What "they" stands for: all members together."""
        return Referent(self.name, plural=True, human=True)

    def is_called(self, low: str) -> bool:
        """Whether they may be called so together: "couple", "sisters"."""
        number, gender = GROUPS[low]
        genders: set[Gender] = {member.gender for member in self.members} - {""}
        fits = not gender or genders <= {gender}
        named = self.sure or not any(member.kind == "body" for member in self.members)
        return fits and named and number in (0, len(self.members))


@dataclass(slots=True)
class Groups:
    """The groups of a text, entered sentence by sentence."""

    text: str
    trees: Sequence[Tree]
    occurrences: Sequence[Sequence[Occurrence]]
    # Those that may be called so ("couple"), each once.
    _called: dict[str, list[NamedTogether]] = field(default_factory=dict)
    _known: set[frozenset[int]] = field(default_factory=set)

    def enter(self, number: int) -> list[NamedTogether]:
        """Note the groups of a sentence."""
        tree, line = self.trees[number], self.occurrences[number]
        found = list(find_groups(self.text, tree, line))
        for group in found:
            key = frozenset(map(id, group.members))
            if key in self._known:
                continue
            self._known.add(key)
            for low in GROUPS:
                if group.is_called(low):
                    self._called.setdefault(low, []).append(group)
        return found

    def meant(self, low: str) -> NamedTogether | None:
        """The one group that may be called so: "the couple"; None where two may."""
        fitting = self._called.get(low, [])
        return fitting[0] if len(fitting) == 1 else None

    def beside(self, number: int, head: int) -> NamedTogether | None:
        """Who are named behind what they are: "his partners, Ann Lee and Bo Orr"."""
        tree, line = self.trees[number], self.occurrences[number]
        if tree.tags[head] != "NNS":
            return None
        ends = (o.name[1] - 1 for o in line)
        if not any(tree.roles[k] == "appos" and tree.heads[k] == head for k in ends):
            return None
        for group in find_groups(self.text, tree, line):
            first = next(o.name[1] - 1 for o in line if o.entity is group.members[0])
            if tree.roles[first] == "appos" and tree.heads[first] == head and group.sure:
                return group
        return None


def find_groups(text: str, tree: Tree, line: Sequence[Occurrence]) -> Iterator[NamedTogether]:
    """The persons of a sentence whom commas and "and" join, two or more at a time."""
    joined: list[Occurrence] = []
    for one, two in pairwise([*line, None]):
        if one is None:
            break
        joined.append(one)
        if two is None or not _are_joined(tree, one, two):
            words = tree.words[joined[0].part[1] : joined[-1].part[0]]
            if any(w.low == "and" for w in words) and any(may_be_human(o.entity) for o in joined):
                yield _group(text, tree, joined)
            joined = []


def _are_joined(tree: Tree, one: Occurrence, two: Occurrence) -> bool:
    between = range(one.part[1], two.part[0])
    lows = [tree.words[k].low for k in between]
    if not 0 < len(lows) <= _LONGEST or any(tree.tags[k] not in _BETWEEN for k in between):
        return False
    # Not of the word right before a name: "bride Ann Lee and groom Bo Orr".
    nouns = [tree.words[k].low for k in between[:-1] if tree.tags[k] == "NN"]
    listed = lows == [","] or (lows.count("and") == 1 and all(map(is_role, nouns)))
    return listed and one.entity is not two.entity


def _group(text: str, tree: Tree, joined: Sequence[Occurrence]) -> NamedTogether:
    members = tuple(occurrence.entity for occurrence in joined)
    plain = all(two.name[0] == one.part[1] + 1 for one, two in pairwise(joined))
    first, last = tree.words[joined[0].name[0]], tree.words[joined[-1].name[1] - 1]
    as_told = " ".join(text[first.start : last.end].split())
    name = as_told if plain else " and ".join(member.name for member in members)
    acting = any(is_subject(tree, occurrence) for occurrence in joined)
    return NamedTogether(members, name, acting, sure=all(map(may_be_human, members)))
