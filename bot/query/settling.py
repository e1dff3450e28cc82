"""Settles what only an archive can tell of a question: which days, and whether a name is one.

Knows nothing of how sentences are found.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.date_range import Calendar, Days
from bot.query.grammar.asked import QUESTION_WORD, find_in_telegram
from bot.query.grammar.pieces import Comparison, read_lead
from bot.query.grammar.question import Query, compare, or_on_day, said
from bot.query.people.calling import is_called, is_named, is_person
from bot.query.people.directory import Directory
from bot.query.people.groups import is_of_bodies, is_of_people
from bot.query.people.holders import called_so, held_in, is_bare, is_high_office
from bot.query.people.name_score import best
from bot.query.people.other_names import houses_of
from bot.query.people.role_score import is_any_body
from bot.query.typed.spelling import common_words
from index.attribution.people.identities import Identity
from index.language.folding import fold
from index.language.names import FIRST_NAMES, is_role
from index.language.offices import role_words
from index.language.places import DEMONYMS
from index.language.words import AUXILIARIES, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS, PRONOUNS

_LONGEST_NAME = 4  # words
# "lee in paris", "lee at the un"; "the police spokesman's worry", which is no title.
_AFTER_NAME = re.compile(
    r"(?P<name>.+?)\s+(?P<rest>(?:in|at|after|before|during|when|from|with)\s+.+)|(?P<name2>.+)['’]s?\s+(?P<rest2>\w+)",
    re.IGNORECASE,
)
_ADVERB_BEHIND = re.compile(
    r"(?P<name>.+?)(?: (?:ever|also|not|never))* (?P<how>\w+)ly", re.IGNORECASE
)
_ADJECTIVES = ("al", "ar", "ic", "ive", "ous")
_PLACED = re.compile(r"(?:in|at|during)\s+(?P<where>.+)", re.IGNORECASE)
_WHOSE = re.compile(r"(?:from|with)\s", re.IGNORECASE)
_THEY = frozenset("they them".split())
# The days of an event, if an article tells them surely: (event, what is asked) -> days.
DaysOf = Callable[[str, str], Days | None]
# The days of the articles on a question, in order, as far as its words tell.
DaysOn = Callable[[Query], tuple[date, ...]]


def settle(
    query: Query,
    directory: Directory,
    calendar: Calendar,
    days_of: DaysOf,
    days_on: DaysOn = lambda _: (),
) -> Query:
    """The question as the archive reads it."""

    def settled(each: Query) -> Query:
        return settle(each, directory, calendar, days_of, days_on)

    query = _or_there(_named(_spoken(query, directory), directory), directory)
    query = _by_name(query, directory)
    is_open = query.dates is not None and query.dates.is_open
    own = replace(calendar, told=days_on(query)) if is_open else calendar
    query = _dated(query, own, days_of)
    pieces = tuple(
        replace(settled(each), days=query.days) if each.dates == query.dates else settled(each)
        for each in query.pieces
    )
    or_else = query.or_else and settled(query.or_else)
    story = query.in_story and settled(query.in_story)
    return replace(query, pieces=pieces, or_else=or_else, in_story=story)


def _dated(query: Query, calendar: Calendar, days_of: DaysOf) -> Query:
    if query.dates is None:
        return query
    event = query.dates.event
    told = days_of(event, query.topic) if event else None
    if event and told is None:
        return query
    days = query.dates.resolve(calendar, told)
    is_subject = query.extent == "best" and not calendar.reaches(days)
    return replace(query, days=replace(days, is_subject=is_subject))


def _named(query: Query, directory: Directory) -> Query:
    """The question with its names taken for what they are."""
    if query.kind in ("said", "compare") and query.pieces:
        return _joint(query, directory)
    if query.is_of_nobody and (owner := _named_before(query, directory)):
        # "what will Lee discuss, according to his spokesman"
        _, _, kin = (query.asked or "").partition(" ")
        return replace(query, asked=f"{owner}'s {kin}" if kin else owner)
    if query.kind == "said" and (query.asked or "").lower() in _THEY:
        # Nobody was spoken of before: people's words will do.
        return replace(query, kind="who_said", asked=None)
    if query.kind == "who_said" and query.without and query.without == query.topic:
        # "who called trump a bully": the name alone is whom it is aimed at.
        return replace(query, without=_leading_name(query.without, directory))
    if query.kind == "fact" and query.or_else and query.or_else.extent == "story":
        return _told(query, query.or_else, directory)
    if query.extent == "person" and not _is_person(query.topic, directory):
        # "who is the mayor of Oldham" asks for whom the articles call so.
        return replace(query, extent="best", topic=query.text)
    is_news = query.extent == "newest" and query.kind == "said"
    if is_news and not _bears_name(query.asked or "", directory):
        # "the latest from Hong Kong" names a place, whoever holds an office there.
        topic = f"{query.asked} {query.topic}".strip()
        return replace(query, kind="fact", asked=None, topic=topic, text=topic)
    return query


def _is_person(topic: str, directory: Directory) -> bool:
    """Whether "who is" asks for somebody of a name, and not whom "lee is painting in reed"."""
    named, words = directory.named(topic), fold(topic)[1:]
    is_clause = any(
        word in PREPOSITIONS - {"of"}
        or (word.endswith(("ing", "ed")) and not is_role(word) and not directory.is_name(word))
        for word in words
    )
    if is_clause:
        return any(match.score >= 1 for match in named)
    # "the head of the choir" is somebody's office, and no name like theirs.
    is_office = not named and bool(directory.match(topic, near=False))
    return bool(named or (not is_office and directory.alike(topic)))


def _told(query: Query, story: Query, directory: Directory) -> Query:
    """The question that may be one for a story: of a person, of what happened to one, of days."""
    fact, words = replace(query, or_else=None), story.topic.lower().split()
    is_person = any(match.score >= 1 for match in directory.named(story.topic))
    is_on_day = query.dates is not None and query.dates.text.lower().startswith("on ")
    is_person = is_person or (is_on_day and _bears_name(story.topic, directory))
    if story.topic != query.topic:
        # "what happened to lee": her story, as her articles tell it.
        return replace(story, or_else=fact) if is_person else query
    if not is_person:
        # "hurricane dorian, 1 to 7 september": what is told of it from then.
        is_name = (
            query.dates
            and (FUNCTION_WORDS - DETERMINERS).isdisjoint(words)
            and "'s" not in story.topic
        )
        return replace(story, dates=query.dates, or_else=fact) if is_name else query
    if query.dates:
        # "lee, december" asks for what was said then.
        asked = said(query.topic.strip(" ,:-"), "")
        return or_on_day(replace(asked, dates=query.dates, or_else=story))
    return replace(query, extent="person")


def _as_called(query: Query, directory: Directory) -> Query:
    """The question of "the mayors quote" for the mayor's, and of "every senator" for senators'.

    "King's speech" is the king's, and nobody's who is called King.
    """
    asked = query.asked or ""
    if query.is_guess and query.kind == "said" and is_high_office(asked):
        return replace(query, asked=f"the {asked}")
    if query.kind != "said" or directory.named(asked) or asked.lower() in PRONOUNS | DETERMINERS:
        return query
    if not _is_somebody(asked, directory) and (owned := _owned(asked, directory)):
        return _of(owned, query)
    is_every = query.extent == "all" and not asked.lower().startswith("the ")
    if is_every and directory.group(f"{asked}s"):
        return _of(f"{asked}s", query)
    if not asked.endswith("s") or _is_somebody(asked, directory):
        return query
    is_owner = _is_somebody(asked[:-1], directory) or (
        directory.mentions(asked[:-1]) and not directory.mentions(asked)
    )
    return _of(asked[:-1], query) if is_owner else query


def _of(asked: str, query: Query) -> Query:
    """The question for the words of somebody as they are called."""
    is_plain = query.text == said(query.asked or "", query.topic).text
    text = said(asked, query.topic).text if is_plain else query.text
    return replace(query, asked=asked, text=text)


def _owned(asked: str, directory: Directory) -> str | None:
    """As "ann lees mother" is "ann lee's mother"; None where nobody is called what an owner is."""
    words = asked.split()
    for n, word in enumerate(words[:-1]):
        owner = " ".join([*words[:n], word[:-1]])
        if word.endswith("s") and _may_own(owner, directory):
            owned = " ".join([f"{owner}'s", *words[n + 1 :]])
            return owned if _is_somebody(owned, directory) else None
    return None


def _may_own(owner: str, directory: Directory) -> bool:
    """Whether a phrase is somebody's, or is in articles that have it with no "s": "gm" of "gms"."""
    is_known = directory.mentions(owner) and not directory.mentions(f"{owner}s")
    return bool(is_known or directory.named(owner))


