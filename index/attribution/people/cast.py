"""Collects the people and bodies of an article: every name, its forms, and the roles it is given.

Works on the words outside whole quotations. Knows nothing of statements.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.attribution.grammar.clauses import SUBJECTS
from index.attribution.people.court_roles import court_roles, is_of_court
from index.attribution.people.deeds import deeds
from index.attribution.people.entity import SURELY, Entity, Occurrence, ages_of, is_bodily, is_first
from index.attribution.people.name_context import (
    abbreviates,
    acronyms,
    is_articled,
    is_bodily_told,
    is_head_of,
    is_modifier,
    is_tag,
    is_told_as_human,
    is_told_as_kin,
    is_where,
    owner_told,
    places_of,
    tells_of_another,
    text_of,
)
from index.attribution.people.name_ends import NAME_SUFFIXES
from index.attribution.people.naming import (
    FoundName,
    Usage,
    acting_alone,
    find_names,
    plain_word,
)
from index.attribution.people.roles import CALLED, called_noun, descriptions, is_played, roles_of
from index.language.names import (
    BODIES,
    BODY_NOUNS,
    FIRST_NAMES,
    GROUPS,
    HONORIFICS,
    PARTICLES,
    PEERAGE,
    Gender,
    is_role,
)
from index.language.syntax import Tree
from index.language.word_lists import word_set

# Two of them tell that an article is of films or plays.
_SCREEN = word_set("screen")
_BORN = frozenset("born née nee né".split())


def gather(trees: Sequence[Tree]) -> list[list[Occurrence]]:
    """Every name of every sentence, joined across its forms, with roles filled in."""
    common = frozenset(w.low for tree in trees for w in tree.words if not w.is_name)
    index = _Index()
    unsigned = _unsigned(_found(trees, common), trees)
    found = _renamed(_paired(_addressed(_ranked(unsigned)), trees), trees)
    for item in found:
        if len(item.words) > 1:
            index.full(item)
    occurrences: list[list[Occurrence]] = [[] for _ in trees]
    before: FoundName | None = None
    bodies = _bodies(found, trees)
    for number, item in enumerate(found):
        acting = trees[item.sentence].roles[item.name[1] - 1] in SUBJECTS
        acting = acting or is_modifier(trees[item.sentence], item.name)  # "Velm shares fell"
        passing = tells_of_another(trees[item.sentence], item.name)
        entity = bodies.get(number) or _namesake(item, trees[item.sentence])
        own = owner_told(trees[item.sentence], item.name)
        entity = entity or index.find(item, acting=acting, in_passing=passing, own=own)
        index.note(item, entity, as_kin=is_told_as_kin(trees[item.sentence], item.name))
        if before is not None and abbreviates(item, before, trees[item.sentence]):
            entity = index.find(before)
            index.alias(item.words, entity)
        if acting and len(item.words) == 1 < len(entity.words) and is_bodily(entity):
            entity.votes["body"] += SURELY
        before = item
        entity.titled = entity.titled or item.titled
        entity.titles |= item.title
        entity.gender = entity.gender or item.gender
        if (articled := is_articled(trees[item.sentence], item.part)) is not None:
            entity.articled += articled
            entity.bare += not articled
        entity.votes[item.kind] += len(item.words)
        if _is_told_as_body(item, trees):
            entity.votes["body"] += 2 * len(item.words)
        held = item.kind == "body" or is_bodily(entity)  # "shares in Velm Shipping"
        if is_where(trees[item.sentence], item.part) and not held:
            entity.votes["place"] += 2 * len(item.words)
        occurrences[item.sentence].append(Occurrence(item.part, item.name, entity))
    on_screen, in_court = len(_SCREEN & common) > 1, is_of_court(common)
    _describe(trees, occurrences, on_screen=on_screen, in_court=in_court)
    for entity in {id(o.entity): o.entity for line in occurrences for o in line}.values():
        entity.settle()
    return occurrences


def _bodies(found: Sequence[FoundName], trees: Sequence[Tree]) -> dict[int, Entity]:
    """The bodies that somebody bears the name of, by the numbers of the names that are theirs.

    Of "Hadlow said its sales fell. Bo Hadlow said he was sorry." the first is the firm.
    """
    known: dict[str, Entity] = {}
    borne = {plain_word(i.words[-1]): n for n, i in reversed(list(enumerate(found))) if i.words[1:]}
    bodies: dict[int, Entity] = {}
    for number, item in enumerate(found):
        key = plain_word(item.words[0])
        if len(item.words) > 1 or item.titled or key not in borne or is_first(key):
            continue
        first = number < borne[key]
        told = (first or key in known) and _reads_as_body(item, trees)
        if told or (first and key in known):
            entity = known.setdefault(key, Entity(item.words, item.text))
            entity.votes["body"] += SURELY
            bodies[number] = entity
    return bodies


def _namesake(item: FoundName, tree: Tree) -> Entity | None:
    """Who has the name of somebody else: "Her daughter, also called Mary, said"."""
    first = item.part[0]
    called = first > 1 and tree.words[first - 1].low in CALLED
    also = called and tree.words[first - 2].low == "also" and called_noun(tree, item.name)
    return Entity(item.words, item.text) if also else None


def _is_told_as_body(item: FoundName, trees: Sequence[Tree]) -> bool:
    """Whether a name that nobody is known to bear is told of as a firm: "Velm Bakeries … its".

    "Broker Velm kept its view" is one, too.
    """
    firm = item.titled and item.title <= BODY_NOUNS
    if (len(item.words) < 2 or item.titled) and not firm:
        return False
    if is_first(plain_word(item.words[0])):
        return False
    return _reads_as_body(item, trees)


def _reads_as_body(item: FoundName, trees: Sequence[Tree]) -> bool:
    tree, *after = trees[item.sentence : item.sentence + 2]
    return is_bodily_told(tree, after[0] if after else None, item.name)


def _describe(
    trees: Sequence[Tree],
    occurrences: Sequence[Sequence[Occurrence]],
    *,
    on_screen: bool,
    in_court: bool,
) -> None:
    """Note what is said of the named: roles, trades, places, and that they are characters."""
    for tree, line in zip(trees, occurrences, strict=True):
        for occurrence in line:
            entity = occurrence.entity
            ages = ages_of(tree, occurrence.name)
            entity.ages |= ages
            entity.places |= places_of(tree, occurrence.name)
            entity.played = entity.played or is_played(tree, occurrence.name, on_screen=on_screen)
            entity.free = entity.free or not is_modifier(tree, occurrence.name)
            told = set(descriptions(tree, occurrence.name))
            entity.descriptions |= told
            entity.impersonal |= is_tag(tree, occurrence.name)
            leads = is_head_of(tree, occurrence.name) and not is_bodily(entity)
            entity.human = (
                entity.human or leads or is_told_as_human(tree, occurrence.name, told, ages)
            )
            if not told.isdisjoint(BODY_NOUNS) and not entity.human:
                entity.votes["body"] += 2 * len(entity.words)
        acting = court_roles(tree, [o.name for o in line]) if in_court else ()
        for number, role in (*roles_of(tree, [(o.part, o.name) for o in line]), *acting):
            entity = line[number].entity
            firm = tree.words[role[1] - 1].low in BODY_NOUNS and not entity.has_first_name
            bodily = is_bodily(entity) or firm  # "the contractor, Tarrow Surfacing"
            named = entity.human or (len(entity.words) > 1 and not bodily)
            if named or entity.titled or entity.votes["body"] <= entity.votes["person"]:
                entity.add_role(text_of(tree, role))
        for number, clause in deeds(tree, [o.name for o in line]):
            line[number].entity.deeds.append(text_of(tree, clause))


def _found(trees: Sequence[Tree], common: frozenset[str]) -> list[FoundName]:
    """All names, in the order of the text."""
    proper: set[str] = set()
    surnames: set[str] = set()
    alone: set[str] = set()
    for tree in trees:
        alone.update(acting_alone(tree))
        for k, kind in enumerate(tree.kinds):
            if k and kind in ("person", "body", "place") and tree.words[k].is_name:
                proper.add(tree.words[k].low)
            if k and tree.heads[k - 1] == k and _ends_name(tree, k):
                surnames.add(tree.words[k].low)
    usage = Usage(
        common,
        frozenset(proper - common),
        frozenset(surnames - common),
        frozenset(word for word in alone - common if not is_role(word)),
    )
    return [f for n, tree in enumerate(trees) for f in find_names(n, tree, usage)]


def _ends_name(tree: Tree, word: int) -> bool:
    """Whether a word behind a person's first name is the surname, though it be "Pope"."""
    before, kind = tree.kinds[word - 1 : word + 1]
    if before == kind == "person":
        return True
    unread = {before, kind} <= {"person", ""} and tree.tags[word] == "NNP"
    return unread and tree.words[word].is_name and tree.words[word - 1].low in FIRST_NAMES


