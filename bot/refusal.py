"""Says that the articles do not answer, why, and what they do say nearest to it.

Knows nothing of how evidence is found.
"""

from collections.abc import Sequence

from bot.answer import Answer, Reason, Refusal
from bot.asked import Asked, said_by_others
from bot.citing import speakers, understood
from bot.evidence import Evidence
from bot.question import Query
from bot.suggest import ask_about

_SUGGESTIONS = 3
_OTHERS = 3


def refuse(
    question: str, query: Query, asked: Asked | None, evidence: Sequence[Evidence]
) -> Answer:
    """The refusal of a question, with the nearest questions that the evidence does answer."""
    reason = _reason(asked)
    names = speakers(asked, ())
    message = _message(reason, query, names, said_by_others(evidence, asked) if asked else ())
    suggestions = _suggestions(asked, evidence)
    return Answer(question, message, understood(query, names), (), Refusal(reason, suggestions))


def nothing_to_ask(question: str, query: Query | None) -> Answer:
    """The refusal of an empty question, or of any question to an empty archive."""
    if query is None:
        message = "Ask about somebody or something in the articles."
        return Answer(question, message, "", (), Refusal("unclear"))
    message = "There are no articles in the archive yet: add some first."
    return Answer(question, message, understood(query), (), Refusal("empty_archive"))


def _reason(asked: Asked | None) -> Reason:
    if asked is None or asked.phrase is None:
        return "off_topic"
    return "speaker_silent" if asked.articles else "unknown_speaker"


def _message(reason: Reason, query: Query, names: Sequence[str], others: Sequence[str]) -> str:
    topic = f" on {query.topic}" if query.topic else ""
    who = " or ".join(names) or query.asked or ""
    if reason == "unknown_speaker":
        return f"The articles do not say: nobody called “{query.asked}” speaks in them."
    if reason == "speaker_silent":
        named = ", ".join(others[:_OTHERS])
        also = f" Others who speak in the nearest passages: {named}." if named else ""
        return f"The articles do not say: {who} is in them, but not{topic}.{also}"
    return "The articles do not say: nothing in them answers this."


def _suggestions(asked: Asked | None, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Questions that the nearest statements answer, the asked speaker's own first."""
    own = [e for e in evidence if asked and asked.attribution(e.sentence)]
    questions = (
        ask_about(item.view, item.n, attribution)
        for item in (*own, *evidence)
        for attribution in item.sentence.attributions[:1]
    )
    return tuple(dict.fromkeys(question for question in questions if question))[:_SUGGESTIONS]