def _spoken(query: Query, directory: Directory) -> Query:
    """The question for the words of somebody, if it is somebody, without what follows the name."""
    query = _apart(_without_adverb(_as_called(query, directory), directory), directory)
    asked = query.asked or ""
    # "mcgill: is it safe", "quotes on gas from mcgill": an unknown name is no topic.
    is_plain = query.extent == "best" and query.text == said(asked, query.topic).text
    is_led = is_plain or bool(read_lead(query.text)[0])
    words = role_words(asked) if is_led or query.extent == "all" else ()
    is_strange = bool(words) and not any(
        directory.mentions(w) or directory.is_name(w) for w in words
    )
    # "ann orr quotes": whose name is not known, though articles have its words.
    is_strange = is_strange or (
        len(words) == 2 and query.extent == "all" and words[0] in FIRST_NAMES
    )
    names = (asked, *(piece.asked or "" for piece in query.pieces))
    # "law quotes" asks for no words of whoever has the law in their role.
    is_somebody = any(
        _is_asked(each, directory) and (query.extent != "all" or is_named(each, directory))
        for each in names
    )
    if query.is_guess and not (is_strange or is_somebody):
        other = _of_reaction(query)
        return _spoken(other, directory) if other else query
    if query.is_guess:
        # Who is asked for is not answered for by others; but "bank statement" may be a thing.
        is_telegram = find_in_telegram(query.text) is not None
        query = replace(query, is_guess=False, or_else=query.or_else if is_telegram else None)
    return _without_place(query, directory) if query.kind == "said" else query