def _unsigned(found: list[FoundName], trees: Sequence[Tree]) -> list[FoundName]:
    """The names, without the writer's, whose line and the paper's stand over the text."""
    over = [f for f in found[:2] if not f.titled and _is_line(f, trees[f.sentence])]
    if [f.sentence for f in over] != [0, 1] or len(trees) < 3:
        return found
    (writer, paper), after = over, found[2:]
    personal = writer.kind in ("person", "") or is_first(plain_word(writer.words[0]))
    own = personal and len(writer.words) in (2, 3) and paper.kind != "person"
    told = any(item.words[-1] == writer.words[-1] for item in after)
    return after if own and not told and not is_first(plain_word(paper.words[0])) else found


def _is_line(item: FoundName, tree: Tree) -> bool:
    """Whether a name is all of a sentence: "The Velm Courier"."""
    first, end = item.name
    return end == len(tree.words) and all(word.low == "the" for word in tree.words[:first])


def _ranked(found: list[FoundName]) -> list[FoundName]:
    """The names, without the initials of a rank: "DC Lee", of Detective Constable Ann Lee."""
    full = {item.words[-1]: item for item in found if len(item.words) > 1 and item.titled}
    return [_unranked(item, full.get(item.words[-1])) for item in found]


def _addressed(found: list[FoundName]) -> list[FoundName]:
    """The names, of two who are told apart by nothing but "Mr Lee" and "Mrs Lee" with that."""
    # "Park So-ra" is Ms Park.
    full = {plain_word(word) for item in found if len(item.words) > 1 for word in item.words}
    genders: dict[str, set[str]] = {}
    for item in found:
        if item.titled and item.title <= HONORIFICS.keys() and len(item.words) == 1:
            genders.setdefault(plain_word(item.words[0]), set()).add(item.gender)
    apart = {key for key, told in genders.items() if {"m", "f"} <= told} - full
    return [
        replace(item, words=(title, *item.words), text=f"{title} {item.text}")
        if item.titled and plain_word(item.words[0]) in apart
        else item
        for item in found
        for title in [" ".join(sorted(item.title)).capitalize()]
    ]


