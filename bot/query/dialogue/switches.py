"""Another speaker or another topic in the place of those of the question before: "and Macron?".

Knows nothing of articles beyond what the turns before were answered with.
"""

import re
from dataclasses import replace

from bot.query.dialogue.earlier import EarlierTurn, content_of
from bot.query.dialogue.pronouns import OWNER, PRONOUN, with_persons
from bot.query.dialogue.scene import Scene
from bot.query.grammar.dates import DatePhrase, take_dates
from bot.query.grammar.pieces import AUX, WH
from bot.query.grammar.question import TITLED, Query, said, understand
from bot.query.people.groups import is_kin
from index.language.folding import fold, is_description
from index.language.places import DEMONYMS

# "same for Macron", "ditto in Mali": asks again what was asked before.
SAME = r"(?:the\s+)?(?:same|ditto)(?:\s+(?:again|thing|question))?(?:\s+but)?"
_QUOTES = r"(?:any(?:thing)?|more|some|any more)(?: (?:quotes?|statements?|comments?))?"
# Alone: "on gas", "any quotes on gas", "back to Macron", "only Macron", "according to Macron".
_ALONE = (
    rf"(?P<on2>on|{SAME} (?:on|about)|{_QUOTES} (?:on|about))|{SAME} (?:for|with|from|in|to)"
    r"|(?P<back>(?:(?:let['’]?s )?(?:go|going|get) )?back to)|(?P<only>just|only)"
    r"|(?P<by>according to|(?P<per>per))"
)
_ABOUT = (
    r"(?:what about|how about|(?P<on>about|and about|and on)|and|or"
    rf"|(?!.*\b(?:{WH})\b)(?:{_ALONE}))"
)
SWITCH = re.compile(
    rf"(?:ok(?:ay)?,?\s+|so\s+|and\s+|but\s+)?{_ABOUT}\s+(?P<rest>.+?)(?:\s+(?:him|her|it)self)?",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:in|at|on|for|after|before|during)\s", re.IGNORECASE)
_OWNED = re.compile(r"(?:his|her|their)\s+(?P<who>\w+(?:\s\w+)?)", re.IGNORECASE)
# "the one before her": of whom it is said tells the talk.
_BEFORE = re.compile(r"\bthe (?:one|last one) before (?:him|her|that)\Z", re.IGNORECASE)
_AFTER = re.compile(r"\bthe (?:one|next one) after (?:him|her|that)\Z", re.IGNORECASE)
_BY = re.compile(r"(?:by|from|of)\s+", re.IGNORECASE)
_ONE_OF = re.compile(r"(?:the )?ones? (?:from|in|at|of|on|with|who|that|which)\b", re.IGNORECASE)
_QUESTION = re.compile(rf"{WH}\b", re.IGNORECASE)
THINGS = r"\b(?:it|that|this|so|there|these|those|they|them|their)\b"
THING = re.compile(THINGS, re.IGNORECASE)
_IT = re.compile(r"\bit\b", re.IGNORECASE)
_THAT_CLAUSE = re.compile(r"\bthat\s+(?=\w+\s+\w+)", re.IGNORECASE)


