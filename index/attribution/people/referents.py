"""What a mention stands for, and what the sentence around a mention tells of it.

Words are given by their numbers in the tree. Knows nothing of the order of a text.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile

from index.attribution.grammar.clauses import SUBJECTS, clause_verb
from index.attribution.grammar.phrases import joins, phrase
from index.attribution.people.entity import Entity, Occurrence
from index.attribution.people.name_context import is_bodily_told
from index.language.names import ANY_BODY, BODIES, BODY_KINDS, BODY_NOUNS, GENDERED, Gender, is_role
from index.language.places import PEOPLES, PLACES
from index.language.syntax import Tree
from index.language.verbs import SHOWING, is_one_of
from index.language.words import OBJECTS, PREPOSITIONS, is_years_old


@dataclass(frozen=True, slots=True)
class Referent:
    """What a mention stands for: a named entity, or only the mention's own words."""

    name: str
    gender: Gender = ""
    entity: Entity | None = None
    plural: bool = False
    human: bool = False

    def fits(self, gender: Gender) -> bool:
        """Whether "he" or "she" may stand for it."""
        human = self.human or (self.entity is not None and self.entity.is_person)
        known = self.gender if self.entity is None else self.entity.gender
        return human and not self.plural and known in ("", gender)


def referent_of(entity: Entity) -> Referent:
    """What a name stands for."""
    return Referent(entity.name, entity.gender, entity, human=may_be_human(entity))


def may_be_body(entity: Entity) -> bool:
    """Whether "the firm" may stand for it."""
    unsure = not entity.kind and not entity.has_first_name and not entity.roles
    return entity.kind == "body" or unsure


def may_be_called(referent: Referent, noun: str, *, surely: bool = False) -> bool:
    """Whether a body may be meant by a noun, by what it is told to be or the noun of its name.

    No federation is "the company"; `surely` if it shows to be what the noun says.
    """
    if referent.entity is not None and noun in referent.entity.descriptions:
        return True
    kind = kind_of(referent.name)
    staff = referent.entity is None and is_role(kind.removesuffix("s"))
    if not kind or staff:
        return False  # "of York", whose office was taken off; "Doctors at York Hospital"
    return is_called(kind, noun, surely=surely)


def kind_of(name: str) -> str:
    """The noun of a name or a description, which tells what it is; "" where an "of" comes first."""
    words = ["", *name.lower().split()]
    *_, kind = takewhile(lambda word: word not in PREPOSITIONS, words)
    return kind


def is_called(kind: str, noun: str, *, surely: bool) -> bool:
    """Whether a body of a kind may be meant by a noun; `surely` if it shows to be that."""
    if kind in BODY_KINDS:
        return noun in BODY_KINDS[kind] or (noun in ANY_BODY and not surely)
    return not surely and (kind not in BODIES | BODY_NOUNS or noun not in BODY_KINDS)


def may_be_human(entity: Entity) -> bool:
    """Whether "he" or "she" may stand for it."""
    unsure = not entity.kind and (len(entity.words) > 1 or bool(entity.roles))
    return entity.kind == "person" or unsure


def may_be_person(tree: Tree, occurrence: Occurrence, gender: Gender) -> bool:
    """Whether a name taken for a place's or a body's may be a person's who does something."""
    entity, first = occurrence.entity, occurrence.part[0]
    often = max(entity.votes["body"], entity.votes["place"]) > len(entity.words) * 3
    bodily = often or not BODIES.isdisjoint(entity.keys)
    bodily = bodily or is_bodily_told(tree, None, occurrence.name)
    bodily = bodily or entity.articled > 0 or " ".join(entity.keys) in PLACES
    shown = is_subject(tree, occurrence) or (first == 1 and tree.words[0].low == "for")
    unlike = entity.kind in ("thing", "people") or any(word.isupper() for word in entity.words)
    return shown and not bodily and not unlike and entity.gender in ("", gender)


def names_body(description: str) -> bool:
    """Whether words describe a body, not a person: "the firm"."""
    last = description.rpartition(" ")[2].lower()
    return last in BODY_NOUNS or (last in BODIES and last not in GENDERED)


def is_neutral(referent: Referent) -> bool:
    """Whether "they" may be one person by the word for them: "a spokesperson for the firm"."""
    if referent.entity is not None:
        told = {role.lower() for role in referent.entity.roles} if not referent.gender else set()
        return any(role.endswith("spokesperson") for role in told)
    noun = kind_of(referent.name)
    return noun.endswith("person") and is_role(noun)


def names_text(description: str) -> bool:
    """Whether words describe what nobody says: "a filing by the firm", "5 percent"."""
    last = kind_of(description)
    return is_one_of(last, SHOWING) or last[-1:] in "0123456789%"


def may_be_firm(referent: Referent) -> bool:
    """Whether "the firm" may stand for who has been spoken of: "Velm Water", name or none."""
    if referent.entity is not None:
        return may_be_body(referent.entity)
    return referent.name[0].isupper() and " " in referent.name and names_body(referent.name)