def _of_reaction(query: Query) -> Query | None:
    """What else a question asks for: of a "nuclear reaction" what is told before who reacts."""
    other = query.or_else
    told = other and other.or_else
    is_kind = (query.asked or "").lower().endswith(_ADJECTIVES)
    if not (other and told and other.kind == "who_said" and is_kind):
        return other
    return replace(told, or_else=replace(other, or_else=told.or_else))


def _apart(query: Query, directory: Directory) -> Query:
    """The question of "lee ferry quotes" for Lee's on the ferry, if nobody is called so."""
    is_telegram = query.extent == "all" or not QUESTION_WORD.match(query.text)
    asked = query.asked or ""
    if not (query.is_guess and query.kind == "said" and is_telegram) or query.topic:
        return query
    words, ends = asked.split(), range(len(asked.split()) - 1, 0, -1)
    is_clause = not FUNCTION_WORDS.isdisjoint(map(str.lower, words[1:]))
    if is_clause or _is_asked(asked, directory):
        return query
    parts = [(words[:n], words[n:], True) for n in ends]
    parts += [(words[-n:], words[:-n], False) for n in ends]
    for name, rest, is_first in parts:
        if _stands_beside(name, rest, directory, is_first=is_first):
            found = said(" ".join(name), " ".join(rest))
            return replace(found, extent=query.extent, dates=query.dates)
    return query


def _stands_beside(
    name: Sequence[str], topic: Sequence[str], directory: Directory, *, is_first: bool
) -> bool:
    """Whether words are somebody's name beside a topic, and not half of a stranger's."""
    first, second = (name, topic) if is_first else (topic, name)
    before, behind = fold(first[-1]), fold(second[0])
    # "ann orr quotes" asks for no words of Ann Lee's, nor of Tom Orr's.
    is_half = not FIRST_NAMES.isdisjoint(before) and (
        not is_first or (len(name) == 1 and any(map(directory.is_name, behind)))
    )
    is_told = all(directory.mentions(word) for word in topic)
    return is_told and not is_half and _is_asked(" ".join(name), directory)


def _is_asked(phrase: str, directory: Directory) -> bool:
    """Whether a phrase is somebody, and no word that only stands in their name."""
    is_name = is_called(phrase, directory) or bool(directory.group(phrase))
    return _is_somebody(phrase, directory) and is_name


def _is_somebody(phrase: str, directory: Directory) -> bool:
    """Whether a phrase is somebody's name or office, or a group's; a place is none."""
    words = frozenset(fold(phrase)) - {"the"}
    is_place = DEMONYMS.keys() >= words
    return not is_place and bool(directory.match(phrase, near=False) or directory.group(phrase))