def _unranked(item: FoundName, held: FoundName | None) -> FoundName:
    rank, *name = item.words
    title = {} if held is None else Counter(word[0] for word in held.title)
    if len(name) != 1 or not rank.isupper() or Counter(rank.lower()) != title:
        return item
    first, end = item.name[1] - 1, item.name[1]
    bare = replace(item, words=(name[0],), text=name[0], name=(first, end), kind="person")
    return replace(bare, title=item.title | {rank.lower()})


def _paired(found: list[FoundName], trees: Sequence[Tree]) -> list[FoundName]:
    """The names, of couples and kin with the surname that both have: "Bo and Ann Lee"."""
    surnames = {plain_word(item.words[-1]) for item in found if len(item.words) > 1}
    known: set[str] = set()
    paired = list(found)
    for number, (item, after) in enumerate(pairwise(found)):
        first = plain_word(item.words[-1])
        before = trees[item.sentence].words[max(0, item.name[0] - 1)].low
        kin = before in GROUPS  # "Sisters Ann and Bo Lee"
        new = first not in known and first not in surnames and (kin or is_first(first))
        known |= {first, plain_word(item.words[0])}
        joined = after.sentence == item.sentence and after.part[0] == item.part[1] + 1
        joined = joined and trees[item.sentence].words[item.part[1]].low == "and"
        full = len(after.words) == 2 and not after.titled
        full = full and (kin or is_first(plain_word(after.words[0])))
        if new and joined and full and len(item.words) == 1:
            words = (item.words[0], after.words[1])
            paired[number] = replace(item, words=words, text=" ".join(words))
    return paired