def is_joined(tree: Tree, one: Occurrence, other: Occurrence) -> bool:
    """Whether "and" joins two names."""
    first, second = sorted((one.name[1] - 1, other.name[1] - 1))
    above, joined = second, False
    while tree.roles[above] in ("conj", "appos") and above != first and tree.heads[above] < above:
        joined = joined or tree.roles[above] == "conj"
        above = tree.heads[above]
    return above == first or (joined and above in tree.subtree(first))


def is_epithet(tree: Tree, head: int) -> bool:
    """Whether somebody is called by their people or age: "the Briton", "the 36-year-old"."""
    low, first = tree.words[head].low, phrase(tree, head)[0]
    single = tree.tags[head] in ("NN", "NNP", "JJ")
    people = low in PEOPLES and tree.words[head].is_name
    # "The United Nations" are no people.
    several = low.endswith("s") and any(w.is_name for w in tree.words[first + 1 : head])
    people = people and not several
    return tree.words[first].low == "the" and single and (people or is_years_old(low))


def is_plural_role(tree: Tree, noun: int) -> bool:
    """Whether a noun in the plural tells what persons are: "protesters"."""
    low = tree.words[noun].low
    return low == "people" or (low.endswith("s") and is_role(low.removesuffix("s")))


def main_subject(tree: Tree) -> int | None:
    """The subject before a sentence's root, the nearest to it."""
    root = tree.root
    if root is None:
        return None
    before = (c for c in reversed(tree.children[root]) if c < root and tree.roles[c] in SUBJECTS)
    return next(before, None)


def is_told_of(tree: Tree, head: int) -> bool:
    """Whether a sentence is about somebody without a name: "Lee's mother", "many guests".

    Or about several: "Lee and her colleagues".
    """
    low, first = tree.words[head].low, tree.words[phrase(tree, head)[0]].low
    if any(True for _ in joins(tree, head, *phrase(tree, head))):
        return True
    several = [k for k, tag in enumerate(tree.tags) if tag == "NNS" and is_plural_role(tree, k)]
    owned = tree.child(head, "poss") is not None
    aged = first == "the" and is_years_old(low)
    return aged or (low in GENDERED and (first == "the" or owned)) or several == [head]


def is_office_alone(tree: Tree, head: int, people: Sequence[Occurrence]) -> bool:
    """Whether a sentence is about who has an office, and names nobody before: "The officer"."""
    the = tree.words[phrase(tree, head)[0]].low == "the"
    alone = tree.tags[head] == "NN" and not any(o.name[0] < head for o in people)
    return the and alone and is_role(tree.words[head].low)


def is_aside(tree: Tree, head: int) -> bool:
    """Whether who speaks is less spoken of than a sentence's subject: "While Lee spoke, Orr"."""
    verb, main = clause_verb(tree, head), main_subject(tree)
    aside = verb is not None and tree.roles[verb] == "advcl" and tree.roles[head] in SUBJECTS
    return aside and main not in (None, head)


def is_passed_over(tree: Tree, head: int) -> bool:
    """Whether "she" is not who speaks: "was told by Lee that she", "When Lee warned her, she"."""
    if tree.roles[head] == "pobj" and tree.roles[tree.heads[head]] == "agent":
        return True
    told = tree.child(tree.heads[head], "dobj", "dative") if is_aside(tree, head) else None
    return told is not None and tree.words[told].low in OBJECTS


def is_agent(tree: Tree, occurrence: Occurrence) -> bool:
    """Whether a name is of who does what is done to the subject: "was attacked by Ann Lee"."""
    last = occurrence.name[1] - 1
    return tree.roles[last] == "pobj" and tree.roles[tree.heads[last]] == "agent"


def owns_first(tree: Tree, occurrence: Occurrence) -> bool:
    """Whether a sentence begins with what somebody has, of whom it then tells: "Lee's own: she"."""
    noun = tree.heads[occurrence.name[1] - 1]
    owned = tree.roles[occurrence.name[1] - 1] == "poss" and occurrence.part[0] == 0
    return owned and not (is_role(tree.words[noun].low) or tree.words[noun].low in GENDERED)


def is_subject(tree: Tree, occurrence: Occurrence) -> bool:
    """Whether a name is the subject of a clause, or put beside it: "their chair, Ann Lee"."""
    beside = (
        tree.roles[k] == "appos" and tree.roles[tree.heads[k]] in SUBJECTS
        for k in range(*occurrence.name)
    )
    return any(tree.roles[k] in SUBJECTS for k in range(*occurrence.name)) or any(beside)


def topicality(tree: Tree, occurrence: Occurrence) -> tuple[bool, bool]:
    """How far a sentence is from being about a name: its subjects first, and then persons."""
    return not is_subject(tree, occurrence), not occurrence.entity.is_person


def said_by(tree: Tree, subject: int) -> Collection[int]:
    """The words of the clause that a subject says something in."""
    said = tree.child(tree.heads[subject], "ccomp")
    return tree.subtree(said) if said is not None else ()