def _bears_name(phrase: str, directory: Directory) -> bool:
    """Whether a phrase is an office, or of somebody's own name, and not only of what they are of.

    "Hong Kong" is not the name of "the Hong Kong government", nor "Ford" that of a Ford dealer.
    """
    words = frozenset(fold(phrase)) - {"the"}
    named = [
        (match.identity, frozenset(fold(match.identity.name)) - {"the"})
        for match in directory.match(phrase)
    ]
    is_office = bool(named) and any(map(is_role, role_words(phrase)[-1:]))
    return is_office or any(
        words == name or (words <= name and not who.is_body) for who, name in named
    )


def _without_adverb(query: Query, directory: Directory) -> Query:
    """The question of "lee publicly" for Lee's words; but "Kelly" is a name where one has it."""
    asked = query.asked or ""
    found = _ADVERB_BEHIND.fullmatch(asked)
    if query.kind != "said" or not found or directory.match(asked, near=False):
        return query
    how = found["how"].lower()  # "public", "specifical"; of "Kelly" nothing is left
    if common_words().isdisjoint((how, how.removesuffix("al"))):
        return query
    return _of(found["name"], query) if _is_somebody(found["name"], directory) else query


def _without_place(query: Query, directory: Directory) -> Query:
    """The question of who is known only without what follows: "harris in munich on Kyiv"."""
    asked = query.asked or ""
    if directory.match(asked, near=False) or directory.group(asked):
        return query
    found = _AFTER_NAME.fullmatch(asked)
    name, rest = (
        (found["name"] or found["name2"], found["rest"] or found["rest2"]) if found else ("", "")
    )
    if not found or _is_another(rest.lower(), name, directory) or not _is_somebody(name, directory):
        return _of_thing(query, directory)
    if _WHOSE.match(rest):
        return replace(query, asked=name)  # "lee from the coast guard"
    return replace(query, asked=name, topic=f"{rest} {query.topic}".strip())


def _or_there(query: Query, directory: Directory) -> Query:
    """The question of "the judge in the Lee trial", or else for all words of who is judge there.

    Where only one has the role in the articles that have all words of the place.
    """
    asked, placed = query.asked or "", _PLACED.fullmatch(query.topic)
    is_open = query.kind == "said" and query.extent == "best" and query.among is None
    if not (is_open and placed and query.or_else is None and is_bare(asked, directory)):
        return query
    people = [match.identity for match in directory.match(asked, near=False)]
    found = held_in(asked, people, directory.mentions(placed["where"]))
    names = {name for _, name in found}
    if len(names) != 1:
        return query
    there = replace(said(names.pop(), ""), dates=query.dates, among=frozenset(a for a, _ in found))
    return replace(query, or_else=there)


def _by_name(query: Query, directory: Directory) -> Query:
    """The question that has the name of the only one who may be called "the airline" there.

    Or of the house that alone speaks for a country: the Kremlin for "moscow". In its text: whose
    words are asked for stays what anybody may be called who is one.
    """
    asked = query.asked or ""
    if query.kind != "said" or not asked:
        return query
    bodies = bodies_meant(query, directory)
    if houses_of(asked):
        bodies = tuple(m.identity for m in best(directory.match(asked, near=False)))
    is_one = len(bodies) == 1 and bodies[0].is_told_body
    return replace(query, text=query.text.replace(asked, bodies[0].name)) if is_one else query


def bodies_meant(query: Query, directory: Directory) -> tuple[Identity, ...]:
    """The bodies that are asked for by what they are: "the airline" of the talk, or of the topic.

    The articles are those of the talk, or else all that have the topic.
    """
    asked = query.asked or ""
    if not is_any_body(role_words(asked)):
        return ()
    there = query.among or query.near
    there = there or (directory.mentions(query.topic) if query.topic else frozenset())
    return called_so(asked, directory, there)


def _is_another(owned: str, owner: str, directory: Directory) -> bool:
    """Whether who is somebody's is not they: Lee's critics, or team; but a firm's board is it."""
    if is_of_people(owned) or not is_of_bodies(owned):
        return is_of_people(owned)
    return any(is_person(match.identity) for match in directory.match(owner))


