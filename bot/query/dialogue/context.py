"""Takes from the turn before what a question leaves open: the event, its person, its topic.

Knows nothing of the ways in which a follow-up is asked with no question of its own.
"""

import re
from dataclasses import replace

from bot.query.dialogue.earlier import WH_PHRASE, EarlierTurn, content_of
from bot.query.dialogue.pronouns import OWNER, PRONOUN, with_persons
from bot.query.dialogue.scene import Scene
from bot.query.dialogue.switches import THING, THINGS, is_anew, is_leaning, said_by_role
from bot.query.grammar.pieces import AUX
from bot.query.grammar.question import SPEAKS, Query, said, understand
from index.language.folding import fold
from index.language.stems import stem

_SAYS_WHAT = re.compile(r"what (?:do|does|did|has|have|had) .+ (?:say|said)", re.IGNORECASE)
_SUCCESSOR = re.compile(r".+['’]s (?P<role>successor|replacement|predecessor)", re.IGNORECASE)
_WHAT_ELSE = re.compile(r"(?:what|anything) else\b", re.IGNORECASE)
_ELLIPSIS = re.compile(
    rf"{WH_PHRASE}(?:in|at|from|on)\s+\w+(?:\s+\w+)?", re.IGNORECASE
)  # "how many in Mali"
# "did Putin comment", "did he say anything there": on what the talk is of.
_REACTS = re.compile(
    rf"{THINGS}|\b(?:comment(?:ed|s)?|respond(?:ed|s)?|react(?:ed|s)?|repl(?:y|ied|ies)|"
    r"answer(?:ed|s)?)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"how many\s+{AUX}\b", re.IGNORECASE)  # of what was spoken of
_DEFINITE = re.compile(r"\bthe\s+\w", re.IGNORECASE)
_FEW = 2  # words
_STRANGE = 2  # words that the event has not make a topic of one's own


def in_context(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """Take from the turn before what the question leaves open."""
    leans = is_leaning(query)
    query, persons = with_persons(_told_there(query, scene), before, scene)
    own = content_of(query.topic) - content_of(" ".join(persons))
    if query.extent in ("all", "newest", "story") and query.kind != "said":
        topic = query.topic if own or query.dates else before.topic
        return replace(query, topic=topic, text=query.text if own else topic)
    if query.extent == "person" and scene.directory.named(query.topic):
        return query
    if query.extent == "person":  # "who is his deputy": of the event, and nobody of such a name
        query = replace(query, extent="best", topic=query.text)
    if query.is_of_nobody and query.decides:
        # "did he ask for bail", where it is not known which of several: whether one of them did.
        query = _as_fact(query)
    if query.kind == "said":
        return _said_in_context(query, before, scene, takes_topic=leans or not own)
    is_known = is_of_event(query.topic) and (query.kind == "fact" or own <= scene.stems)
    if query.kind in ("who_said", "compare") and own and not (leans or is_known):
        return query
    if _ELLIPSIS.fullmatch(query.text):
        return about_event(query, before, scene)
    strange = [word for word in own if word not in scene.stems]
    # "how much did he pay", where it is not known which of several "he" is: one of the event.
    leans = leans or bool(PRONOUN.search(query.text))
    if scene.has_name(" ".join(w for w in fold(query.text) if stem(w) in strange)):
        return about_event(query, before, scene) if leans else _either(query, before)
    leans = leans or bool(_COUNTED.match(query.text))
    if not (leans or is_known) and len(strange if scene.event else own) >= _STRANGE:
        return _either(query, before)
    return about_event(
        query, before, scene, is_whole=bool(persons and own) and not is_leaning(query)
    )


def _told_there(query: Query, scene: Scene) -> Query:
    """The question for a story as one of the event, which has "the hospital"; else as it is."""
    is_there = scene.event and is_of_event(query.topic) and scene.has_words(query.topic)
    return _as_fact(query) if query.extent == "story" and is_there else query


def _either(query: Query, before: EarlierTurn) -> Query:
    """A question that may stand alone, or be of the story of the talk in other words than it has.

    Not one for a story or for all that there is.
    """
    if query.kind != "fact" or query.extent != "best" or query.dates or not before.articles:
        return query
    return replace(query, in_story=replace(query, among=before.articles, or_else=None))


def _said_in_context(
    query: Query, before: EarlierTurn, scene: Scene, *, takes_topic: bool
) -> Query:
    """The question for somebody's words, on the topic of the talk or on its own."""
    if query.pieces and all(scene.is_role_of_event(each.asked or "") for each in query.pieces):
        # "what do the judge and the prosecutor say"
        read = (_said_in_context(p, before, scene, takes_topic=takes_topic) for p in query.pieces)
        return replace(query, kind="compare", asked=None, pieces=tuple(read))
    query = _of_only_holder(query, before, scene)
    asked = query.asked or ""
    if takes_topic and _WHAT_ELSE.match(query.text):
        return replace(said(asked, ""), extent="all")
    if takes_topic and query.extent == "all":
        if not (before.query.kind == "fact" and scene.has(asked)):
            return query  # "all quotes by Lee" are all of them
        query = replace(query, extent="best")  # "any word from her" is one on the event
    held = _by_role(query, before, scene, takes_topic=takes_topic)
    if held:
        return held
    read_on = _on_topic_of_talk if takes_topic else _on_own_topic
    return read_on(query, before, scene)


def _of_only_holder(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """The question for the words of "his lawyer" as "the lawyer", where just one is there.

    Nobody is known who may be he.
    """
    asked = query.asked or ""
    role = OWNER.sub("the", asked)
    if not OWNER.match(asked) or len(scene.holders(role, scene.story(before.talk))) != 1:
        return query
    return replace(query, asked=role, text=query.text.replace(asked, role))


def _by_role(query: Query, before: EarlierTurn, scene: Scene, *, takes_topic: bool) -> Query | None:
    """The question for the words of who has a role in the event: "the judge", "her successor"."""
    asked = query.asked or ""
    if successor := _SUCCESSOR.fullmatch(asked):
        held = replace(query, asked=f"the {successor['role']}", text=said(asked, "").text)
        return said_by_role(held, before, scene) if scene.holders(held.asked or "") else None
    is_of_event = takes_topic or content_of(query.topic) <= scene.stems
    if not (is_of_event and scene.is_role_of_event(asked)):
        return None
    topic = THING.sub("", query.topic).strip()
    return said_by_role(replace(query, topic=topic if content_of(topic) else ""), before, scene)


def _on_topic_of_talk(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """A question for somebody's words that does not say on what."""
    asked, story = query.asked or "", scene.story(before.talk)
    rest = THING.sub("", query.topic).strip()
    has_own = bool(content_of(rest) - content_of(f"{asked} {before.topic}"))
    topic = f"{rest} {before.topic}".strip() if has_own else before.topic
    wide = replace(_asking(query, topic), among=story or None)
    # "what did Putin say" after talk of something that he is not in is on that, not what he wants.
    # Where he says nothing on it, whatever he says.
    is_bare = _SAYS_WHAT.fullmatch(query.text) is not None and not is_leaning(query)
    if is_anew(query):
        wide = replace(wide, among=None, near=before.articles)
    elif scene.is_kind(asked) and not scene.has(asked, story):
        # Another story's union is not meant; what the event calls so it has, whoever it is.
        wide = replace(wide, is_of_event=not scene.has_words(asked))
    elif is_bare and not scene.is_group(asked):  # critics are those of the talk
        wide = replace(wide, or_else=query)
    is_one = len(before.articles) == 1 and not is_anew(query)
    # One article says itself what it is about.
    there = replace(query, topic=topic, among=before.articles, or_else=wide) if is_one else wide
    if scene.has(asked):
        return there
    if not scene.has_name(asked) or scene.is_role_in_body(asked):
        # "what did police say", "the coast guard captain": who has it in a role of theirs.
        held = said_by_role(query, before, scene) if scene.holders(asked, story) else there
        return held if held is there or held.or_else else replace(held, or_else=there)
    # "the coast guard" is the one of the event, and "the pope" the only one that there is.
    if _DEFINITE.match(asked) and (scene.has_words(asked) or not scene.is_called(asked)):
        return there
    if scene.has(asked, story) or _REACTS.search(query.text):
        return wide
    return replace(_asking(query, topic), or_else=query) if is_bare else query


def _on_own_topic(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """A question for somebody's words that names its topic itself."""
    is_there = scene.has(query.asked or "")
    if query.decides and not SPEAKS.search(query.text) and is_there:
        # "did he plead guilty": by his words, or by what is told of it.
        told = about_event(_as_fact(query), before, scene)
        return replace(query, near=before.articles, in_story=told)
    # "and Lee on the ban", where what he says of it is in other words than these.
    is_told = query.extent == "best" and is_there and content_of(query.topic) <= scene.stems
    there = replace(query, among=before.articles) if is_told and before.articles else None
    if there and is_of_event(query.topic) and len(content_of(query.topic)) == 1:
        return replace(there, or_else=replace(query, near=before.articles))  # "Lee on the island"
    return replace(query, near=before.articles, or_else=query.or_else or there)


def _asking(query: Query, topic: str) -> Query:
    """The question for the words of whom it asks for on a topic, of its days and as many."""
    asking = said(query.asked or "", topic)
    return replace(asking, dates=query.dates, extent=query.extent, decides=query.decides)


def _as_fact(query: Query) -> Query:
    """A question that may be one for somebody's words, as one for what is told."""
    told = replace(understand(query.text), kind="fact", asked=None, topic=query.text)
    return replace(told, dates=query.dates)


def about_event(
    query: Query, before: EarlierTurn, scene: Scene, *, is_whole: bool = False
) -> Query:
    """A question about the event, and about what goes on with it.

    One that `is_whole` says of whom it is, and what of them: it is not on what was asked before.
    """
    own = content_of(query.topic)
    rest = THING.sub("", query.topic).strip()
    topic = f"{rest} {before.topic}".strip() if own else before.topic
    story = scene.story(before.talk) or None
    is_alone = before.is_story or not before.topic
    text = query.text if is_alone else f"{query.text} ({before.topic})"
    wide = replace(query, text=text, topic=topic, among=story)
    if is_alone or not own or query.extent != "best":
        return wide
    if is_whole:
        there = replace(query, among=story, or_else=None)
        return replace(query, in_story=there, or_else=wide)
    # The articles of one story say themselves what it is about.
    told = told_of(replace(wide, text=query.text), before, scene)
    return replace(told, or_else=wide) if before.articles and scene.is_one_story else wide


def told_of(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """A question of what was cited last, or of the other articles of its story."""
    story = scene.story(before.talk)
    there = replace(query, among=before.articles or None, or_else=None)
    if not scene.is_one_story or story <= before.articles:
        return there
    # The later reports do not have all the words of what was asked before.
    own = " ".join(word for word in query.text.split() if content_of(word))
    return replace(there, topic=own or query.text, among=story, in_story=there)


def is_of_event(topic: str) -> bool:
    """Whether a thing is spoken of, in few words, as if it were known which one: "the court"."""
    return bool(_DEFINITE.search(topic)) and len(content_of(topic)) <= _FEW
