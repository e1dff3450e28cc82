"""Words a refusal: that the articles do not answer, why, and what comes nearest.

Also the questions back, such as which of several is meant. Knows nothing of how evidence is found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answer import Answer, Option, Reason, Refusal
from bot.date_range import in_words
from bot.query.grammar.question import Query, said, tied
from bot.query.parts import parts_of, understood, worded
from bot.query.typed.talk import Tongue
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.citing.citing import cited, speakers
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.people.identities import Identity
from index.language.dates import read_day
from index.language.folding import fold


@dataclass(frozen=True, slots=True)
class Near:
    """What comes nearest to an unanswered question.

    `choices` are the wanted speaker's nearest sentences, `others` who does speak on the topic,
    `questions` what could be asked instead; each best first. `day` is the nearest day with an
    answer, if only the days asked for have none.
    """

    choices: tuple[Evidence, ...] = ()
    others: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    day: date | None = None


_OTHERS = 3
_NEAREST = 2
_PERSONS = 4


def refuse(question: str, query: Query, wanted: WantedSpeaker | None, near: Near) -> Answer:
    """The refusal of a question, with what comes nearest to it."""
    reason: Reason = "not_then" if near.day else _reason(wanted)
    names = speakers(wanted, ())
    refusal = Refusal(reason, near.questions, cited(near.choices[:_NEAREST], wanted))
    message, parts = _message(reason, query, names, near), parts_of(query, names)
    options = _persons(query, _who_may_be_meant(wanted) if wanted else ())
    if options:
        message += f" Did you mean {_listed([option.label for option in options])}?"
    return Answer(question, message, understood(parts), (), refusal, parts, options=options)


def ask_which(question: str, query: Query, options: tuple[Option, ...]) -> Answer:
    """The question back if several stories or persons fit, or only a similar name."""
    parts = parts_of(query)
    fitting = [f"“{each.label}”{_dated(each.published)}" for each in options]
    return Answer(
        question=question,
        message=f"Which do you mean: {_listed(fitting)}?",
        understood=understood(parts),
        refusal=Refusal("which_one"),
        parts=parts,
        options=options,
    )


def ask_whom(question: str, query: Query) -> Answer:
    """The question back if "she" refers to nobody in the conversation."""
    parts = parts_of(query)
    message = f"Whom do you mean by “{query.asked}”? Please ask again with the name."
    return Answer(question, message, understood(parts), (), Refusal("unclear"), parts)


def _dated(published: str | None) -> str:
    day = read_day(published)
    return f" ({in_words(day)})" if day else ""


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def chat(question: str, examples: Sequence[str]) -> Answer:
    """A reply to small talk: what can be asked, with examples."""
    message = "Ask what somebody said, what happened, who, when, where or how many. For example:"
    refusal = Refusal("talk", tuple(examples))
    return Answer(question, message, "", (), refusal, kind="talk")


def only_english(question: str, tongue: Tongue) -> Answer:
    """A reply in the asker's language that only English is understood."""
    return Answer(question, tongue.reply, "", (), Refusal("other_language"), kind="language")


def _who_may_be_meant(wanted: WantedSpeaker) -> list[Identity]:
    """Those with a similar name, or of several with the very name; not who was asked for."""
    people = wanted.maybe or (wanted.people[:_PERSONS] if wanted.is_ambiguous else ())
    return [who for who in people if fold(who.name) != fold(wanted.phrase or "")]


def _persons(query: Query, maybe: Sequence[Identity]) -> tuple[Option, ...]:
    """The same question for each person who may be meant."""
    return tuple(Option(worded(said(who.name, query.topic)), who.name) for who in maybe)


def nothing_to_ask(question: str, query: Query | None) -> Answer:
    """The refusal of an empty question, or of any question to an empty archive."""
    if query is None:
        message = "Ask about somebody or something in the articles."
        return Answer(question, message, "", (), Refusal("unclear"))
    message = "The archive has no articles yet. Add some first."
    parts = parts_of(query)
    return Answer(question, message, understood(parts), (), Refusal("empty_archive"), parts)


def _reason(wanted: WantedSpeaker | None) -> Reason:
    if wanted is None or wanted.phrase is None:
        return "off_topic"
    return "speaker_silent" if wanted.articles else "unknown_speaker"


def _message(reason: Reason, query: Query, names: Sequence[str], near: Near) -> str:
    topic = tied(query.topic, "on")
    who = " or ".join(names) or query.asked or ""
    if reason == "not_then" and query.days:
        return f"The articles have nothing on this from {query.days.text}.{_nearest(near.day)}"
    if query.is_of_event:
        nobody = f"what was spoken of has nobody who is “{query.asked}”"
        return f"The articles do not say: {nobody}.{_also(near.others)}"
    if reason == "unknown_speaker":
        nobody = f"nobody called “{query.asked}” speaks in them"
        return f"The articles do not say: {nobody}.{_also(near.others)}"
    if reason == "speaker_silent":
        return f"The articles do not say: no words of {who}{topic} were found.{_also(near.others)}"
    if query.is_opinion:
        return "The articles do not say: it is a matter of opinion, and nobody’s on it was found."
    return "The articles do not say: no answer to this was found."


def _nearest(day: date | None) -> str:
    return f" The nearest articles are from {in_words(day)}." if day else ""


def _also(others: Sequence[str]) -> str:
    return f" Others who speak on it: {', '.join(others[:_OTHERS])}." if others else ""
