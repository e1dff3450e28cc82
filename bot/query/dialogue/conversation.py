"""Makes a follow-up question stand alone, from the turn before it and without a language model.

A question that names its own person or topic takes nothing from before. One that does not takes the
event first, which is the articles that were cited last, then its person, then its topic: "how many
died?", "what did the governor say", "and Macron?", "why?", "the one in Connecticut". Knows nothing
of articles beyond what the turns before were answered with.
"""

import re
from dataclasses import replace
from itertools import islice

from bot.query.dialogue.context import about_event, in_context, is_of_event, told_of
from bot.query.dialogue.earlier import WH_PHRASE, Earlier, EarlierTurn, content_of
from bot.query.dialogue.halves import AS_WHY, completed
from bot.query.dialogue.pronouns import OWNER, PRONOUN, with_persons
from bot.query.dialogue.remarks import remark, remarks_on, taken_back
from bot.query.dialogue.scene import Scene
from bot.query.dialogue.switches import (
    SAME,
    SWITCH,
    THING,
    asks,
    is_leaning,
    of_anybody,
    of_days,
    switch,
)
from bot.query.grammar.dates import take_dates
from bot.query.grammar.pieces import AUX, WH, Comparison
from bot.query.grammar.question import LEAD, TITLED, Query, compare, said, understand
from bot.query.grammar.wrapping import TURNS, unwrapped
from bot.query.people.groups import group_roles
from index.language.folding import fold
from index.language.offices import role_words
from index.language.stems import IRREGULAR, stems
from index.language.words import PREPOSITIONS

