"""Finds who in some articles has a role that a question names without saying whose: "the owner".

By the roles that the articles give, else by what they tell somebody does: "Lee, who owns it". Knows
nothing of questions beyond the phrase.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from bot.query.people.directory import Directory
from bot.query.people.groups import is_of_bodies, serves_another
from bot.query.people.other_names import other_names
from bot.query.people.role_score import (
    CHIEFS,
    HEAD,
    called_for_short,
    is_named_person,
)
from index.attribution.people.identities import (
    COUNTRIES_AND_STATES,
    FORMER,
    Identity,
    held_words,
)
from index.attribution.people.referents import is_called, kind_of
from index.language.folding import fold, is_description
from index.language.names import BODIES, BODY_KINDS, BODY_NOUNS, REGNAL, is_role
from index.language.offices import role_words
from index.language.places import DEMONYMS
from index.language.words import FUNCTION_WORDS, PREPOSITIONS

# Of whom one is spoken of everywhere, if only one is known: "the pope".
_WELL_KNOWN = REGNAL | frozenset("president premier chancellor monarch".split())
# Of these there is one at a time, of what they are told to be of; of the second of an area, too.
_ONE_AT_A_TIME = _WELL_KNOWN | CHIEFS | frozenset((HEAD, "mayor", "vice-president"))
_OF_AN_AREA = frozenset(("minister", "secretary"))
_LONGEST = 4  # words
_FEW = 20  # articles
_FIRMS = frozenset("company firm business".split())  # what any that trades may be called
_ARTICLES = frozenset("the a an".split())
# "the police chief", "the company's owner": there is one wherever these words stand.
_BODIES = BODIES | BODY_NOUNS
_TELLING_WHOSE = FUNCTION_WORDS - _ARTICLES
# Who has an office after or before somebody of the talk.
_FOLLOWING = frozenset("successor replacement predecessor".split())
_AUX = r"(?:(?:also|has|had|have|is|now|once|still|who)\s+){0,3}"


def is_bare(phrase: str, directory: Directory) -> bool:
    """Whether a phrase is a role with nothing that tells whose: no name, no place, no "of"."""
    words = [word for word in fold(phrase) if word not in _ARTICLES]
    if not words or len(words) > _LONGEST or not is_role(words[-1]):
        return False
    if not _TELLING_WHOSE.isdisjoint(words):
        return False
    # "the mayor" is no Mr Mayor.
    return not has_name(words, directory) and (words != fold(phrase) or not directory.named(phrase))


def has_name(words: Iterable[str], directory: Directory) -> bool:
    """Whether folded words have a name; "police" is none, though there are many of that name."""
    return any(word not in _BODIES and directory.is_name(word) for word in words)


def is_well_known(phrase: str, directory: Directory) -> bool:
    """Whether a bare role is that of the only one whom everybody calls so."""
    persons = {match.identity for match in directory.match(phrase, near=False)}
    return len(persons) == 1 and not _WELL_KNOWN.isdisjoint(role_words(phrase)[-1:])


def is_high_office(word: str) -> bool:
    """Whether a word alone is an office like few others, though it may be a last name: "king"."""
    return len(fold(word)) == 1 and not _ONE_AT_A_TIME.isdisjoint(role_words(word))


def is_held_by_one(phrase: str, directory: Directory) -> bool:
    """Whether a phrase is an office that one has after another: "the mayor of Oldham"."""
    words = frozenset(role_words(phrase))
    area = words - COUNTRIES_AND_STATES - _OF_AN_AREA
    is_one = not _ONE_AT_A_TIME.isdisjoint(words) or (area and not _OF_AN_AREA.isdisjoint(words))
    is_name = any(match.score >= 1 for match in directory.named(phrase))
    return bool(is_one) and not (is_name or is_bare(phrase, directory))


def called_so(phrase: str, directory: Directory, articles: frozenset[str]) -> tuple[Identity, ...]:
    """The bodies of some articles that a word for a kind of body means: Fjord Air, "the airline".

    By the nouns of their names; else the company is the only one that may be it where an article
    has that word, unless somebody else there is called no more than that.
    """
    noun = (fold(phrase) or [""])[-1]
    if not articles:
        return ()
    nouns = frozenset(name for name, called in BODY_KINDS.items() if noun in called)
    named = (
        who for who in directory.register.holding(nouns) if not articles.isdisjoint(who.articles)
    )
    found = [who for who in named if _is_body_of(who, noun, surely=True)]
    if found or len(articles) > _FEW or noun not in _FIRMS:
        return tuple(found)
    people = directory.people_of(articles & directory.mentions(noun))
    if any(is_description(who.name) and noun in fold(who.name) for who in people):
        return ()
    may = [who for who in people if _is_body_of(who, noun, surely=False)]
    return tuple(may) if len(may) == 1 else ()


def _is_body_of(who: Identity, noun: str, *, surely: bool) -> bool:
    """Whether somebody is a named body that may be called by a noun."""
    kind, is_body = kind_of(who.name), who.is_body or who.is_told_body
    is_body = is_body and not other_names(who.name) and not DEMONYMS.keys() >= set(fold(who.name))
    return is_body and not is_description(who.name) and is_called(kind, noun, surely=surely)


def held_in(
    phrase: str, people: Iterable[Identity], articles: frozenset[str] | None = None
) -> frozenset[tuple[str, str]]:
    """The articles (None: of all) in which some of the people have an office: (article, name).

    Of several who have one of several words in an article, those whose role is no more than that:
    not who is the "leader of those against a chief minister", beside him.
    """
    wanted = frozenset(role_words(phrase)) - COUNTRIES_AND_STATES - {FORMER}
    is_over = FORMER in held_words(phrase)
    held = {
        (article, who.name): len(role - COUNTRIES_AND_STATES)
        for who in people
        if is_named_person(who)
        for article, role in who.roles
        if wanted and wanted <= role and (FORMER in role) == is_over
    }
    least = {id_: min(n for (a, _), n in held.items() if a == id_) for id_, _ in held}
    found = (pair for pair, n in held.items() if len(wanted) == 1 or n == least[pair[0]])
    return frozenset(pair for pair in found if articles is None or pair[0] in articles)


def out_of_office(phrase: str, people: Iterable[Identity]) -> frozenset[tuple[str, str]]:
    """Who has an office elsewhere, and articles in which another of them has it: (article, name).

    Who is mayor today is not "the mayor" in the article on what he said to the mayor of that day.
    """
    people = tuple(people)
    holding = held_in(phrase, people)
    told = {article for article, _ in holding}
    persons = (who for who in people if is_named_person(who))
    each = {(id_, who.name) for who in persons for id_ in who.articles & told}
    return frozenset(each - holding)


def holders(
    phrase: str, directory: Directory, articles: frozenset[str], texts: Iterable[str]
) -> tuple[Identity, ...]:
    """Those of the articles who have the role now, else who had it, else who do what it says.

    `texts` are those of the articles.
    """
    wanted = role_words(phrase)
    people = directory.people_of(articles)
    given = [who for who in people if any(_has(who, a, wanted, directory) for a in articles)]
    present = [who for who in given if not any(FORMER in who.role_in(a) for a in articles)]
    named = [who for who in people if not who.is_body and not is_description(who.name)]
    head, told = fold(phrase)[-1], tuple(texts)
    found = present or given or _doing(head, named, told)
    is_role_alone = is_role(head) or not is_of_bodies(head)
    return tuple(found if found or is_role_alone else _called_there(head, people, told))


def _called_there(noun: str, people: Iterable[Identity], texts: Sequence[str]) -> list[Identity]:
    """Those who are told to be what a noun says, "Unison, the rail union"; else described by it.

    As "Opposition councillors" are by "the opposition".
    """
    others = [who for who in people if not is_named_person(who)]
    head = rf"(?i:{re.escape(noun)})\b"
    told = []
    for who in others:
        name = re.escape(who.name)
        beside = re.compile(
            rf"\b{name}, (?:the|a|an) (?:[\w’'-]+ ){{0,4}}{head}|\b{head},? {name}\b"
        )
        if not is_description(who.name) and any(map(beside.search, texts)):
            told.append(who)
    return told or [who for who in others if is_description(who.name) and noun in _before_of(who)]


def _before_of(who: Identity) -> list[str]:
    """The folded words of a name before its first preposition: of "a guard at the union" two."""
    return list(takewhile(lambda word: word not in PREPOSITIONS, fold(who.name)))


def _has(who: Identity, article: str, wanted: Sequence[str], directory: Directory) -> bool:
    """Whether an article gives somebody a role, its other words being the article's."""
    role = who.role_in(article) | (who.role_words if is_description(who.name) else frozenset())
    told, before = role | called_for_short(role), wanted[:-1]
    is_chief = wanted[-1] == HEAD and not CHIEFS.isdisjoint(role) and told.issuperset(before)
    if not (wanted[-1] in role or is_chief) or article not in who.articles:
        return False
    if serves_another(role) and not serves_another(frozenset(wanted)):
        return False  # "an aide to the governor"
    context = directory.register.context(article)
    return is_chief or all(word in told or context.has(word) for word in wanted)