def _renamed(found: list[FoundName], trees: Sequence[Tree]) -> list[FoundName]:
    """The names, those that people had at birth as the ones they bear: "Born Bo Orr, he …"."""
    renamed: list[FoundName] = []
    borne: Counter[str] = Counter()
    hero: FoundName | None = None  # whom the article has named most so far
    for item in found:
        words, first = trees[item.sentence].words, item.part[0]
        full, born = len(item.words) > 1, first > 0 and words[first - 1].low in _BORN
        beside = born and first > 1 and words[first - 2].text in (",", "(")
        own = renamed[-1] if beside and renamed else hero if first == 1 else None
        if born and full and own is not None:
            renamed.append(replace(item, words=own.words, text=own.text))
            continue
        renamed.append(item)
        borne[item.words[-1]] += 1
        if full and (hero is None or borne[item.words[-1]] > borne[hero.words[-1]]):
            hero = item
    return renamed


# Joining


class _Index:
    """The entities found so far, by full name and by each form that may stand for one."""

    def __init__(self) -> None:
        # Who is told of as somebody's kin, with the sentence that last names them.
        self._kin: dict[int, int] = {}
        self._met: set[int] = set()
        self._full: dict[tuple[str, ...], Entity] = {}
        self._short: dict[str, list[Entity]] = {}
        self._order: dict[int, int] = {}
        self._clock = 0

    def full(self, item: FoundName) -> None:
        """Enter a name of two words or more."""
        keys = tuple(plain_word(word) for word in item.words)
        if keys in self._full:
            return
        same = [e for e in self._short.get(keys[-1], []) if _is_same(e.keys, keys)]
        entity = same[0] if same else Entity(item.words, item.text, titled=item.titled)
        self._full[keys] = entity
        if same:
            if keys[-len(entity.keys) :] == entity.keys:
                # A surname of several words came first: "von der Leyen".
                entity.words, entity.name, entity.keys = item.words, item.text, keys
            return
        for key in {entity.last, *keys, *map(plain_word, item.nicknames), *acronyms(item.words)}:
            self._short.setdefault(key, []).append(entity)
        if len(item.nicknames) > 1:
            self._full[tuple(map(plain_word, item.nicknames))] = entity
        for nickname in item.nicknames:
            self._full.setdefault((plain_word(nickname), entity.last), entity)

    def note(self, item: FoundName, entity: Entity, *, as_kin: bool) -> None:
        """Note where somebody's kin is named last, who is not the first to have the surname."""
        before = (e for e in self._short.get(entity.last, []) if e is not entity)
        known = any(id(e) in self._met for e in before)
        if (as_kin and known and id(entity) not in self._met) or id(entity) in self._kin:
            self._kin[id(entity)] = item.sentence
        self._met.add(id(entity))

    def alias(self, words: Sequence[str], entity: Entity) -> None:
        """Let another form stand for an entity from here on."""
        self._full[tuple(map(plain_word, words))] = entity

    def find(
        self,
        item: FoundName,
        *,
        acting: bool = False,
        in_passing: bool = False,
        own: Gender = "",
    ) -> Entity:
        """The entity of a name; a short one is the last mentioned of those it may stand for.

        Of "Velm added" it is Velm Foods, for it is `acting`; of "Lee left her house" it is a woman
        of that name, if there is one. Who is named `in_passing` is no later mentioned than before.
        """
        keys = tuple(plain_word(word) for word in item.words)
        entity = self._full.get(keys)
        if entity is None:
            matches = self._matches(keys[0], item, acting) if len(keys) == 1 else []
            matches = [e for e in matches if own and e.gender == own] or matches
            # A surname alone is no longer the daughter's where she was named long ago.
            near = [e for e in matches if item.sentence <= self._kin.get(id(e), item.sentence) + 1]
            matches = near or matches
            entity = max(matches, key=self._recency) if matches else Entity(item.words, item.text)
            if not matches:
                self._full[keys] = entity
        if in_passing:
            self._order.setdefault(id(entity), 0)
        else:
            self._clock += 1
            self._order[id(entity)] = self._clock
        return entity

    def _recency(self, entity: Entity) -> tuple[bool, int]:
        return entity.keys[-1] not in NAME_SUFFIXES, self._order.get(id(entity), 0)

    def _matches(self, key: str, item: FoundName, acting: bool) -> list[Entity]:
        known = self._short.get(key, [])
        # Whoever comes later in the text is not meant before.
        known = [e for e in known if id(e) in self._order] or known
        known = [e for e in known if not (item.gender and e.gender and item.gender != e.gender)]
        bodies = [e for e in known if e.keys[0] == key and is_bodily(e)]
        alone = acting and len(known) == 1 and not is_first(key) and item.kind != "place"
        if bodies and not item.titled and (item.kind == "body" or alone):
            return bodies
        # "The Examiner" is the Sunday Examiner, if that is the only one.
        outlets = [e for e in known if e.last == key and key in BODIES and is_bodily(e)]
        if len(outlets) == 1 and not item.titled:
            return outlets
        people = [e for e in known if not is_bodily(e)]
        surname = [e for e in people if e.last == key]
        middle = [e for e in people if key in e.keys[1:] and e.keys[0] in FIRST_NAMES]
        called = [e for e in known if key not in e.keys and key in acronyms(e.words)]
        if called and item.words[0].isupper():
            return called
        nicknamed = [e for e in people if key not in e.keys and key not in acronyms(e.words)]
        # "Lady Ann" is who was "Lady Ann Lee".
        first = [e for e in people if e.keys[0] == key]
        first = [e for e in first if not item.titled or item.knighted or item.title & e.titles]
        addressed = [e for e in surname if item.title & e.titles]
        return addressed or surname or middle or first or nicknamed or self._misspelt(key)

    def _misspelt(self, key: str) -> list[Entity]:
        """A surname that differs in one letter at its end, as hurried copy has them."""
        if len(key) < 5:
            return []
        near = [e for k, es in self._short.items() if _is_near(k, key) for e in es]
        near = [e for e in near if not is_bodily(e) and _is_near(e.last, key)]
        return near if len(near) == 1 else []


