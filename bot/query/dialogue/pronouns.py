"""Puts the names of those who are meant in the place of "he" and "her" in a follow-up.

They are of the talk, else of the answer to the turn before, else of the event. Knows nothing of
what else a question takes from the turn before it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.query.dialogue.earlier import EarlierTurn
from bot.query.dialogue.scene import Scene
from bot.query.grammar.question import Query, understand
from bot.query.people.groups import is_kin
from index.language.folding import fold, is_description
from index.language.names import Gender
from index.language.words import FUNCTION_WORDS

PRONOUN = re.compile(r"\b(?:he|she|him|her)\b(?!['’])", re.IGNORECASE)
# "her plan", and not "swap her for".
OWNER = re.compile(
    rf"\b(?:his|her)\b(?=\s+(?!(?:{'|'.join(sorted(FUNCTION_WORDS))})\b)\w)", re.IGNORECASE
)
_OWNED = re.compile(rf"{OWNER.pattern}\s+(?P<what>\w+)", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:after|because|before|once|since|until|when|while)\s+(?:he|she)\b", re.IGNORECASE
)
_SEEKS = re.compile(
    r"(?:who(?:['’]s)?\s+(?!else\b)|which (?:man|woman|person|boy|girl)\s+)\w", re.IGNORECASE
)
_PRONOUNS: dict[Gender, frozenset[str]] = {
    "m": frozenset(("he", "him", "his")),
    "f": frozenset(("she", "her")),
}


def with_persons(
    query: Query, before: EarlierTurn, scene: Scene, but: str | None = None
) -> tuple[Query, tuple[str, ...]]:
    """The question with names in the place of "he" and "her", and these names; `but` is neither."""
    persons: tuple[str, ...] = ()
    for sex, pronouns in _PRONOUNS.items():
        is_said = not pronouns.isdisjoint(fold(query.text))
        if is_said and any(own(query, sex, before, scene) for own in (_is_own, _is_named)):
            continue
        taken = (*persons, but) if but else persons
        person = _meant(query, sex, taken, before, scene) if is_said else None
        if person:
            query, persons = _with_person(query, person, sex), (*persons, person)
    return query, persons


def _is_named(query: Query, sex: Gender, turn: EarlierTurn, scene: Scene) -> bool:
    """Whether the question names who is "he" itself: "who did Lee play for when he was young"."""
    clause = _CLAUSE.search(query.text)
    named = scene.named_in(query.text[: clause.start()]) if clause else ()
    return any(_may_be(scene.genders(name, turn.talk), sex) for _, name in named)


def _is_own(query: Query, sex: Gender, turn: EarlierTurn, scene: Scene) -> bool:
    """Whether "his" is whose words are asked for: "what did Reed say about his goal".

    Of one who was spoken of when another was asked for, and of his kin.
    """
    asked = query.asked or ""
    owned = _OWNED.search(query.topic)
    if query.kind != "said" or not owned or PRONOUN.search(OWNER.sub("", query.text)):
        return False
    is_theirs = scene.is_person(asked) and _may_be(scene.genders(asked, turn.talk), sex)
    meant = {name for phrase, name in scene.named_in(asked)}
    spoken_of = {name for _, name in scene.named_in(turn.topic)}
    return is_theirs and (is_kin(owned["what"].lower()) or not meant.isdisjoint(spoken_of))


def _meant(
    query: Query, sex: Gender, taken: tuple[str, ...], turn: EarlierTurn, scene: Scene
) -> str | None:
    """Who may be "he" or "she"; None where nobody or several may be meant.

    Who was asked for and not surely found, else the last person spoken of, else the only one of
    what was answered, else of the event, else of an answer before, else the one that the event is
    mostly about, else who was asked for by an office that nobody is known to have, else the only
    one of an answer in doubt.
    """
    if _SEEKS.match(turn.half) and not PRONOUN.search(turn.half):
        return _sought(turn, scene)
    people = [name for name in scene.people if name not in taken and not is_description(name)]
    if sought := _sought_in_vain(query, sex, turn, scene):
        return scene.only(_answered_with(turn, people, in_doubt=True), sex) or sought
    story = turn.talk
    fits = [
        (phrase, name)
        for phrase, name in _spoken_of(query, sex, people, turn, scene)
        if phrase not in taken and _may_be(scene.genders(name, story), sex)
    ]
    called = (
        scene.of_sex(phrase, sex) or phrase for phrase, name in fits if not scene.is_bare_role(name)
    )
    known = next(called, None)
    answered = (scene.only(_in_answer(each, people), sex) for each in turn.back)
    alone = (
        scene.only(_in_answer(turn, people), sex)
        or scene.only(people, sex)
        or next(filter(None, answered), None)
        or scene.only(scene.foremost(people), sex)
    )
    asked = next((phrase for phrase, _ in fits), None)
    return known or alone or asked or scene.only(_in_answer(turn, people, in_doubt=True), sex)


def _sought_in_vain(query: Query, sex: Gender, turn: EarlierTurn, scene: Scene) -> str | None:
    """Whom the turn before asks for without a sure answer: "the captain", "the one who sent it".

    None where it names somebody who surely is of the sex: "who criticised Ann", "did she reply".
    """
    sought = turn.sought
    if sought is None or (query.kind == "said" and not scene.is_role_of_event(sought)):
        return None
    named = (name for _, name in scene.named_in(turn.query.text))
    is_another = any(scene.gender(name) == sex for name in named)
    is_fit = _may_be(scene.genders(sought, turn.talk), sex)
    return sought if is_fit and not is_another else None


def _in_answer(turn: EarlierTurn, people: Iterable[str], *, in_doubt: bool = False) -> list[str]:
    """Those of some persons whom the best sentence names with which a turn was surely answered.

    Where it names none of them, those of the other sentences.
    """
    sure = turn.answer.citations if turn.answer.is_sure or in_doubt else ()
    best, rest = sure[:1], sure[1:]
    named = (
        [name for name in people if fold(name)[-1] in fold(" ".join(each.text for each in part))]
        for part in (best, rest)
    )
    return next(filter(None, named), [])


def _answered_with(
    turn: EarlierTurn, people: Sequence[str], *, in_doubt: bool = False
) -> list[str]:
    """Of whom "who threw it at Depp" was answered, where no short answer says it: not of Depp."""
    seeking = (each for each in (*reversed(turn.pieces), turn) if _SEEKS.match(each.query.text))
    asked = next(seeking, None)
    if asked is None or asked.found:
        return []
    own = fold(asked.query.text)
    there = _in_answer(asked, people, in_doubt=in_doubt)
    return [name for name in there if fold(name)[-1] not in own]


def _may_be(genders: frozenset[Gender], sex: Gender) -> bool:
    """Whether one of those who may be meant may be of a sex, as far as it is known."""
    return not genders.isdisjoint((sex, ""))


def _spoken_of(
    query: Query, sex: Gender, people: Sequence[str], turn: EarlierTurn, scene: Scene
) -> Iterator[tuple[str, str]]:
    """Whom the talk is of, last first: as they were asked for or named, and their names."""
    found = turn.found
    if query.kind == "fact" and found and scene.is_of_event(found):
        yield found, found  # "who slapped Rock? was he arrested": who did it
    if answering := scene.only(_answered_with(turn, people), sex):
        yield answering, answering
    is_theirs = turn.query.kind == "who_said" and OWNER.search(query.asked or "")
    is_own = turn.query.kind in ("said", "who_said") or not (turn.leans or turn.is_added)
    if is_own and (query.kind != "said" or is_theirs):
        # "what did Lee say about Reed", "when did he resign": Reed, of whom it was said; and "who
        # criticised Reed", "what did his lawyer say".
        yield from scene.persons_in(turn.topic)
    for each in turn.back:
        # A short answer may be a place.
        if each.person and (each.person[0] != found or scene.is_of_event(each.person[0])):
            yield each.person
        if answering := scene.only(_answered_with(each, people), sex):
            yield answering, answering
        yield from scene.persons_in(each.own)


def _sought(turn: EarlierTurn, scene: Scene) -> str:
    """Whom the half before asks for, "who had it before": as it is answered, else as it asks.

    Who was spoken of already is not who is asked for.
    """
    found = turn.found or ""
    is_new = turn.named.isdisjoint(fold(found)) and scene.is_person(found)
    return found if is_new else f"the one {turn.half}"


def _with_person(query: Query, person: str, sex: Gender) -> Query:
    """The question with a name in the place of the pronouns of one sex."""

    def put(match: re.Match[str], name: str) -> str:
        return name if match.group().lower() in _PRONOUNS[sex] else match.group()

    def named(text: str) -> str:
        owned = OWNER.sub(lambda match: put(match, f"{person}'s"), text)
        return PRONOUN.sub(lambda match: put(match, person), owned)

    text = named(query.text)
    if text == query.text:
        return query
    is_said = query.kind == "said" and query.asked and not query.pieces
    if not is_said and query.extent == "best":
        return replace(understand(text), dates=query.dates)
    # Not read anew: what "will smith" is in a question depends on where it stands, and the words
    # that ask for the newest are taken off.
    other = query.or_else and _with_person(query.or_else, person, sex)
    asked, topic = query.asked and named(query.asked), named(query.topic)
    return replace(query, text=text, asked=asked, topic=topic, or_else=other)
