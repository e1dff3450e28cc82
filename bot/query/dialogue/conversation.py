"""Makes a follow-up question stand alone, from the turn before it and without a language model.

A question that names its own person or topic takes nothing from before. One that does not takes the
event first, which is the articles that were cited last, then its person, then its topic: "how many
died?", "what did the governor say", "and Macron?", "why?", "the one in Connecticut". Knows nothing
of articles beyond what the turns before were answered with.
"""

import re
from dataclasses import replace

from bot.query.dialogue.earlier import WH_PHRASE, Earlier, EarlierTurn, content_of
from bot.query.dialogue.pronouns import OWNER, PRONOUN, with_persons
from bot.query.dialogue.scene import Scene
from bot.query.grammar.dates import take_dates
from bot.query.grammar.pieces import AUX, WH, Comparison
from bot.query.grammar.question import LEAD, SPEAKS, TITLED, Query, compare, said, understand
from bot.query.grammar.wrapping import TURNS
from bot.query.people.groups import is_kin
from index.language.folding import fold, is_description, role_words
from index.language.places import DEMONYMS
from index.language.stems import stem, stems

# "different topic, ...", "on another note: ...": what follows stands alone.
_CHANGE = re.compile(r"\b(?:different|another|other|new|separate|moving|chang\w+)\b", re.IGNORECASE)
_ABOUT = r"(?:what about|how about|(?P<on>about|and about|and on)|and|or)"
_SWITCH = re.compile(
    rf"(?:ok(?:ay)?,?\s+|so\s+|and\s+)?{_ABOUT}\s+(?P<rest>.+?)(?:\s+(?:him|her|it)self)?",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?:(?:and|but|so|ok|okay|only|just|then|also|what about|how about),?\s+)+", re.IGNORECASE
)
_WHERE = re.compile(r"(?:in|at|on|for|after|before|during)\s", re.IGNORECASE)
_OWNED = re.compile(r"(?:his|her|their)\s+(?P<who>\w+(?:\s\w+)?)", re.IGNORECASE)
_BY = re.compile(r"(?:by|from|of)\s+", re.IGNORECASE)
_WH = (
    r"why|when|where|how|how come|why not|in what way|why so"
    r"|(?:(?:for|by|since|until|till|from|to|in|at|with) )?"
    r"(?:how (?:long|many|much|old|far|often|big)|when|where|whom?)"
)
_BARE = re.compile(
    rf"{LEAD}(?P<wh>{_WH})"
    r"(?:\s+(?:(?:was|is|did|does|has|were)\s+)?(?:that|it|this|so|he|she|they)"
    r"(?:\s+(?:say|said|happen|happened|be|do|did)(?:\s+(?:that|it|so|this))?)?)?",
    re.IGNORECASE,
)
_ELSE = re.compile(rf"{LEAD}(?P<who>who|anyone|anybody)\s+else\b(?P<rest>.*)", re.IGNORECASE)
_SAID_SO = re.compile(r"(?:said|says|thinks?|thought|agreed?|agrees)(?:\s+(?:so|that|it|this))?")
_AGREE = re.compile(
    rf"{LEAD}(?:do|did|does)\s+(?:they|the two|both|he and she)\s+(?:both\s+)?(?:dis)?agree\b.*"
    rf"|{LEAD}compare (?:them|the two|both)\b.*|how do they (?:differ|compare)\b.*",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"{LEAD}(?:tell (?:me|us) more|more|go on|continue|what else|anything else|more details|"
    r"details|elaborate)(?: (?:about|on) (?:it|that|this))?",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"{LEAD}(?:i (?:mean|meant|want)\s+)?(?:the\s+)?(?:one\s+)?(?P<rest>.*?)(?:\s+one)?",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"(?:the )?ones? (?:from|in|at|of|on|with|who|that|which)\b", re.IGNORECASE)
