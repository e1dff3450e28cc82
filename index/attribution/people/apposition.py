"""Finds whose name is put beside a description: "the mayor, Ann Lee", "one of them, Lee".

Knows nothing of what else is told of anybody, nor of the order of a text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.grammar.clauses import NOMINAL, SUBJECTS, is_finite
from index.attribution.grammar.phrases import joins, phrase, run_end
from index.attribution.people.entity import Entity, Occurrence
from index.attribution.people.roles import CALLED, called_noun
from index.language.names import BODY_NOUNS, GENDERED, is_role
from index.language.syntax import Tree
from index.language.words import AUXILIARIES, DETERMINERS

# Tell two of one surname apart, and what then ends their names.
_YOUNGER, _ELDER = frozenset("younger junior".split()), frozenset("elder older senior".split())
_YOUNGER_ENDS, _ELDER_ENDS = frozenset("jr jr. ii iii".split()), frozenset("sr sr.".split())


@dataclass(frozen=True, slots=True)
class Apposition:
    """The names of an article, to be asked whom a noun beside one of them means."""

    trees: Sequence[Tree]
    occurrences: Sequence[Sequence[Occurrence]]

    def is_name(self, number: int, head: int) -> bool:
        """Whether a word is part of a name itself."""
        return any(o.covers(head) for o in self.occurrences[number])

    def named(self, number: int, head: int) -> Entity | None:
        """The entity whose name has the head, or is put right beside it: "the mayor, Ann Lee"."""
        tree, line = self.trees[number], self.occurrences[number]
        first, last = phrase(tree, head)
        # "Ann Lee KC said": the letters may be the head.
        own = next((o for o in line if o.covers(head)), None)
        inside = range(0) if own is None else range(*own.name)  # "Greenlaw & Sons" is one
        if any(k not in inside for k in joins(tree, head, first, last)):
            return self._in_office(number, head, first, last) or self._described(number, head)
        if own is not None and (holder := self._holder_of(number, own)) is not None:
            return holder
        if own is not None:
            inner = (
                tree.words[k].low for k in range(first, own.name[0]) if tree.roles[k] == "compound"
            )
            # Of "Save the Tram" the tram is no speaker.
            if any(low in DETERMINERS | AUXILIARIES for low in inner):
                return None
            return self._of_kin(tree.words[own.part[0] - 1].low if own.part[0] else "", own.entity)
        for occurrence in line:
            beside = any(
                tree.roles[k] in ("appos", "nmod", "flat") and tree.heads[k] == head
                for k in range(occurrence.name[1] - 1, occurrence.part[1])
            )
            if beside and self._may_be(number, head, occurrence):
                return occurrence.entity
            if occurrence.part[0] == head + 1 == last and _is_followed(tree, head, occurrence):
                return occurrence.entity
            if self._is_called(number, head, occurrence):
                return occurrence.entity
        near = self._aside_of(number, head, last) or self._set_off(number, head, last)
        return near or self._described(number, head)

    def _is_called(self, number: int, head: int, occurrence: Occurrence) -> bool:
        """Whether a noun, or what stands beside it, is told to have a name: "a man called Lee"."""
        tree = self.trees[number]
        noun = called_noun(tree, occurrence.name)
        while noun is not None and noun != head and tree.roles[noun] == "appos":
            noun = tree.heads[noun]
        return noun == head

    def _in_office(self, number: int, head: int, first: int, last: int) -> Entity | None:
        """Whose an office is that "and" is a part of: "Chairman and Chief Executive Ann Lee"."""
        word = self.trees[number].words[head]
        if self.trees[number].words[first].low in DETERMINERS:
            return None  # "the Vice President and President Lee"
        line = [o for o in self.occurrences[number] if o.name[1] > first and o.part[0] < last]
        people = [o for o in line if o.entity.is_person]
        office = word.is_name and is_role(word.low) and self.trees[number].tags[head] != "NNPS"
        one = office and len(people) == 1 and head < people[0].name[0] < people[0].name[1] == last
        return people[0].entity if one and len(people[0].entity.words) > 1 else None

    def _described(self, number: int, head: int) -> Entity | None:
        """Of whom a description behind a comma is told: "Ann Lee, the peer and former judge,".

        Not of whom something is done to: "Speaking to Velm Radio, a spokesman said".
        """
        tree, name = self.trees[number], self.trees[number].heads[head]
        end = phrase(tree, head)[1] % len(tree.words)
        # "Ann Lee, an official said, was ill": that is another.
        apart = name + 1 < head and tree.words[name + 1].text == tree.words[end].text == ","
        apart = apart and tree.roles[name] not in ("pobj", "dobj", "conj")
        beside = apart and tree.roles[head] == "appos" and tree.tags[head] == "NN"
        line = (o for o in self.occurrences[number] if o.covers(name))
        return next((o.entity for o in line), None) if beside else None

    def _holder_of(self, number: int, body: Occurrence) -> Entity | None:
        """Who has an office of a body's, and is named behind it: "the Guild's head, Ann Lee, said".

        Where the tree takes the body for who speaks.
        """
        tree, end = self.trees[number], body.name[1]
        if body.entity.is_person or tree.tags[end : end + 1] != ["POS"]:
            return None
        office = run_end(tree.tags, end + 1, ("JJ", "NN", "HYPH"))
        told = office > end + 1 and is_role(tree.words[office - 1].low)
        if not told or tree.words[office % len(tree.words)].text != ",":
            return None
        beside = (o for o in self.occurrences[number] if o.part[0] == office + 1)
        found = next((o for o in beside if o.entity.is_person), None)
        closed = found is not None and tree.words[found.part[1] % len(tree.words)].is_mark
        return found.entity if found is not None and closed else None

    def _aside_of(self, number: int, head: int, last: int) -> Entity | None:
        """Whose a description between commas is: "Ann Lee, a nun and now an abbess, said"."""
        tree = self.trees[number]
        last += tree.tags[last % len(tree.words)] == "PRP"  # "now an abbess herself"
        if last >= len(tree.words) or tree.words[last].text != ",":
            return None
        before = [o for o in self.occurrences[number] if o.part[1] < head]
        if not before or tree.words[before[-1].part[1]].text != ",":
            return None
        first, after = before[-1].part[0], before[-1].part[1] + 1
        opens = not first or tree.words[first - 1].is_mark or tree.words[first - 1].is_quotation
        plain = not any(
            tree.words[k].is_mark or tree.words[k].is_quotation or is_finite(tree, k)
            for k in range(after, head)
        )
        return before[-1].entity if opens and plain and before[-1].entity.is_person else None

    def _of_kin(self, before: str, entity: Entity) -> Entity | None:
        """Of those with a surname the one that a word before it means: "the younger Lee"."""
        ends = _YOUNGER_ENDS if before in _YOUNGER else _ELDER_ENDS if before in _ELDER else None
        if ends is None or len(entity.words) < 2:
            return entity
        named = {id(o.entity): o.entity for line in self.occurrences for o in line}.values()
        kin = [e for e in named if len(e.words) > 1 and e.last == entity.last]
        fitting = [e for e in kin if e.keys[-1] in ends]
        if len(fitting) == 1:
            return fitting[0]
        return entity if len(kin) == 1 else None

    def _may_be(self, number: int, head: int, occurrence: Occurrence) -> bool:
        """Whether a name beside a noun may be its own: not of "lawyers for the firm, Lee Foods"."""
        tree, entity = self.trees[number], occurrence.entity
        nearest = max(
            (k for k in range(occurrence.part[0]) if tree.tags[k][:2] == "NN"), default=head
        )
        human = tree.tags[head] in ("NNS", "NNPS") or is_role(tree.words[head].low)
        other = nearest != head and human and entity.kind == "body"
        return entity.kind in ("person", "", "body") and not other

    def _set_off(self, number: int, head: int, last: int) -> Entity | None:
        """Who is named between commas right behind an office: "his manager, Ann Lee, said"."""
        tree = self.trees[number]
        low = tree.words[head].low
        last = _past_participle(tree, head, last)
        # "the accused" is somebody, too.
        inner = [k for k in range(head + 1, last) if tree.roles[k] == "pobj"]
        if inner and low == "family":
            return None  # "the family of the driver, Ann Lee, said"
        is_one = tree.tags[head] == "NN" or (
            tree.tags[head] == "VBN" and tree.roles[head] in ("pobj", *SUBJECTS)
        )
        if last >= len(tree.words) or tree.words[last].text != "," or not is_one:
            return None
        described = tree.words[phrase(tree, head)[0]].low in DETERMINERS
        if not (is_role(low) or low in GENDERED or described):
            return None
        first = last + 1  # of "the neighbour, retired driver Ann Lee, said" behind "driver"
        first += tree.words[(first + 1) % len(tree.words)].low in CALLED  # "later identified as"
        while first < len(tree.words) and tree.tags[first] in ("DT", "JJ", "NN", "VBN", "HYPH"):
            called = tree.words[first].low in CALLED
            first += 1
            while called and first < len(tree.words) and tree.tags[first] in ("RB", "IN"):
                first += 1  # "a commander, known only as Abu Lee, said"
        beside = (o for o in self.occurrences[number] if last < o.part[0] <= first)
        found = next(beside, None)
        after = found.part[1] if found is not None else 0
        # "a pastor, Ann Lee of the Tidal Church in Velsund, said"
        after = run_end(tree.tags, after, ("IN", *NOMINAL), len(tree.words) - 1)
        closed = after >= len(tree.words) or tree.words[min(after, len(tree.words) - 1)].is_mark
        return found.entity if found is not None and found.entity.is_person and closed else None


def _is_followed(tree: Tree, head: int, occurrence: Occurrence) -> bool:
    """Whether a noun is what the name behind it is: "the retired judge Sir Ann Lee".

    So is "the watchdog group Open Ledger", where the tree has both depend on one preposition.
    """
    name = occurrence.name[1] - 1
    double = tree.roles[name] == tree.roles[head] == "pobj" and tree.heads[name] == tree.heads[head]
    return is_role(tree.words[head].low) or (double and tree.words[head].low in BODY_NOUNS)


def _past_participle(tree: Tree, head: int, last: int) -> int:
    """Where a noun phrase ends that a participle follows: "one pastor supporting Ann Lee,"."""
    if tree.tags[last : last + 1] not in (["VBG"], ["VBN"]) or last != head + 1:
        return last
    comma = next((k for k in range(last, len(tree.words)) if tree.words[k].text == ","), last)
    named = tree.kinds[comma - 1] == "person" and tree.words[comma - 1].is_name
    # "A woman advising the mayor, Ann Lee, said": there the name is the mayor's.
    inner = tree.words[comma - 1].low
    thing = tree.tags[comma - 1] == "NN" and not (is_role(inner) or inner in GENDERED)
    return comma if named or thing else last
