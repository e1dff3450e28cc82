"""Makes a follow-up question stand alone, from the turn before it and without a language model.

A question that names its own person or topic takes nothing from before. One that does not takes the
event first, which is the articles that were cited last, then its person, then its topic: "how many
died?", "what did the governor say", "and Macron?", "why?", "the one in Connecticut". Knows nothing
of articles beyond what the turns before were answered with.
"""

import re
from dataclasses import replace

from bot.query.dialogue.earlier import WH_PHRASE, Earlier, EarlierTurn, content_of
from bot.query.dialogue.halves import completed
from bot.query.dialogue.pronouns import OWNER, PRONOUN, with_persons
from bot.query.dialogue.remarks import remark, remarks_on, taken_back
from bot.query.dialogue.scene import Scene
from bot.query.dialogue.switches import (
    SAME,
    SWITCH,
    THING,
    THINGS,
    asks,
    is_anew,
    is_leaning,
    of_anybody,
    of_days,
    said_by_role,
    switch,
)
from bot.query.grammar.dates import take_dates
from bot.query.grammar.pieces import AUX, WH, Comparison
from bot.query.grammar.question import LEAD, SPEAKS, TITLED, Query, compare, said, understand
from bot.query.grammar.wrapping import TURNS, unwrapped
from index.language.folding import fold
from index.language.offices import role_words
from index.language.stems import IRREGULAR, stem, stems
from index.language.words import PREPOSITIONS

