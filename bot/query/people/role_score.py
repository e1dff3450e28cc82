"""How well a role that is asked for fits those that articles give somebody.

Knows nothing of who else has it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.query.people.groups import STATE, is_kin, serves_another
from bot.query.people.name_score import all_roles
from index.attribution.people.identities import (
    COUNTRIES,
    COUNTRIES_AND_STATES,
    FORMER,
    PROSECUTING,
    STATES,
    Context,
    Identity,
)
from index.attribution.people.role_matching import PRESENT
from index.language.folding import BODY_WORDS, fold, is_description
from index.language.names import ANY_BODY, BODY_KINDS, BODY_NOUNS, FIRST_NAMES, is_role
from index.language.offices import role_words
from index.language.word_lists import read_table, word_set
from index.language.words import PREPOSITIONS

# Who heads a country or a body: "the nato chief", "the hong kong leader".
CHIEFS = word_set("chiefs", "bot.query")
_PRESIDENTS = frozenset(("president", "vice-president"))  # of countries, and of much else
_BODY_KINDS = frozenset(w for w in BODY_WORDS | BODY_NOUNS if not is_role(w))
# What some bodies are called for short, and by no means any: "union", "charity", "airline".
SHORT_KINDS = frozenset().union(*BODY_KINDS.values()) & BODY_NOUNS - ANY_BODY - frozenset(
    "agency company firm group business brand".split()
)
# Before a role they tell nothing of whose it is: "a senior officer", "her defence lawyer".
_RANKING = frozenset("lead senior".split())
_LAWYER, _OF_LAWYERS = "attorney", frozenset(("defence",))
_LEFT_OUT, _BEGUN = 0.3, 0.1  # how much less a word counts that an article leaves out of a role
_OF_BODY = 0.3  # how much less surely those are meant who have a body in their role
_FEW = 3  # countries
# Where somebody is what a role says: a principal at a school.
_WORKPLACES = {
    role: places.split()
    for roles, places in read_table("workplaces.tsv", "bot.query")
    for role in role_words(roles)
}
PRESS = frozenset(role_words("press secretary"))
HEAD = "head"  # what chiefs, leaders and directors are compared as: of what is to be said


@dataclass(frozen=True, slots=True)
class AskedRole:
    """A role that is asked for: its words as they are compared, and the last, what one is.

    `body` has the words of a body that it names; `held` are its words as they are of those who
    have it, with what tells who had it once.
    """

    wanted: Sequence[str]
    head: str
    body: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()


def role_score(asked: AskedRole, identity: Identity, context_of: Callable[[str], Context]) -> float:
    """Share of the wanted words that the role has (1 each) or leaves out (0.7 each, or 0.9).

    Less where who had it once is asked for and who has it now is found, or vice versa. A body's
    words are left out only in an article that begins with them, and not surely.
    """
    wanted, head, body = asked.wanted, asked.head, asked.body
    best, others = 0.0, frozenset(wanted) - {head}
    # "ford's ceo" is not who is called Ford; "the Health Secretary" is called by an office.
    is_called = identity.is_body or _is_called_by_office(identity.words)
    own = identity.role_words if is_called else frozenset()
    # Who is "the US president" in one article is no Pole in another that says "the president".
    is_foreigner = is_elsewhere(wanted, all_roles(identity) | identity.role_words)
    for article, role in identity.roles:
        held = (role | own) - PRESENT
        told = held | (called_for_short(held) & others)
        is_head = head in role or (identity.is_body and head in identity.role_words)
        is_head = is_head or (head == "spokesperson" and is_spokesperson(role))
        # "the nato chief" is its secretary-general, where the role names NATO.
        is_chief = head == HEAD and not CHIEFS.isdisjoint(role)
        if not is_head and not (is_chief and told.issuperset(others)):
            continue
        # "the turkish president" is nobody else's president whom an article on Turkey has.
        if is_elsewhere(wanted, role) or (is_foreigner and not held.issuperset(others)):
            continue
        if PROSECUTING in role and PROSECUTING not in asked.held:
            continue  # "her lawyer" is not who accuses her
        # Those speak for a country who hold an office of it.
        if head in COUNTRIES and role.isdisjoint(STATE):
            continue
        context = context_of(article)
        if _goes_without(asked, told, context, identity) and body <= held | context.begun:
            missing = sum(w not in held and w != head for w in wanted)
            # "Fiji's President Lee resigns" tells of what he is president.
            cost = _BEGUN if _begins_with(context, wanted, identity) else _LEFT_OUT
            is_over = FORMER in asked.held
            former = (0.2 if is_over else 0.4) * (is_over != (FORMER in role))
            elsewhere = 0.4 * _is_of_company(wanted, head, held)
            unlike = 0.1 * (not body <= held) + 0.1 * (PROSECUTING in asked.held - role)
            best = max(best, 1 - cost * missing / len(wanted) - former - elsewhere - unlike)
    # "the company" is a company, and whoever is of one only speaks for it.
    return best - _OF_BODY * (is_any_body(wanted) and not _is_body(identity, head))


def called_for_short(role: Iterable[str]) -> frozenset[str]:
    """What bodies in a role may be called: the Transport Workers, a "union"; none of any body."""
    kinds = (BODY_KINDS.get(word, frozenset[str]()) for word in role)
    return (frozenset[str]().union(*kinds) & SHORT_KINDS) - frozenset(role)


def _begins_with(context: Context, wanted: Sequence[str], identity: Identity) -> bool:
    """Whether an article begins with an office, of one country, and with whoever may have it."""
    is_told = context.begun.issuperset((*wanted, identity.last))
    return is_told and len(context.begun & COUNTRIES) == 1


def _is_called_by_office(words: Sequence[str]) -> bool:
    """Whether a name is that of an office: "Health Secretary", and not "Thomas Farrier"."""
    return any(map(is_role, words)) and words[0] not in FIRST_NAMES


def is_any_body(wanted: Sequence[str]) -> bool:
    """Whether a body is asked for without telling which: "the company"."""
    return len(wanted) == 1 and wanted[0] in _BODY_KINDS


def _is_body(identity: Identity, kind: str) -> bool:
    """Whether somebody is a body; one that is only described, of a kind: "the UK government"."""
    if not is_description(identity.name):
        return identity.is_body
    before = takewhile(lambda word: word not in PREPOSITIONS, fold(identity.name))
    return role_words(" ".join(before))[-1:] == [kind]


def is_spokesperson(role: frozenset[str]) -> bool:
    """Whether who has a role speaks for a body by it."""
    return "spokesperson" in role or role >= PRESS


def roles_of(identity: Identity) -> Iterator[frozenset[str]]:
    """The roles that articles give somebody; of a spokesperson without a name what they are."""
    yield from (role for _, role in identity.roles)
    if is_description(identity.name) and is_spokesperson(identity.role_words):
        yield identity.role_words


def speaks_only_for(role: frozenset[str], name: frozenset[str]) -> bool:
    """Whether a role is that of a spokesperson of a body of that name, and of no longer one."""
    return is_spokesperson(role) and role - PRESS - _RANKING - {"spokesperson", HEAD} == name


def is_named_body(identity: Identity) -> bool:
    """Whether somebody is a body, and not only described."""
    return identity.is_body and not is_description(identity.name)


def is_named_person(identity: Identity) -> bool:
    """Whether somebody is a person, and not only described."""
    is_body = identity.is_body or identity.is_told_body
    return not is_body and not is_description(identity.name)


def _is_of_company(wanted: Sequence[str], head: str, held: frozenset[str]) -> bool:
    """Whether a country's president is asked for, and the role is of something in the country."""
    others = set(wanted) - {head}
    is_of_state = head in _PRESIDENTS and bool(others) and COUNTRIES.issuperset(others)
    return is_of_state and not (COUNTRIES | STATE | {head, FORMER}).issuperset(held)