def _of_thing(query: Query, directory: Directory) -> Query:
    """The question for what is told of a thing on something: "fda panel vote on vaccines".

    Whose words it asks for only stands before "on"; the articles have it, and it is no name.
    """
    asked = query.asked or ""
    words = fold(asked)
    is_name = not common_words().issuperset(words[-1:]) or not FIRST_NAMES.isdisjoint(words[:1])
    is_bare = len(words) > 1 and query.extent == "best" and query.text.startswith(f"{asked} ")
    if not is_bare or is_name or directory.match(asked):
        return query
    if is_of_people(words[-1]) or is_of_bodies(words[-1]) or not directory.mentions(asked):
        return query
    return replace(query, kind="fact", asked=None, topic=query.text)


def _named_before(query: Query, directory: Directory) -> str | None:
    """Whom a question names before it says "his"; None if nobody."""
    before, _, _ = query.text.lower().rpartition(query.asked or "")
    words = (word for word in fold(before) if word not in FUNCTION_WORDS)  # "will"
    return next((w for w in words if directory.is_name(w) and directory.named(w)), None)


def _leading_name(phrase: str, directory: Directory) -> str | None:
    """Whom a phrase begins with, "trump a bully" or "is trump a bully"; None if with nobody."""
    words = phrase.split()
    words = words[words[0].lower() in AUXILIARIES :]
    beginnings = (" ".join(words[:n]) for n in range(min(len(words), _LONGEST_NAME), 0, -1))
    return next((each for each in beginnings if directory.named(each)), None)


def _joint(query: Query, directory: Directory) -> Query:
    """Tell "Lee and Reed", two persons, from "Marks and Spencer", a body."""
    names = [piece.asked or "" for piece in query.pieces]
    one = _in_apposition(names, directory)
    if one and query.kind == "said":
        return replace(query, asked=one, pieces=())
    if query.kind == "said":
        words = set(fold(query.asked or "")) - {"the"}
        whole = any(words <= {*m.identity.words, "and"} for m in directory.named(query.asked or ""))
        persons = any(map(directory.named, names)) and all(_is_whole(n, directory) for n in names)
        apart = (persons and not whole) or _are_several(names, query.asked or "", directory)
        return replace(query, kind="compare", asked=None) if apart else replace(query, pieces=())
    known = [bool(directory.match(name, near=False) or directory.group(name)) for name in names]
    if _are_several(names, query.or_else.asked or "" if query.or_else else "", directory):
        return replace(query, or_else=None)
    if query.or_else and not all(known):
        return _named(query.or_else, directory)
    if any(known):
        return replace(_with_topic(query, directory), or_else=None)
    # "leave versus remain": nobody's words are compared.
    return replace(query, kind="fact", pieces=(), topic=query.text)


def _are_several(names: Sequence[str], whole: str, directory: Directory) -> bool:
    """Whether each of several has its own article, "the union and the bank", and one is known."""
    is_each = len(names) > 1 and all(name.lower().startswith("the ") for name in names)
    if not is_each or directory.match(whole, near=False):
        return False
    return any(directory.match(name, near=False) or directory.group(name) for name in names)


def _in_apposition(names: Sequence[str], directory: Directory) -> str | None:
    """The name, if an office beside it is the same person's: "the mayor, Ann Lee"."""
    meant = [frozenset(m.identity for m in directory.match(name, near=False)) for name in names]
    if len(names) != 2 or meant[0].isdisjoint(meant[1]):
        return None
    return min(names, key=lambda name: is_role(role_words(name)[-1]))


def _with_topic(query: Query, directory: Directory) -> Query:
    """The comparison with the topic that only stands beside the names, first or last.

    As in "the toll at the pier, Lee vs Reed", and in "Lee versus Reed gas".
    """
    names = [piece.asked or "" for piece in query.pieces]
    if query.topic or all(directory.match(name) for name in names):
        return query
    first, *others, last = names
    if others and all(directory.match(name) for name in (*others, last)):
        compared = Comparison((*others, last), first)
    elif name := _leading_name(last, directory):
        compared = Comparison((first, *others, name), last[len(name) :].strip())
    else:
        return query
    return replace(compare(query.text, compared), dates=query.dates)


def _is_whole(name: str, directory: Directory) -> bool:
    """Whether words between commas and "and" can be whom they mean by themselves."""
    return len(name.split()) > 1 or bool(directory.match(name, near=False))
