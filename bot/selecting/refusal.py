"""Says that the articles do not answer, why, and what they do say nearest to it.

Knows nothing of how evidence is found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Answer, Reason, Refusal
from bot.query.parts import parts_of, understood
from bot.query.question import Query
from bot.selecting.asked import Asked
from bot.selecting.chooser import Choice
from bot.selecting.citing import cited, speakers


@dataclass(frozen=True, slots=True)
class Near:
    """What comes nearest to an unanswered question.

    `choices` are the asked speaker's nearest sentences, `others` who does speak on the topic,
    `questions` what could be asked instead; each best first.
    """

    choices: tuple[Choice, ...] = ()
    others: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


_OTHERS = 3
_NEAREST = 2


def refuse(question: str, query: Query, asked: Asked | None, near: Near) -> Answer:
    """The refusal of a question, with what comes nearest to it."""
    reason = _reason(asked)
    names = speakers(asked, ())
    refusal = Refusal(reason, near.questions, cited(near.choices[:_NEAREST], asked))
    message, parts = _message(reason, query, names, near.others), parts_of(query, names)
    return Answer(question, message, understood(parts), (), refusal, parts)


def nothing_to_ask(question: str, query: Query | None) -> Answer:
    """The refusal of an empty question, or of any question to an empty archive."""
    if query is None:
        message = "Ask about somebody or something in the articles."
        return Answer(question, message, "", (), Refusal("unclear"))
    message = "There are no articles in the archive yet: add some first."
    parts = parts_of(query)
    return Answer(question, message, understood(parts), (), Refusal("empty_archive"), parts)


def _reason(asked: Asked | None) -> Reason:
    if asked is None or asked.phrase is None:
        return "off_topic"
    return "speaker_silent" if asked.articles else "unknown_speaker"


def _message(reason: Reason, query: Query, names: Sequence[str], others: Sequence[str]) -> str:
    topic = f" on {query.topic}" if query.topic else ""
    who = " or ".join(names) or query.asked or ""
    if reason == "unknown_speaker":
        nobody = f"nobody called “{query.asked}” speaks in them"
        return f"The articles do not say: {nobody}.{_also(others)}"
    if reason == "speaker_silent":
        return f"The articles do not say: {who} is in them, but not{topic}.{_also(others)}"
    return "The articles do not say: nothing in them answers this."


def _also(others: Sequence[str]) -> str:
    return f" Who does speak on it: {', '.join(others[:_OTHERS])}." if others else ""