# "different topic, ...", "on another note: ...": what follows stands alone.
_CHANGE = re.compile(r"\b(?:different|another|other|new|separate|moving|chang\w+)\b", re.IGNORECASE)
_ALSO = re.compile(
    rf"(?:(?:and|but|so|ok|okay|only|just|then|also|what about|how about|{SAME}(?: for)?),?\s+)+",
    re.IGNORECASE,
)
_WH = (
    r"why|when|where|how|how come|why not|in what way|why so|what for|for what"
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
_DOING = ("do", "does", "did")  # before whoever does it: what is asked for is done to
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
# "does anyone disagree", "is anybody against it": who else does.
_ANYONE = re.compile(
    rf"{LEAD}(?:does|do|did|is|are|was|were|has|have)\s+(?:any|some)(?:one|body)(?:\s+else)?\s+.+",
    re.IGNORECASE,
)
_AGREES = re.compile(r"agree[sd]?\Z", re.IGNORECASE)
_SAID_SO = re.compile(r"(?:said|says|thinks?|thought|agreed?|agrees)(?:\s+(?:so|that|it|this))?")
_WHOSE = re.compile(
    rf"{LEAD}(?:(?:the )?one )?(?:of|from|in) (?P<of>\S+(?: \S+)?)"
    rf"|{LEAD}the (?P<whose>\S+(?: \S+)?) one(?: (?:on|about) (?P<topic>.+))?",
    re.IGNORECASE,
)
_FEW_TURNS = 3
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
# "who is that", "is that true"; but "what is there", "was that you".
_OF_THAT = re.compile(
    rf"(?:{WH}|{AUX})\b(?!.*\byou\b).*\b(?:that|(?<!is )(?<!are )there)\b", re.IGNORECASE
)


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
    for read in _READERS:
        found = read(text, before, scene)
        if found is not None:
            return found
    if query.kind == "several":
        return query  # each piece is read after the one before it
    return in_context(_of_no_topic(query), before, scene)


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
    if _asks_for_anyone(text) or (query.kind == "who_said" and is_of_event(query.topic)):
        return False
    return not any(p.search(query.text) for p in (PRONOUN, OWNER)) and not is_leaning(query)


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


def _bare(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """A lone question word is asked of the question before."""
    match = _BARE.fullmatch(text)
    if match is None or _OF_ITS_OWN.fullmatch(text):
        return None
    wh = "why" if match["wh"].lower() in AS_WHY else match["wh"]
    if before.matter == before.query.text and _DEED.search(text):
        return None  # "the fire in Oslo", "who did it": no question that is asked again
    if wh.lower() == "who" and _DEED.search(text) and (doer := _doer(before)):
        return doer
    who = _WHO_WAS.match(before.query.text)
    asked = f"{who[1]} {before.found or 'somebody'} {before.query.text[who.end() :]}" if who else ""
    rest = asked or _as_yes_or_no(before.query.text)
    if before.query.asked and rest != before.query.text:
        rest = f"did {before.query.asked} say that about {before.topic}"
    elif not _AUXILIARY.match(rest):
        # "who hit the mayor", "why": "why was the mayor hit".
        bare = completed(wh, before.query.text).removeprefix(wh).strip()
        rest = bare or before.matter or before.topic
    asking = replace(understand(f"{wh} {rest}"), asked=None, kind="fact", extent="best")
    return told_of(replace(asking, or_else=None), before, scene)


def _as_yes_or_no(text: str) -> str:
    """A question without what it asks with: "which towns did they take", "did they take towns".

    >>> _as_yes_or_no("how many jobs will go"), _as_yes_or_no("how many were planned")
    ('will jobs go', 'were so many planned')
    """
    match = _LEADING_QUESTION.match(text)
    if match is None:
        return text
    what, (aux, _, rest) = match["what"].strip(), match["rest"].partition(" ")
    if aux.lower() in _DOING:
        return f"{aux} {rest} {what}".strip()
    is_counted = text.lower().startswith("how many")
    return " ".join(filter(None, (aux, what or ("so many" if is_counted else ""), rest)))


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
        return of_days(about_event(told, before, scene), dates)
    if own and PRONOUN.search(own.text):
        # "who else backed her"
        own, _ = with_persons(own, before, scene, before.found)
        own = replace(own, without=before.speaker)
        return of_days(own, dates) if dates else replace(own, among=before.articles or None)
    others = replace(_of_others(own, rest, before.topic), without=before.speaker)
    if dates:
        return of_days(others, dates)
    among = scene.story(before.articles)
    return replace(others, among=among, or_else=others) if among else others


def _anyone(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """Whether others than who spoke last say something on the talk: "does anyone disagree"."""
    if not _asks_for_anyone(text):
        return None
    query, speaker = understand(text), before.speaker
    whom = f" with {speaker}" if speaker and _AGREES.search(query.text) else ""
    asked = f"{query.text}{whom} on {before.topic}" if whom else f"{query.text} ({before.topic})"
    others = replace(query, decides=False, without=speaker, topic=before.topic)
    there = replace(others, text=asked if whom else query.text, among=before.articles or None)
    return replace(there, or_else=replace(others, text=asked))


def _asks_for_anyone(text: str) -> bool:
    """Whether a question asks who else thinks so, with no topic of its own: "does anyone agree"."""
    query = understand(text) if _ANYONE.fullmatch(text) else None
    if query is None or query.kind != "who_said" or query.without:
        return False
    # "did anyone claim it" asks whether somebody did.
    return is_leaning(query) == (query.topic != query.text)


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
    asked = in_context(understand(f"what did {match['rest']} say"), before, scene)
    if group_roles(fold(match["rest"])[-1]) and not scene.has_words(match["rest"]):
        return asked  # "the fans", of whom the event tells nothing
    told = of_anybody(match["rest"], before, scene)
    story = scene.story(before.talk)
    told = replace(told, topic=told.text, among=story or None)
    return replace(asked, or_else=replace(asked.or_else, or_else=told) if asked.or_else else told)


def _of_whose(text: str, before: EarlierTurn, scene: Scene) -> Query | None:
    """Whose the role is that was asked for before: "of Oldham", "and the Oldham one on gas"."""
    match = _WHOSE.fullmatch(text)
    asked = (turn.read for turn in islice(before.back, _FEW_TURNS))
    roles = (
        query for query in asked if query.kind == "said" and scene.is_bare_role(query.asked or "")
    )
    query = next(roles, None) if match else None
    if match is None or query is None:
        return None
    whole = f"{query.asked} of {match['of'] or match['whose']}"
    is_known = bool(scene.directory.match(whole, near=False))
    return said(whole, match["topic"] or query.topic) if is_known else None


# The ways of asking on, each of which knows its own, in the order in which they are tried.
_READERS = (
    _choice, remark, _then, _else, _anyone, _agree, _more, _bare, _of_whose, _of_side, switch,
)  # fmt: skip