def _is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of several words are one person's, one of them shortened."""
    if one[-1] == other[-1] and one[-1] in NAME_SUFFIXES and len(one) > 1 < len(other):
        return _is_same(one[:-1], other[:-1])  # "Okafor Jr." is "Thaddeus Okafor Jr."
    if {one[-1], other[-1]} & NAME_SUFFIXES or len(one) == len(other):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) == 2 and short[1] == long[0]:
        # "Lady Lee" is "Lee of Ely", "Sheikh Abdullah" is "Abdullah bin Rashid".
        return (short[0] in PEERAGE and long[1] == "of") or (
            short[0] == "sheikh" and long[1] in PARTICLES
        )
    if short[0] in PARTICLES and len(short) > 1:
        # "De la Cruz" is "Ana de la Cruz Ortega".
        return any(long[k : k + len(short)] == short for k in range(1, len(long)))
    if long[-len(short) :] == short:
        return short[0] not in FIRST_NAMES
    if len(short) > 1 and long[: len(short)] == short and long[len(short)] in PARTICLES:
        return True  # "Abdul Rahman bin Yusof"
    if short[0] != long[0] or short[-1] != long[-1] or short[0] not in FIRST_NAMES:
        return False
    # "George W." is not "George H. W."; without a middle name it may be either.
    return len(short) == 2


def _is_near(one: str, other: str) -> bool:
    return one != other and len(one) == len(other) and one[:-1] == other[:-1]