def is_elsewhere(wanted: Iterable[str], role: frozenset[str]) -> bool:
    """Whether a role names a country or a state, but not the one that is asked for."""
    pairs = ((places & set(wanted), places & role) for places in (COUNTRIES, STATES))
    return any(asked and named and asked.isdisjoint(named) for asked, named in pairs)


def _goes_without(
    asked: AskedRole, held: frozenset[str], context: Context, identity: Identity
) -> bool:
    """Whether an article may leave the words of an asked role out of its own, which are `held`.

    It tells of whom it is what his wife thinks, and of what its "minister" is one; but the chair
    of a party is no chair of a company that it names, nor a chief executive a chief of police.
    """
    wanted, head = asked.wanted, asked.head
    # The principal of an academy that an article calls a school is "the school principal".
    places = {head, *filter(context.has, _WORKPLACES.get(head, ()))}
    missing = [word for word in wanted if word not in held and word not in places]
    own = held - COUNTRIES_AND_STATES - {FORMER, PROSECUTING} - _RANKING
    own -= _OF_LAWYERS if head == _LAWYER else set()
    if is_kin(head):
        # Whose they are is told by a last name: "harry dunn's mother", "the mother of harry dunn".
        last = next((word for word in reversed(wanted) if word != head), head)
        is_whose = last in held or (own <= {head} and last in context.begun)
        # "his daughter, Judith, a cellist", who is called as he is.
        is_whose = is_whose or (identity.last == last and all(map(is_role, own - {head})))
        return is_whose and all(map(context.has, missing))
    is_bare = own <= ({head} if head == HEAD else set(wanted))
    # Whatever has a president has it somewhere: UEFA's is nobody's; nor is a governor's aide.
    is_other = head in _PRESIDENTS or serves_another(own - {head})
    is_placed = not is_other and COUNTRIES_AND_STATES.issuperset(missing)
    # Of the presidents of a summit an article says no more than that.
    is_summit = head in _PRESIDENTS and len(context.homes & COUNTRIES) > _FEW
    may_go = (is_bare or is_placed) and not is_summit
    return not missing or (may_go and all(map(context.has, missing)))


def office_of(phrase: str) -> str | None:
    """The office in "turkey's president", "president of turkey"; None where none is of anything."""
    match = _OF.fullmatch(phrase.strip()) or _POSSESSIVE.fullmatch(phrase.strip())
    words = fold(match["office"]) if match else []
    return words[-1] if words and is_role(words[-1]) else None


_OF = re.compile(r"(?:the |an? )?(?P<office>[\w -]+?) of .+", re.IGNORECASE)
_POSSESSIVE = re.compile(r".+?(?:['’]s|s['’]) (?P<office>[\w -]+)", re.IGNORECASE)