def _doing(head: str, people: Sequence[Identity], texts: Sequence[str]) -> list[Identity]:
    """Those of whom it is told as "Lee, who owns it", "owned by Lee" or "its owner, Ann Lee"."""
    if head in _FOLLOWING:
        return [who for who in people if _follows(head, who.last, texts)]
    stems = {re.escape(head), re.escape(re.sub(r"(?:er|or)\Z", "", head))}
    verb = rf"(?:{'|'.join(sorted(stems))})(?:s|es|d|ed)\b"
    found = []
    for who in people:
        # Glued to the first name, where a space was lost.
        name = rf"(?i:{re.escape(who.last)})\b"
        told = re.compile(
            rf"\b{name},?\s+{_AUX}{verb}"
            rf"|\b{verb}\s+by\s+(?:\w+\s+){{0,2}}{name}"
            rf"|\b{re.escape(head)},?\s+(?:[A-Z][\w.'’-]*\s+){{0,2}}[A-Z]?\w*?{name}"
        )
        if any(map(told.search, texts)):
            found.append(who)
    return found


def _follows(head: str, last: str, texts: Iterable[str]) -> bool:
    """Whether somebody of a last name is told to take an office over, or to have had it before."""
    name = rf"(?:[\w.’'-]+ ){{0,3}}?{re.escape(last)}\b"
    taking = r"(?:replac(?:es|ed|ing|e)|succeed(?:s|ed|ing)?|(?:takes?|took|taking) over from)"
    after = (
        rf"(?:replaced|succeeded)(?: as [\w ]+?)? by {name}"
        rf"|\b{re.escape(last)}\b,?(?: [\w ]{{0,30}})? {taking}\b|successor,? {name}"
    )
    before = rf"predecessor,? {name}|\b{taking} {name}"
    told = re.compile(before if head == "predecessor" else after, re.IGNORECASE)
    return any(map(told.search, texts))