def switch(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """Another speaker ("and Macron?") or another topic ("what about sanctions")."""
    text = _BEFORE.sub("her predecessor", _AFTER.sub("her successor", text))
    match = SWITCH.fullmatch(text)
    owned = _OWNED.fullmatch(match["rest"] if match else text)
    if owned and not (match and _is_topic(match)):
        return _of_owner(owned, before, scene)
    if match is None and scene.is_role_of_event(text):
        return _of_role(text, before, scene)
    if match is None and scene.is_group(text):
        match = SWITCH.fullmatch(f"and {text}")
    if match is None:
        return None
    dates, rest = take_dates(match["rest"])
    if not content_of(rest):
        dates, rest = None, match["rest"]  # "the 2010 one"
    alone = _asked_alone(rest)
    # "only 5 people", "per capita" set nobody in another's place.
    is_other = not (match["only"] or match["per"]) or scene.is_named(rest)
    if (alone is None and asks(match["rest"])) or not is_other:
        return None
    found = _switched(match, alone, _BY.sub("", rest), before, scene)
    # "what did Lee say in May", "and Reed?": in May, too.
    is_said = before.query.kind in ("said", "who_said") and found.kind == "said" and not alone
    if is_said and not dates and before.query.dates:
        return of_days(replace(found, or_else=None), before.query.dates)
    return of_days(found, dates)


def _switched(
    match: re.Match[str], alone: Query | None, rest: str, before: EarlierTurn, scene: Scene
) -> Query:
    """The question before for what `rest` says, or for the words of whom alone is asked for."""
    named, is_topic = (alone and alone.asked) or rest, _is_topic(match)
    if not is_topic and scene.is_role_of_event(named):
        role = _of_role(named, before, scene, speaks=alone is not None)
        return replace(role, extent=alone.extent) if alone else role
    # "and what did the charity say" asks for its words, though nobody is known to be called so.
    is_known = scene.is_named if match["back"] else scene.is_speaker  # "back to school"
    is_speaker = alone or match["by"] or (not _WHERE.match(rest) and is_known(rest))
    if is_speaker and not is_topic:
        return _of_speaker(named, alone, before, scene)
    anybody = of_anybody(rest, before, scene)
    if _ONE_OF.match(match["rest"]) and before.articles:
        # Another of those whom the event has, and no other topic.
        return replace(anybody, topic=anybody.text, among=before.articles)
    if before.query.asked:
        theirs = said(before.query.asked, rest)
        return _last(anybody, theirs) if before.is_aside else replace(theirs, or_else=anybody)
    return anybody


def _last(query: Query, other: Query) -> Query:
    """The question, with another one to try after all of its own."""
    return replace(query, or_else=_last(query.or_else, other) if query.or_else else other)


def _is_topic(match: re.Match[str]) -> bool:
    """Whether another topic is named, and no other speaker: "on gas"."""
    return bool(match["on"] or match["on2"])


def _of_speaker(name: str, alone: Query | None, before: EarlierTurn, scene: Scene) -> Query:
    """Somebody's words on what the talk is of, as many as are asked for here or were before."""
    own = alone.extent if alone else "best"
    extent = before.query.extent if own == "best" and before.query.kind != "fact" else own
    # "what else did he say" is on nothing, and so is "and Lee?" after it.
    is_open = before.query.extent == "all" and not before.query.topic
    topic = "" if before.query.kind == "said" and is_open else before.topic
    query = replace(said(name, topic), near=before.articles, extent=extent)
    # A topic that was asked for is asked for anew; an event is stayed in.
    story = scene.story(before.talk)
    told = before.articles if scene.has(name) else story if scene.has(name, story) else frozenset()
    if before.articles and not told and (scene.is_kind(name) or scene.is_group(name)):
        return said_by_role(said(name, ""), before, scene)  # and no other story's
    words = query
    if before.articles and told and extent == "best":
        there = replace(query, among=told)
        # On what was asked, else whatever is said there.
        there = replace(there, or_else=replace(there, topic="", text=said(name, "").text))
        words = there if before.query.kind == "fact" else replace(query, or_else=there)
    is_one = not alone and scene.is_person(name) and not scene.is_group(name)
    return _same_or(words, before, scene) if is_one else words


def _same_or(words: Query, before: EarlierTurn, scene: Scene) -> Query:
    """The question before for a fact of somebody, of another: "did Lee quit", "and Reed?".

    Else, or where it has no answer, the question for the words of the other.
    """
    query = before.query
    for phrase, _ in scene.named_in(query.text) if query.kind == "fact" else ():
        opening = rf"((?:{WH} (?:\w+ ){{0,2}}?)?{AUX} (?:the )?)({re.escape(phrase)})\b"
        if asked := re.match(opening, query.text, re.IGNORECASE):
            text = f"{asked[1]}{words.asked}{query.text[asked.end() :]}"
            return replace(understand(text), dates=query.dates, or_else=words)
    return words


def of_days(query: Query, dates: DatePhrase | None) -> Query:
    """The question of other days, if any: of these the articles of the talk need not be."""
    if dates is None:
        return query
    other = query.or_else and of_days(query.or_else, dates)
    near = query.near | (query.among or frozenset())
    return replace(query, dates=dates, among=None, near=near, or_else=other)


def _of_owner(owned: re.Match[str], before: EarlierTurn, scene: Scene) -> Query | None:
    """Somebody who is told by somebody of the talk: "and his deputy", "her mother?".

    Whoever has the role is theirs only where an article of the story has the two.
    """
    role = f"the {owned['who']}"
    asked, persons = with_persons(said(owned[0], before.topic), before, scene)
    theirs = replace(asked, topic=before.topic, among=before.talk or None)
    if is_kin(owned["who"].split()[-1]):
        return _same_or(theirs, before, scene)
    if not scene.is_role_of_event(role):
        return None
    story = scene.story(before.talk)
    found = scene.holders(role, story)
    is_apart = persons and found and not scene.are_together(persons[0], found, story)
    return theirs if is_apart else _of_role(role, before, scene)


def _of_role(role: str, before: EarlierTurn, scene: Scene, *, speaks: bool = False) -> Query:
    """A role of the event: whose words are asked for, or what is told of "the owner"."""
    query = said_by_role(said(role, ""), before, scene)
    if before.query.kind != "fact" or speaks:
        return query
    told = Query(f"{role} {before.topic}", "fact", None, role, among=scene.event)
    return replace(query, or_else=told)


def said_by_role(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """The question for the words of whoever has a bare role in the event, and of nobody else."""
    asked, story = query.asked or "", scene.story(before.talk)
    found = scene.holders(asked, story)
    if not found:
        return replace(
            query, topic=query.topic or before.topic, among=scene.event, is_of_event=True
        )
    is_called = bool(found) and (not is_description(found[0].name) or not scene.is_bare_role(asked))
    name = found[0].name if len(found) == 1 and is_called else asked
    held = frozenset[str]().union(*(who.articles for who in found))
    there = scene.event & held or story & held
    if content_of(query.topic) - content_of(asked):
        return replace(query, text=query.text.replace(asked, name), asked=name, near=there)
    on = said(name, before.topic)
    # A topic that was asked for is asked for anew; an event is stayed in.
    text = query.text.replace(asked, name) if len(there) == 1 else on.text
    stays = replace(query, text=text, asked=name, topic=on.topic, near=there, among=there)
    stays = replace(stays, or_else=replace(stays, topic="", text=said(name, "").text))
    query = replace(query, text=on.text, asked=name, topic=on.topic, near=there)
    if is_anew(query):
        return replace(query, among=None)
    return stays if before.query.kind == "fact" else replace(query, or_else=stays)


def is_anew(query: Query) -> bool:
    """Whether a question asks for other words than those of the talk: of some days, or newest."""
    return query.dates is not None or query.extent != "best"


def _asked_alone(text: str) -> Query | None:
    """The question that asks for somebody's words, with no word on what: "what did Macron say"."""
    query = understand(text)
    if query.kind != "said" or query.asked is None or content_of(query.topic):
        return None
    leans = any(each.search(text) for each in (PRONOUN, OWNER)) or is_leaning(query)
    return None if leans else query


def of_anybody(topic: str, before: EarlierTurn, scene: Scene) -> Query:
    """What was asked before, of another topic; where no sentence answers that, its story."""
    elsewhere = _elsewhere(topic, before.query)
    if elsewhere:
        return understand(elsewhere)
    story = understand(TITLED.format(topic))
    if before.query.kind == "fact" and before.query.extent != "best":
        return replace(story, extent=before.query.extent)
    asked = Query(f"{topic} {before.topic}", "fact", None, topic, or_else=story)
    if of_it := _instead_of_it(topic, before.query):
        return replace(understand(of_it), among=before.articles or None, or_else=asked)
    # The articles of the talk have it, however little: sooner than any other story.
    there = replace(asked, among=before.articles, is_eased=True)
    return replace(asked, or_else=there) if scene.has_words(topic) else asked


def _elsewhere(place: str, query: Query) -> str | None:
    """A question for a fact with another place in it: "how many fell ill in the UK", "and Mali"."""
    words = query.text.split()
    places = [n for n, word in enumerate(words) if _is_place(word)]
    is_one = bool(places) and places[-1] - places[0] == len(places) - 1
    if query.kind != "fact" or query.extent != "best" or not is_one or not _is_place(place):
        return None
    before = words[: places[0]]
    kept = before[:-1] if before[-1:] == ["the"] else before
    return " ".join([*kept, place, *words[places[-1] + 1 :]])


def _instead_of_it(thing: str, query: Query) -> str | None:
    """A question for a fact of "it" for another thing: "how much did it cost", "and the pool?"."""
    is_thing = query.kind == "fact" and fold(thing)[:1] == ["the"]
    text, n = _IT.subn(thing, query.text, count=1)
    return text if is_thing and n else None


def _is_place(text: str) -> bool:
    words = frozenset(fold(text)) - {"the"}
    return bool(words) and DEMONYMS.keys() >= words


def asks(rest: str) -> bool:
    """Whether words are a question of their own."""
    return understand(rest).kind != "fact" or bool(_QUESTION.match(rest))


def is_leaning(query: Query) -> bool:
    """Whether a question says "it" or "they" of what was spoken of before."""
    return bool(THING.search(_THAT_CLAUSE.sub("", query.text)))