_ORDINALS = {
    word: n
    for n, words in enumerate(
        ("first 1 1st", "second 2 2nd", "third 3 3rd", "fourth 4 4th", "fifth 5 5th", "sixth 6 6th")
    )
    for word in words.split()
} | {"last": -1, "latest": 0, "newest": 0}  # fmt: skip
_FRAGMENT = 6  # words
_AUXILIARY = re.compile(rf"{AUX}\b", re.IGNORECASE)
_LEADING_QUESTION = re.compile(
    rf"{WH_PHRASE}(?P<what>(?:\w+\s+){{0,3}}?)(?={AUX}\b)(?P<rest>.*)", re.IGNORECASE
)
_QUESTION = re.compile(rf"{WH}\b", re.IGNORECASE)
_ELLIPSIS = re.compile(
    rf"{WH_PHRASE}(?:in|at|from|on)\s+\w+(?:\s+\w+)?", re.IGNORECASE
)  # "how many in Mali"
_THINGS = r"\b(?:it|that|this|so|there|these|those|they|them|their)\b"
# "did Putin comment", "did he say anything there": on what the talk is of.
_REACTS = re.compile(
    rf"{_THINGS}|\b(?:comment(?:ed|s)?|respond(?:ed|s)?|react(?:ed|s)?|repl(?:y|ied|ies)|"
    r"answer(?:ed|s)?)\b",
    re.IGNORECASE,
)
_THING = re.compile(_THINGS, re.IGNORECASE)
_THAT_CLAUSE = re.compile(r"\bthat\s+(?=\w+\s+\w+)", re.IGNORECASE)
_DEFINITE = re.compile(r"\bthe\s+\w", re.IGNORECASE)
_FEW = 2  # words
_STRANGE = 2  # words that the event has not make a topic of one's own


def stand_alone(question: str, earlier: Earlier, scene: Scene) -> Query:
    """Read a question in the light of the turn before it (None: it opens the conversation)."""
    text = " ".join(question.split()).rstrip(" ?!.")
    query, turn = understand(question), TURNS.match(text)
    if turn and _CHANGE.search(turn[0]):
        return query
    before = None if _names_its_own(text, query, scene) else earlier()
    if before is None:
        return query
    for read in (_choice, _then, _else, _agree, _more, _bare, _switch):
        found = read(text, before, scene)
        if found is not None:
            return found
    if query.kind == "several":
        return query  # each piece is read after the one before it
    return _in_context(query, before, scene)


def opens(question: str) -> bool:
    """Whether a question may begin a talk: it says what it is about."""
    query = understand(question)
    if _BARE.fullmatch(question.strip(" ?!.")) or _leans(query):
        return False
    return bool(content_of(query.topic)) and not PRONOUN.search(query.text)


def _names_its_own(text: str, query: Query, scene: Scene) -> bool:
    """Whether a question asks for words on something, and leaves open neither whose nor on what."""
    if query.kind == "said" and scene.is_bare_role(query.asked or ""):
        return False
    if query.kind not in ("said", "who_said", "compare") or not content_of(query.topic):
        return False
    switch = _SWITCH.fullmatch(text)
    if _ELSE.fullmatch(text) or (switch and (query.asked or not _asks(switch["rest"]))):
        return False
    if query.kind == "who_said" and _is_of_event(query.topic):
        return False
    return not any(p.search(query.text) for p in (PRONOUN, OWNER)) and not _leans(query)


def _leans(query: Query) -> bool:
    return bool(_THING.search(_THAT_CLAUSE.sub("", query.text)))


def _is_of_event(topic: str) -> bool:
    """Whether a thing is spoken of, in few words, as if it were known which one: "the court"."""
    return bool(_DEFINITE.search(topic)) and len(content_of(topic)) <= _FEW


