"""Makes a follow-up question stand alone, from the turn before it and without a language model.

"and Macron?" keeps the topic and changes the speaker; "what about sanctions" the other way round;
"why?" asks it of the question before; "he" and "it" are replaced by whom and what they stand for.
Knows nothing of articles beyond what the turn before was answered with.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answer import Answer
from bot.question import Query, understand

IsSpeaker = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was asked before, as it was read, and its answer."""

    query: Query
    answer: Answer

    @property
    def speaker(self) -> str | None:
        """Whom "he" or "she" stands for: the asked speaker, else the answer's first one."""
        if self.query.asked:
            return self.query.asked
        spoken = [c.speaker for c in self.answer.citations if c.speaker]
        return spoken[0] if self.query.kind == "who_said" and spoken else None

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles that were cited."""
        return frozenset(citation.article.id for citation in self.answer.citations)


_LEAD = r"(?:(?:and|but|so|ok|okay|then|also)[,\s]+)*"
_ABOUT = r"(?:what about|how about|(?P<on>about|and about|and on)|and)"
_SWITCH = re.compile(rf"(?:ok(?:ay)?,?\s+|so\s+|and\s+)?{_ABOUT}\s+(?P<rest>.+)", re.IGNORECASE)
_WH = r"why|when|where|how|how come|why not|since when|in what way|why so"
_BARE = re.compile(
    rf"{_LEAD}(?P<wh>{_WH})"
    r"(?:\s+(?:(?:was|is|did|does|has|were)\s+)?(?:that|it|this|so|he|she|they)"
    r"(?:\s+(?:say|said|happen|happened|be|do|did)(?:\s+(?:that|it|so|this))?)?)?",
    re.IGNORECASE,
)
_ELSE = re.compile(rf"{_LEAD}(?P<who>who|anyone|anybody)\s+else\b(?P<rest>.*)", re.IGNORECASE)
_LEADING_QUESTION = re.compile(
    r"(?:(?:what|when|where|why|how|which|who)(?:\s+(?:much|many|long|far))?\s+)"
    r"(?=(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)\b)",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)\b", re.IGNORECASE
)
_PERSON = re.compile(r"\b(?:he|she|him|they|them)\b", re.IGNORECASE)
_PERSONS = re.compile(r"\b(?:his|her|their)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:it|that|this|so|there|these|those)\b", re.IGNORECASE)
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


def _bare(text: str, before: Turn, _: IsSpeaker) -> Query | None:
    """A lone question word is asked of the question before."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    rest = _LEADING_QUESTION.sub("", before.query.text, count=1)
    if before.query.asked and rest != before.query.text:
        rest = f"did {before.query.asked} say that about {before.query.topic}"
    elif not _AUXILIARY.match(rest):
        rest = before.query.topic
    return replace(understand(f"{match['wh']} {rest}"), asked=None, kind="fact")


def _else(text: str, before: Turn, _: IsSpeaker) -> Query | None:
    """Other mouths on the same topic: "who else said so?"."""
    match = _ELSE.fullmatch(text)
    if match is None:
        return None
    rest = match["rest"].strip()
    vague = not rest or _VAGUE.fullmatch(rest)
    topic = before.query.topic if vague else f"{rest} {before.query.topic}"
    asks = f"who else {rest or 'said so'}" if not vague else "who else said"
    return Query(f"{asks} {before.query.topic}", "who_said", None, topic, without=before.speaker)


def _switch(text: str, before: Turn, is_speaker: IsSpeaker) -> Query | None:
    """Another speaker ("and Macron?") or another topic ("what about sanctions")."""
    match = _SWITCH.fullmatch(text)
    if match is None or _asks(match["rest"]):
        return None
    if not match["on"] and is_speaker(match["rest"]):
        return _said(match["rest"], before.query.topic)
    if before.query.asked:
        return _said(before.query.asked, match["rest"])
    return replace(understand(f"{match['rest']} {before.query.topic}"), kind="fact", asked=None)


def _asks(rest: str) -> bool:
    return understand(rest).kind != "fact" or bool(_LEADING_QUESTION.match(rest))


def _said(asked: str, topic: str) -> Query:
    return Query(f"what did {asked} say about {topic}", "said", asked, topic)


def _resolved(text: str, before: Turn) -> Query:
    """Put names for pronouns, and the topic of the question before where there is none."""
    words = _THAT_CLAUSE.sub("", text)
    thing = bool(_THING.search(words))
    speaker = before.speaker
    if speaker:
        text = _PERSONS.sub(f"{speaker}'s", _PERSON.sub(speaker, text))
    query = understand(text)
    if thing or not query.topic:
        topic = f"{_THING.sub('', query.topic)} {before.query.topic}".strip()
        return replace(query, text=f"{query.text} ({before.query.topic})", topic=topic)
    return query