# "different topic, ...", "on another note: ...": what follows stands alone.
_CHANGE = re.compile(r"\b(?:different|another|other|new|separate|moving|chang\w+)\b", re.IGNORECASE)
_ALSO = re.compile(
    rf"(?:(?:and|but|so|ok|okay|only|just|then|also|what about|how about|{SAME}(?: for)?),?\s+)+",
    re.IGNORECASE,
)
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
# "who was against it", "why": why those were against it who were found.
_WHO_WAS = re.compile(r"who (is|was|are|were) ", re.IGNORECASE)
_DEED = re.compile(r"\b(?:did|do|does)\b", re.IGNORECASE)
# "how old is he", "where was she", "how much was it" ask for what the question before did not; "why
# was he" goes on with it.
_OF_ITS_OWN = re.compile(
    rf"{LEAD}(?:(?!(?:why|when|how)(?: come)? (?:is|was|were)\b)"
    r".*\s(?:is|was|were)\s+(?:he|she|they)"
    r"|how (?:much|many|old|long|far|big|often)\s+(?:is|was|were)\s+(?:it|that|this))",
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
_ELLIPSIS = re.compile(
    rf"{WH_PHRASE}(?:in|at|from|on)\s+\w+(?:\s+\w+)?", re.IGNORECASE
)  # "how many in Mali"
# "did Putin comment", "did he say anything there": on what the talk is of.
_REACTS = re.compile(
    rf"{THINGS}|\b(?:comment(?:ed|s)?|respond(?:ed|s)?|react(?:ed|s)?|repl(?:y|ied|ies)|"
    r"answer(?:ed|s)?)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\bthe\s+\w", re.IGNORECASE)
# "who is that", "is that true"; but "what is there", "was that you".
_OF_THAT = re.compile(
    rf"(?:{WH}|{AUX})\b(?!.*\byou\b).*\b(?:that|(?<!is )(?<!are )there)\b", re.IGNORECASE
)
_FEW = 2  # words
_STRANGE = 2  # words that the event has not make a topic of one's own


def stand_alone(question: str, earlier: Earlier, scene: Scene) -> Query:
    """Read a question in the light of the turn before it (None: it opens the conversation)."""
    text, turn = _bare_of_manners(question), TURNS.match(" ".join(question.split()))
    if (instead := taken_back(text)) != text and earlier() is not None:
        text = question = instead
    query = understand(question)
    if turn and _CHANGE.search(turn[0]):
        return query
    before = None if _names_its_own(text, _of_no_topic(query), scene) else earlier()
    if before is None:
        return query
    for read in (_choice, remark, _then, _else, _agree, _more, _bare, _of_side, switch):
        found = read(text, before, scene)
        if found is not None:
            return found
    if query.kind == "several":
        return query  # each piece is read after the one before it
    return _in_context(_of_no_topic(query), before, scene)


def goes_on(message: str) -> bool:
    """Whether a message, though it may be like talk, asks on after an answer: "anyone else?"."""
    text = _bare_of_manners(message)
    if remarks_on(text) or any(asking.fullmatch(text) for asking in (_ELSE, _MORE, _BARE)):
        return True
    query = understand(text)
    is_open = query.extent == "story" and not content_of(query.topic)  # "which article"
    return is_open or bool(_OF_THAT.match(text))


def _bare_of_manners(question: str) -> str:
    """A question in one line without its "please", nor the mark at its end."""
    return unwrapped(" ".join(question.split())).rstrip(" ?!.")


def _names_its_own(text: str, query: Query, scene: Scene) -> bool:
    """Whether a question asks for words on something, and leaves open neither whose nor on what."""
    if query.kind == "said" and scene.is_bare_role(query.asked or ""):
        return False
    if query.kind not in ("said", "who_said", "compare") or not content_of(query.topic):
        return False
    other = SWITCH.fullmatch(text)
    if _ELSE.fullmatch(text) or (other and (query.asked or not asks(other["rest"]))):
        return False
    if query.kind == "who_said" and _is_of_event(query.topic):
        return False
    return not any(p.search(query.text) for p in (PRONOUN, OWNER)) and not is_leaning(query)


def _is_of_event(topic: str) -> bool:
    """Whether a thing is spoken of, in few words, as if it were known which one: "the court"."""
    return bool(_DEFINITE.search(topic)) and len(content_of(topic)) <= _FEW


def _choice(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """One of several that were offered: "the one in Connecticut", "the second one"."""
    match = _ONE.fullmatch(text)
    if match is None or len(text.split()) > _FRAGMENT or asks(text):
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
    if match is None or _OF_ITS_OWN.fullmatch(text):
        return None
    if before.matter == before.query.text and _DEED.search(text):
        return None  # "the fire in Oslo", "who did it": no question that is asked again
    if match["wh"].lower() == "who" and _DEED.search(text) and (doer := _doer(before)):
        return doer
    who = _WHO_WAS.match(before.query.text)
    asked = f"{who[1]} {before.found or 'somebody'} {before.query.text[who.end() :]}" if who else ""
    # "which towns did they take": "did they take towns"
    rest = asked or _LEADING_QUESTION.sub(r"\g<rest> \g<what>", before.query.text, count=1).strip()
    if before.query.asked and rest != before.query.text:
        rest = f"did {before.query.asked} say that about {before.topic}"
    elif not _AUXILIARY.match(rest):
        # "who hit the mayor", "why": "why was the mayor hit".
        bare = completed(match["wh"], before.query.text).removeprefix(match["wh"]).strip()
        rest = bare or before.matter or before.topic
    asking = replace(understand(f"{match['wh']} {rest}"), asked=None, kind="fact", extent="best")
    return replace(asking, among=before.articles or None)


def _doer(before: EarlierTurn) -> Query | None:
    """Who did what was done to somebody: "who was stabbed in Oldham", "who did it"."""
    who = _WHO_WAS.match(before.query.text)
    if who is None:
        return _doer(before.asked_on) if before.asked_on else None
    verb, _, rest = before.query.text[who.end() :].partition(" ")
    if not (verb.endswith("ed") or verb in IRREGULAR):
        return None  # "who was against it"
    text = f"who {verb} {before.found or 'somebody'} {rest}".rstrip()
    return Query(text, "fact", None, text, among=before.articles or None)


def _else(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """Other speakers on the same topic, "who else said so?", or on one of its own."""
    match = _ELSE.fullmatch(text)
    if match is None:
        return None
    rest = match["rest"].strip()
    dates, rest = take_dates(rest)
    rest = rest if fold(rest) else ""  # a mark alone says nothing
    asks_of_all = not rest or _SAID_SO.fullmatch(rest)
    own = None if asks_of_all else _of_no_topic(understand(f"who {rest}"))
    if own and own.kind == "fact" and fold(rest)[0] not in PREPOSITIONS:
        # "who else was hurt"
        told = replace(own, text=f"{match['who']} {rest}", topic=own.text, extent="best")
        told, _ = with_persons(replace(told, or_else=None), before, scene, before.found)
        return of_days(_about_event(told, before, scene), dates)
    if own and PRONOUN.search(own.text):
        # "who else backed her"
        own, _ = with_persons(own, before, scene, before.found)
        own = replace(own, without=before.speaker)
        return of_days(own, dates) if dates else replace(own, among=before.articles or None)
    others = replace(_of_others(own, rest, before.topic), without=before.speaker)
    if dates:
        return of_days(others, dates)
    among = before.articles | scene.related(before.topic)
    return replace(others, among=among, or_else=others) if among else others


def _of_others(own: Query | None, rest: str, topic: str) -> Query:
    """Who spoke on the topic of the talk, or on their own: "who else commented", "on gas"."""
    about = own.topic if own and own.kind == "who_said" else rest if own else ""
    if own and content_of(about):
        return Query(own.text, "who_said", None, about)
    if own and THING.search(own.text):
        return Query(THING.sub(topic, own.text, count=1), "who_said", None, topic)
    text = f"{own.text} ({topic})" if own and not about else f"who spoke about {topic}"
    return Query(text, "who_said", None, topic)


def _of_no_topic(query: Query) -> Query:
    """The question of who spoke without the topic that it does not have: "who commented"."""
    is_open = query.kind == "who_said" and query.topic == query.text and not query.decides
    return replace(query, topic="", without=None) if is_open else query


def _agree(text: str, before: EarlierTurn, _: Scene) -> Query | None:
    """Those of the turns before, side by side: "do they agree?"."""
    names = before.speakers[:2]
    if len(names) < 2 or not _AGREE.fullmatch(text):
        return None
    return compare(text, Comparison(tuple(reversed(names)), before.topic))


def _more(text: str, before: EarlierTurn, _: Scene) -> Query | None:
    """All the words of those whose words were asked for, else the story that was told: "more"."""
    if not _MORE.fullmatch(text) or not before.title:
        return None
    query = before.query
    if query.kind in ("said", "who_said") and query.extent == "best" and before.answer.citations:
        return replace(query, extent="all", among=None, decides=False, or_else=None, in_story=None)
    return understand(TITLED.format(before.title))


def _of_side(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """A body or a side that the story may have speak: "and the opposition?"; else what is told."""
    match = SWITCH.fullmatch(text)
    if match is None or match["on"] or not scene.is_side(match["rest"]):
        return None
    asked = _in_context(understand(f"what did {match['rest']} say"), before, scene)
    told = of_anybody(match["rest"], before, scene)
    story = before.talk | scene.related(before.topic)
    told = replace(told, topic=told.text, among=story or None)
    return replace(asked, or_else=replace(asked.or_else, or_else=told) if asked.or_else else told)


def _in_context(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """Take from the turn before what the question leaves open."""
    leans = is_leaning(query)
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
        query = _as_fact(query)
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
    return _about_event(
        query, before, scene, is_whole=bool(persons and own) and not is_leaning(query)
    )


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
    if takes_topic and query.extent == "all":
        if not (before.query.kind == "fact" and scene.has(asked)):
            return query  # "all quotes by Lee" are all of them
        query = replace(query, extent="best")  # "any word from her" is one on the event
    is_of_event = takes_topic or content_of(query.topic) <= scene.stems
    if is_of_event and scene.is_role_of_event(asked):
        topic = THING.sub("", query.topic).strip()
        query = replace(query, topic=topic if content_of(topic) else "")
        return said_by_role(query, before, scene)
    if not takes_topic:
        return _on_own_topic(query, before, scene)
    # "the coast guard" is the one of the event, and "the pope" the only one that there is.
    is_known = _DEFINITE.match(asked) and (scene.has_words(asked) or not scene.is_called(asked))
    rest = THING.sub("", query.topic).strip()
    has_own = bool(content_of(rest) - content_of(f"{asked} {before.topic}"))
    topic = f"{rest} {before.topic}".strip() if has_own else before.topic
    story = before.talk | scene.related(before.topic)
    wide = replace(_asking(query, topic), among=story or None)
    if is_anew(query):
        wide = replace(wide, among=None, near=before.articles)
    is_one = len(before.articles) == 1 and not is_anew(query)
    # One article says itself what it is about.
    there = replace(query, topic=topic, among=before.articles, or_else=wide) if is_one else wide
    if scene.has(asked):
        return there
    if not scene.has_name(asked) or scene.is_role_in_body(asked):
        # "what did police say", "the coast guard captain": who has it in a role of theirs.
        held = said_by_role(query, before, scene) if scene.holders(asked, story) else there
        return held if held is there or held.or_else else replace(held, or_else=there)
    if is_known:
        return there
    if scene.has(asked, story) or _REACTS.search(query.text):
        return wide
    # "what did Putin say" after talk of something that he is not in is on that, not what he wants.
    # Where he says nothing on it, whatever he says.
    is_bare = re.sub(r"\A(what) do(?:es)? ", r"\1 did ", query.text) == said(asked, "").text
    return replace(_asking(query, topic), or_else=query) if is_bare else query


def _on_own_topic(query: Query, before: EarlierTurn, scene: Scene) -> Query:
    """A question for somebody's words that names its topic itself."""
    is_there = scene.has(query.asked or "")
    if query.decides and not SPEAKS.search(query.text) and is_there:
        # "did he plead guilty": by his words, or by what is told of it.
        told = _about_event(_as_fact(query), before, scene)
        return replace(query, near=before.articles, in_story=told)
    # "and Lee on the ban", where what he says of it is in other words than these.
    is_told = query.extent == "best" and is_there and content_of(query.topic) <= scene.stems
    there = replace(query, among=before.articles) if is_told and before.articles else None
    if there and _is_of_event(query.topic) and len(content_of(query.topic)) == 1:
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


def _about_event(
    query: Query, before: EarlierTurn, scene: Scene, *, is_whole: bool = False
) -> Query:
    """A question about the event, and about what goes on with it.

    One that `is_whole` says of whom it is, and what of them: it is not on what was asked before.
    """
    own = content_of(query.topic)
    rest = THING.sub("", query.topic).strip()
    topic = f"{rest} {before.topic}".strip() if own else before.topic
    among = before.talk | scene.related(before.topic)
    is_alone = before.is_story or not before.topic
    text = query.text if is_alone else f"{query.text} ({before.topic})"
    wide = replace(query, text=text, topic=topic, among=among or None)
    if is_alone or not own or query.extent != "best":
        return wide
    if is_whole:
        return replace(wide, text=query.text, topic=query.topic, or_else=wide)
    if len(before.articles) != 1:
        return wide
    # One article says itself what it is about.
    return replace(wide, text=query.text, among=before.articles, or_else=wide)
