"""Makes a follow-up question stand alone, from the turn before it and without a language model.

"and Macron?" keeps the topic and changes the speaker; "what about sanctions" the other way round;
"why?" asks it of the question before; "he" and "it" are replaced by whom and what they stand for.
Knows nothing of articles beyond what the turn before was answered with.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answer import Answer
from bot.query.question import LEAD, Query, understand

IsSpeaker = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was asked before, as it was read, and its answer.

    `before` is the turn before it: what this one leaves open is taken from there.
    """

    query: Query
    answer: Answer
    before: "Turn | None" = None

    @property
    def speaker(self) -> str | None:
        """Whom "he" or "she" stands for: the asked speaker, else whom the answer names first."""
        if self.query.asked:
            return self.query.asked
        spoken = [c.speaker for c in self.answer.citations if c.speaker]
        if self.query.kind == "who_said" and spoken:
            return spoken[0]
        return self.before.speaker if self.before else None

    @property
    def topic(self) -> str:
        """What the talk is about: a turn that names nothing of its own keeps the one before."""
        if _VAGUE_WORDS.sub("", self.query.topic).strip() or not self.before:
            return _matter(self.query) if self.query.kind == "fact" else self.query.topic
        return self.before.topic

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles that were cited last."""
        cited = frozenset(citation.article.id for citation in self.answer.citations)
        return cited or (self.before.articles if self.before else cited)


# A topic of these alone names nothing: "when he heard", "it".
_VAGUE_WORDS = re.compile(
    r"\b(?:he|she|it|they|him|her|them|that|this|there|so|when|why|where|how|what|who|heard|said|is|"
    r"was|did|do|the|a|much|many|worth|place|take|took|happen|happened)\b|\W",
    re.IGNORECASE,
)
_ABOUT = r"(?:what about|how about|(?P<on>about|and about|and on)|and)"
_SWITCH = re.compile(rf"(?:ok(?:ay)?,?\s+|so\s+|and\s+)?{_ABOUT}\s+(?P<rest>.+)", re.IGNORECASE)
_WH = r"why|when|where|how|how come|why not|since when|in what way|why so"
_BARE = re.compile(
    rf"{LEAD}(?P<wh>{_WH})"
    r"(?:\s+(?:(?:was|is|did|does|has|were)\s+)?(?:that|it|this|so|he|she|they)"
    r"(?:\s+(?:say|said|happen|happened|be|do|did)(?:\s+(?:that|it|so|this))?)?)?",
    re.IGNORECASE,
)
_ELSE = re.compile(rf"{LEAD}(?P<who>who|anyone|anybody)\s+else\b(?P<rest>.*)", re.IGNORECASE)
_AUX = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)\b"
_AUXILIARY = re.compile(_AUX, re.IGNORECASE)
_WH_PHRASE = (
    r"(?:what|which|who|whom|whose|when|where|why|how)"
    r"(?:\s+(?:much|many|long|far|old|often|big))?\s+"
)
_LEADING_QUESTION = re.compile(rf"{_WH_PHRASE}(?={_AUX})", re.IGNORECASE)
_OPENING = re.compile(rf"{_WH_PHRASE}(?:{_AUX}\s+)?|{_AUX}\s+", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|him)\b", re.IGNORECASE)
_PERSONS = re.compile(r"\b(?:his|her)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:it|that|this|so|there|these|those|they|them|their)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\bthe\s+\w", re.IGNORECASE)
_FEW_WORDS = 2
_THAT_CLAUSE = re.compile(r"\bthat\s+(?=\w+\s+\w+)", re.IGNORECASE)


_VAGUE = re.compile(r"(?:said|says|thinks?|thought|agreed?|agrees)(?:\s+(?:so|that|it|this))?")


def stand_alone(question: str, before: Turn | None, is_speaker: IsSpeaker) -> Query:
    """Read a question in the light of the turn before it (None: it opens the conversation).

    `is_speaker` tells whether a phrase is somebody whom the archive knows.
    """
    if before is None:
        return understand(question)
    text = " ".join(question.split()).rstrip(" ?!.")
    for read in (_else, _bare, _switch):
        query = read(text, before, is_speaker)
        if query is not None:
            return query
    return _resolved(text, before)


def _matter(query: Query) -> str:
    """What a question about a fact is about: "when did the ship sink" -> "the ship sink"."""
    opening = _OPENING.match(query.topic)
    return query.topic[opening.end() :] if opening else query.topic


def _bare(text: str, before: Turn, _: IsSpeaker) -> Query | None:
    """A lone question word is asked of the question before."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    rest = _LEADING_QUESTION.sub("", before.query.text, count=1)
    if before.query.asked and rest != before.query.text:
        rest = f"did {before.query.asked} say that about {before.topic}"
    elif not _AUXILIARY.match(rest):
        rest = before.topic
    return replace(understand(f"{match['wh']} {rest}"), asked=None, kind="fact")


def _else(text: str, before: Turn, _: IsSpeaker) -> Query | None:
    """Other mouths on the same topic: "who else said so?"."""
    match = _ELSE.fullmatch(text)
    if match is None:
        return None
    rest = match["rest"].strip()
    if not rest or _VAGUE.fullmatch(rest):
        return Query(before.query.text, "who_said", None, before.topic, without=before.speaker)
    topic = f"{rest} {before.topic}"
    asking = f"who {rest} ({before.topic})"
    return Query(asking, "who_said", None, topic, without=before.speaker)


def _switch(text: str, before: Turn, is_speaker: IsSpeaker) -> Query | None:
    """Another speaker ("and Macron?") or another topic ("what about sanctions")."""
    match = _SWITCH.fullmatch(text)
    if match is None or _asks(match["rest"]):
        return None
    if not match["on"] and is_speaker(match["rest"]):
        return _said(match["rest"], before.topic)
    anybody = Query(f"{match['rest']} {before.topic}", "fact", None, match["rest"])
    if before.query.asked:
        return replace(_said(before.query.asked, match["rest"]), or_else=anybody)
    return anybody


def _asks(rest: str) -> bool:
    return understand(rest).kind != "fact" or bool(_LEADING_QUESTION.match(rest))


def _said(asked: str, topic: str) -> Query:
    return Query(f"what did {asked} say about {topic}", "said", asked, topic)


def _leans(query: Query) -> bool:
    """Whether "the court" is spoken of, in few words, as if it were known which one."""
    words = _VAGUE_WORDS.sub(" ", query.topic).split()
    definite = _DEFINITE.search(query.topic) is not None
    return query.kind == "fact" and definite and len(words) <= _FEW_WORDS


def _resolved(text: str, before: Turn) -> Query:
    """Put names for pronouns, and the topic of the question before where there is none."""
    thing = bool(_THING.search(_THAT_CLAUSE.sub("", text)))
    if before.speaker:
        text = _PERSONS.sub(f"{before.speaker}'s", _PERSON.sub(before.speaker, text))
    query = understand(text)
    if query.asked and _PERSON.fullmatch(query.asked):  # nobody was named: whoever it may be
        query = replace(query, kind="who_said", asked=None)
    own = _VAGUE_WORDS.sub("", query.topic).strip()
    if thing or not own or _leans(query):
        topic = f"{_THING.sub('', query.topic)} {before.topic}".strip() if own else before.topic
        return replace(query, text=f"{query.text} ({before.topic})", topic=topic)
    return query
