"""The parts of a question as it was read: each can be taken away, or written over.

A part leads to questions that stand alone, so whoever follows it needs no conversation. Knows
nothing of articles.

>>> from bot.query.question import understand
>>> speaker, topic = parts_of(understand("what did Putin say about peacekeepers?"))
>>> speaker.text, speaker.without
('Putin', 'Who spoke about peacekeepers?')
>>> topic.text, topic.without
('on peacekeepers', 'What did Putin say?')
"""

from collections.abc import Sequence

from bot.answer import Part, Role
from bot.query.question import Query


def parts_of(query: Query, names: Sequence[str] = ()) -> tuple[Part, ...]:
    """The parts in reading order; `names` are whom the asked phrase was taken for."""
    if query.kind == "said" and (names or query.asked):
        return _said(query, names)
    if query.kind == "who_said":
        return _who_said(query)
    if not query.topic:
        return ()
    question = _whole(query.text)
    return (Part("topic", query.topic, question, (0, len(question) - 1)),)


def understood(parts: Sequence[Part]) -> str:
    """The parts in one line: "Vladimir Putin · on peacekeepers"."""
    return " · ".join(part.text for part in parts)


def _said(query: Query, names: Sequence[str]) -> tuple[Part, ...]:
    # Of several who could be meant, the question names none: their own phrase means them all.
    who = names[0] if len(names) == 1 else query.asked or names[0]
    shown = " / ".join(names) or who
    if not query.topic:
        return (_part("speaker", shown, ("What did ", who, " say?")),)
    asking = ("What did ", who, f" say about {query.topic}?")
    telling = (f"What did {who} say about ", query.topic, "?")
    return (
        _part("speaker", shown, asking, _anybody(query)),
        _part("topic", f"on {query.topic}", telling, f"What did {who} say?"),
    )


def _who_said(query: Query) -> tuple[Part, ...]:
    somebody = ("What did ", "somebody", f" say about {query.topic}?")
    parts = [_part("speaker", "Who said", somebody), _part("topic", query.topic, _around(query))]
    if query.without:
        anybody = _anybody(query)
        parts.append(_part("except", f"not {query.without}", (anybody, "", ""), anybody))
    return tuple(parts)


def _anybody(query: Query) -> str:
    return f"Who spoke about {query.topic}?"


def _around(query: Query) -> tuple[str, str, str]:
    """The question before the topic, the topic, and after it: as it was asked, if it has it."""
    before, found, after = _whole(query.text).rpartition(query.topic)
    # "who else" stands alone no longer: it left out whom the turn before was about.
    if not found or not before or query.without:
        return "Who spoke about ", query.topic, "?"
    return before, found, after


def _whole(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}?"


def _part(role: Role, shown: str, asking: tuple[str, str, str], without: str | None = None) -> Part:
    """`asking` is the whole question: what stands before the part's words, they, and the rest."""
    before, words, _ = asking
    return Part(role, shown, "".join(asking), (len(before), len(before + words)), without)