def _choice(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """One of several that were offered: "the one in Connecticut", "the second one"."""
    match = _ONE.fullmatch(text)
    if match is None or len(text.split()) > _FRAGMENT or _asks(text):
        return None
    options = before.answer.options
    if not options:
        return None
    rest = match["rest"].strip().lower()
    if rest in _ORDINALS and _ORDINALS[rest] < len(options):
        return understand(options[_ORDINALS[rest]].question)
    wanted = content_of(rest) | stems(" ".join(role_words(rest)))
    shares = [len(wanted & (stems(option.label) | scene.roles(option.label))) for option in options]
    best = max(shares)
    if not best or shares.count(best) > 1 or _AUXILIARY.match(text):
        return None
    return understand(options[shares.index(best)].question)


def _then(text: str, before: EarlierTurn, _: Scene) -> Query | None:
    """The question before, of other days: "and in november?"."""
    dates, rest = take_dates(_ALSO.sub("", text))
    if dates is None or rest.strip(" ,"):
        return None
    pieces = tuple(replace(piece, dates=dates, days=None) for piece in before.query.pieces)
    return replace(before.query, dates=dates, days=None, pieces=pieces, or_else=None)


def _bare(text: str, before: EarlierTurn, _: Scene) -> Query | None:
    """A lone question word is asked of the question before."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    # "which towns did they take": "did they take towns"
    rest = _LEADING_QUESTION.sub(r"\g<rest> \g<what>", before.query.text, count=1).strip()
    if before.query.asked and rest != before.query.text:
        rest = f"did {before.query.asked} say that about {before.topic}"
    elif not _AUXILIARY.match(rest):
        rest = before.matter or before.topic
    asking = replace(understand(f"{match['wh']} {rest}"), asked=None, kind="fact", extent="best")
    return replace(asking, among=before.articles)


def _else(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """Other speakers on the same topic, "who else said so?", or on one of its own."""
    match = _ELSE.fullmatch(text)
    if match is None:
        return None
    rest = match["rest"].strip()
    own = understand(f"who {rest}") if rest and not _SAID_SO.fullmatch(rest) else None
    if own and PRONOUN.search(own.text):
        # "who else backed her"
        own, _ = with_persons(own, before, scene)
        return replace(own, without=before.speaker, among=before.articles or None)
    topic = rest if own and own.kind != "who_said" else own.topic if own else ""
    text, about = f"who spoke about {before.topic}", before.topic
    if own and content_of(topic):
        text, about = own.text, topic
    elif own and _THING.search(own.text):
        text = _THING.sub(before.topic, own.text, count=1)
    others = Query(text, "who_said", None, about, without=before.speaker)
    among = before.articles | scene.related(before.topic)
    return replace(others, among=among, or_else=others) if among else others


def _agree(text: str, before: EarlierTurn, _: Scene) -> Query | None:
    """Those of the turns before, side by side: "do they agree?"."""
    names = before.speakers[:2]
    if len(names) < 2 or not _AGREE.fullmatch(text):
        return None
    return compare(text, Comparison(tuple(reversed(names)), before.topic))


def _more(text: str, before: EarlierTurn, _: Scene) -> Query | None:
    """The story that the turn before was about: "tell me more"."""
    if not _MORE.fullmatch(text) or not before.title:
        return None
    return understand(TITLED.format(before.title))


def _switch(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """Another speaker ("and Macron?") or another topic ("what about sanctions")."""
    match = _SWITCH.fullmatch(text)
    owned = _OWNED.fullmatch(match["rest"] if match else text)
    if owned and not (match and match["on"]):
        return _of_owner(owned, before, scene)
    if match is None:
        return _of_role(text, before, scene) if scene.is_role_of_event(text) else None
    alone = _asked_alone(match["rest"])
    if alone is None and _asks(match["rest"]):
        return None
    rest = alone or _BY.sub("", match["rest"])
    if not match["on"] and scene.is_role_of_event(rest):
        return _of_role(rest, before, scene, speaks=alone is not None)
    # "and what did the charity say" asks for its words, though nobody is known to be called so.
    if not match["on"] and (alone or (not _WHERE.match(rest) and scene.is_speaker(rest))):
        extent = before.query.extent if before.query.kind != "fact" else "best"
        query = replace(said(rest, before.topic), near=before.articles, extent=extent)
        # A topic that was asked for is asked for anew; an event is stayed in.
        there = replace(query, among=before.articles)
        if not scene.has(rest) or not before.articles or extent != "best":
            return query
        return there if before.query.kind == "fact" else replace(query, or_else=there)
    anybody = _of_anybody(rest, before)
    if _ONE_OF.match(match["rest"]) and before.articles:
        # Another of those whom the event has, and no other topic.
        return replace(anybody, topic=anybody.text, among=before.articles)
    if before.query.asked:
        return replace(said(before.query.asked, rest), or_else=anybody)
    return anybody


def _of_owner(owned: re.Match[str], before: EarlierTurn, scene: Scene) -> Query | None:
    """Somebody who is told by somebody of the talk: "and his deputy", "her mother?"."""
    role = f"the {owned['who']}"
    if not is_kin(owned["who"].split()[-1]):
        return _of_role(role, before, scene) if scene.is_role_of_event(role) else None
    asked, _ = with_persons(said(owned[0], before.topic), before, scene)
    return replace(asked, topic=before.topic, among=before.talk or None)


def _of_role(role: str, before: EarlierTurn, scene: Scene, *, speaks: bool = False) -> Query:
    """A role of the event: whose words are asked for, or what is told of "the owner"."""
    query = _said_by_role(said(role, ""), before, scene)
    if before.query.kind != "fact" or speaks:
        return query
    told = Query(f"{role} {before.topic}", "fact", None, role, among=scene.event)
    return replace(query, or_else=told)


def _said_by_role(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """The question for the words of whoever has a bare role in the event, and of nobody else."""
    asked, story = query.asked or "", before.talk | scene.related(before.topic)
    found = scene.holders(asked, story)
    if not found:
        return replace(
            query, topic=query.topic or before.topic, among=scene.event, is_of_event=True
        )
    name = found[0].name if len(found) == 1 and not is_description(found[0].name) else asked
    held = frozenset[str]().union(*(who.articles for who in found))
    there = scene.event & held or story & held
    if content_of(query.topic) - content_of(asked):
        return replace(query, text=query.text.replace(asked, name), asked=name, near=there)
    on = said(name, before.topic)
    # A topic that was asked for is asked for anew; an event is stayed in.
    text = query.text.replace(asked, name) if len(there) == 1 else on.text
    stays = replace(query, text=text, asked=name, topic=on.topic, near=there, among=there)
    query = replace(query, text=on.text, asked=name, topic=on.topic, near=there)
    return stays if before.query.kind == "fact" else replace(query, or_else=stays)


def _asked_alone(text: str) -> str | None:
    """Whose words are asked for with no word on what: "what did Macron say"."""
    query = understand(text)
    if query.kind != "said" or query.asked is None or content_of(query.topic):
        return None
    return None if PRONOUN.search(text) or _leans(query) else query.asked


def _of_anybody(topic: str, before: EarlierTurn) -> Query:
    """What was asked before, of another topic; where no sentence answers that, its story."""
    elsewhere = _elsewhere(topic, before.query)
    if elsewhere:
        return understand(elsewhere)
    story = understand(TITLED.format(topic))
    if before.query.kind == "fact" and before.query.extent != "best":
        return replace(story, extent=before.query.extent)
    return Query(f"{topic} {before.topic}", "fact", None, topic, or_else=story)


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


def _is_place(text: str) -> bool:
    words = frozenset(fold(text)) - {"the"}
    return bool(words) and DEMONYMS.keys() >= words


def _asks(rest: str) -> bool:
    return understand(rest).kind != "fact" or bool(_QUESTION.match(rest))


def _in_context(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """Take from the turn before what the question leaves open."""
    leans = _leans(query)
    query, persons = with_persons(query, before, scene)
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
        query = replace(understand(query.text), kind="fact", asked=None, topic=query.text)
    if query.kind == "said":
        return _said_in_context(query, before, scene, takes_topic=leans or not own)
    is_known = _is_of_event(query.topic) and (query.kind == "fact" or own <= scene.stems)
    if query.kind in ("who_said", "compare") and own and not (leans or is_known):
        return query
    if _ELLIPSIS.fullmatch(query.text):
        return _about_event(query, before, scene)
    strange = [word for word in own if word not in scene.stems]
    # "how much did he pay", where it is not known which of several "he" is: one of the event.
    leans = leans or bool(PRONOUN.search(query.text))
    if any(scene.directory.is_name(w) and stem(w) in strange for w in fold(query.text)):
        return _about_event(query, before, scene) if leans else _either(query, before)
    if not (leans or is_known) and len(strange if scene.event else own) >= _STRANGE:
        return _either(query, before)
    return _about_event(query, before, scene)


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
    asked = query.asked or ""
    is_of_event = takes_topic or content_of(query.topic) <= scene.stems
    if is_of_event and scene.is_role_of_event(asked):
        topic = _THING.sub("", query.topic).strip()
        query = replace(query, topic=topic if content_of(topic) else "")
        return _said_by_role(query, before, scene)
    if not takes_topic and query.decides and not SPEAKS.search(query.text) and scene.has(asked):
        # "did he plead guilty": by his words, or by what is told of it.
        told = replace(understand(query.text), kind="fact", asked=None, topic=query.text)
        return replace(query, near=before.articles, in_story=_about_event(told, before, scene))
    if not takes_topic:
        # "and Lee on the ban", where what he says of it is in other words than these.
        is_told = (
            query.extent == "best" and scene.has(asked) and content_of(query.topic) <= scene.stems
        )
        there = replace(query, among=before.articles) if is_told and before.articles else None
        return replace(query, near=before.articles, or_else=query.or_else or there)
    # "the coast guard" is the one of the event, and "the pope" the only one that there is.
    is_known = _DEFINITE.match(asked) and (scene.has_words(asked) or not scene.is_called(asked))
    rest = _THING.sub("", query.topic).strip()
    has_own = bool(content_of(rest) - content_of(f"{asked} {before.topic}"))
    topic = f"{rest} {before.topic}".strip() if has_own else before.topic
    story = before.talk | scene.related(before.topic)
    wide = replace(said(asked, topic), among=story or None)
    is_one = len(before.articles) == 1 and query.extent == "best"
    # One article says itself what it is about.
    there = replace(query, topic=topic, among=before.articles, or_else=wide) if is_one else wide
    if scene.has(asked):
        return there
    if not scene.has_name(asked) or scene.is_role_in_body(asked):
        # "what did police say", "the coast guard captain": who has it in a role of theirs.
        held = _said_by_role(query, before, scene) if scene.holders(asked, story) else there
        return held if held is there or held.or_else else replace(held, or_else=there)
    if is_known:
        return there
    if scene.has(asked, story) or _REACTS.search(query.text):
        return wide
    # "what did Putin say" after talk of something that he is not in is on that, not what he wants.
    return said(asked, topic) if query.text == said(asked, "").text else query


def _about_event(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """A question about the event, and about what goes on with it."""
    own = content_of(query.topic)
    rest = _THING.sub("", query.topic).strip()
    topic = f"{rest} {before.topic}".strip() if own else before.topic
    among = before.talk | scene.related(before.topic)
    is_alone = before.is_story or not before.topic
    text = query.text if is_alone else f"{query.text} ({before.topic})"
    wide = replace(query, text=text, topic=topic, among=among or None)
    if is_alone or not own or len(before.articles) != 1 or query.extent != "best":
        return wide
    # One article says itself what it is about.
    return replace(wide, text=query.text, among=before.articles, or_else=wide)
