"""The parts of a question as it was read: each can be taken away, or written over.

A part leads to questions that stand alone, so whoever follows it needs no conversation. Every
question is put together anew from its parts, in words that are read back as the same. Knows nothing
of articles.

>>> from bot.query.grammar.question import understand
>>> speaker, topic = parts_of(understand("what did Putin say about peacekeepers?"))
>>> speaker.text, speaker.without
('Putin', 'Who spoke about peacekeepers?')
>>> topic.text, topic.without
('on peacekeepers', 'What did Putin say?')
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Answer, Part, Respelling, Role
from bot.date_range import DateRange, in_words
from bot.query.grammar.dates import take_dates
from bot.query.grammar.forms import Extent
from bot.query.grammar.question import Query, tied
from index.language.dates import read_day

# A question in pieces, each with the part that it is, if it is one.
_Wording = list[tuple[str, Role | None]]

_EXTENTS: dict[Extent, str] = {
    "all": "everything", "newest": "newest first", "story": "the story", "person": "who it is",
}  # fmt: skip


def parts_of(query: Query, names: Sequence[str] = ()) -> tuple[Part, ...]:
    """The parts in reading order; `names` are whom the asked phrase was taken for."""
    query = _with_name(query, names)
    return tuple(_part(query, role, shown) for role, shown in _shown(query, names))


def understood(parts: Sequence[Part]) -> str:
    """The parts in one line: "Vladimir Putin · on peacekeepers"."""
    return " · ".join(part.text for part in parts)


def corrected_parts(question: str, corrections: Sequence[Respelling]) -> tuple[Part, ...]:
    """What was taken for typing errors; taken back, a word is asked for as it was typed."""
    parts = []
    for correction in corrections:
        begin = question.find(correction.typed)
        place = begin, begin + len(correction.typed)
        as_typed = f"{question[:begin]}“{correction.typed}”{question[place[1] :]}"
        shown = f"{correction.typed} → {correction.meant}"
        parts.append(Part("spelling", shown, question, place, as_typed))
    return tuple(parts)


def _part(query: Query, role: Role, shown: str) -> Part:
    # Whoever said it can be written over by somebody.
    anybody = role == "speaker" and query.kind == "who_said"
    wording = _wording(replace(query, kind="said", asked="somebody") if anybody else query)
    question = "".join(text for text, _ in wording)
    return Part(role, shown, question, _place(wording, role), _without(query, role))


def _with_name(query: Query, names: Sequence[str]) -> Query:
    # Of several who could be meant, the question names none: their own phrase means them all.
    if query.kind == "said" and len(names) == 1:
        return replace(query, asked=names[0])
    return query


def _shown(query: Query, names: Sequence[str]) -> list[tuple[Role, str]]:
    """Each part and what is shown of it."""
    shown: list[tuple[Role, str]] = []
    if query.extent in _EXTENTS:
        shown.append(("extent", _EXTENTS[query.extent]))
    if query.kind == "said" and (names or query.asked):
        shown.append(("speaker", " / ".join(names) or query.asked or ""))
    if query.kind == "compare":
        shown.append(("speaker", " and ".join(piece.asked or "" for piece in query.pieces)))
    if query.kind == "who_said":
        shown.append(("speaker", "Who said"))
    if query.topic and not _is_of_story(query):
        is_said = query.kind in ("said", "compare")
        on = tied(query.topic, "on").strip()
        leans = query.among is not None and query.kind == "fact" and query.extent == "best"
        shown.append(("topic", query.text if leans else on if is_said else query.topic))
    if query.days:
        shown.append(("dates", _days_shown(query.days)))
    if query.without:
        shown.append(("except", f"not {query.without}"))
    return shown


def _is_of_story(query: Query) -> bool:
    """Whether all of somebody's words in a story are asked for: not on what was asked before."""
    is_all = query.is_about_anything and query.among is not None and not query.is_of_event
    return is_all and query.topic.lower() not in query.text.lower()


def _days_shown(days: DateRange) -> str:
    base = days.relative_to
    if days.is_subject:
        return f"about {days.text}"
    return days.text if base is None else f"{days.text}, seen from {in_words(base)}"


def _place(wording: _Wording, role: Role) -> tuple[int, int]:
    """Where a part stands in the question; the whole question for one that is no words of it."""
    begin = 0
    for text, own in wording:
        if own == role:
            return begin, begin + len(text)
        begin += len(text)
    return 0, begin - 1


def _without(query: Query, role: Role) -> str | None:
    """The question without a part; None where nothing would be left."""
    match role:
        case "extent":
            left = replace(query, extent="best")
            return None if query.kind == "fact" else worded(left)
        case "speaker" if query.topic and query.kind != "who_said":
            return worded(Query("", "who_said", None, query.topic, days=query.days))
        case "topic" if query.kind in ("said", "compare"):
            pieces = tuple(replace(piece, topic="") for piece in query.pieces)
            return worded(replace(query, topic="", pieces=pieces))
        case "dates" if query.topic or query.asked:
            return worded(replace(query, days=None, text=take_dates(query.text)[1]))
        case "except":
            return worded(replace(query, without=None, text=""))
    return None


def worded(query: Query) -> str:
    """The question put together from its parts: "What did Putin say about peacekeepers?"."""
    return "".join(text for text, _ in _wording(query))


def _wording(query: Query) -> _Wording:
    words = _begun(query)
    if query.days and not _is_own(query):
        before, days = _when(query.days)
        words += [(f" {before}", None), (days, "dates")]
    return [(text, role) for text, role in [*words, ("?", None)] if text]


def _begun(query: Query) -> _Wording:
    topic: tuple[str, Role | None] = (query.topic, "topic")
    tie = tied(query.topic, "about").removesuffix(query.topic)
    about: _Wording = [(tie, None), topic] if query.topic else []
    match query.kind, query.extent:
        case "said", "all":
            return [
                ("List everything ", None),
                (query.asked or "", "speaker"),
                (" said", None),
                *about,
            ]
        case "said", "newest":
            on: _Wording = [(" on ", None), topic] if query.topic else []
            return [("What is the latest from ", None), (query.asked or "", "speaker"), *on]
        case "said", _:
            return [("What did ", None), (query.asked or "", "speaker"), (" say", None), *about]
        case "compare", _:
            names = " and ".join(piece.asked or "" for piece in query.pieces)
            return [("Compare what ", None), (names, "speaker"), (" said", None), *about]
        case "who_said", "all":
            return [("List all quotes", None), *about]
        case "who_said", _:
            return _who_said(query)
        case "fact", "newest":
            return [("What is new on ", None), topic] if query.topic else [("What is new", None)]
        case "fact", "story":
            return [("Tell me about ", None), topic] if query.topic else [("What happened", None)]
        case "fact", "person":
            return [("Who is ", None), topic]
    return [(_capital(query.text), "topic")]


def _who_said(query: Query) -> _Wording:
    """The question before the topic, the topic, and after it: as it was asked, if it has it."""
    if not query.topic:  # "who else?" after "what did she say?"
        return [("Who spoke", None)]
    before, found, after = _capital(query.text).rpartition(query.topic)
    # "who else" stands alone no longer: it left out whom the turn before was about.
    if not found or not before or query.without:
        before, after = "Who spoke about ", ""
    return [(before, None), (query.topic, "topic"), (after, None)]


def _is_own(query: Query) -> bool:
    """Whether the question is asked in its own words, and those have its dates."""
    return query.kind == "fact" and query.extent == "best"


def _when(days: DateRange) -> tuple[str, str]:
    """The dates as a question has them, what leads up to them apart."""
    text = days.text
    if not days.since or not days.until:
        before, _, rest = text.partition(" ")
        return f"{before} ", rest
    if " to " in text:
        return "from ", text
    return ("on " if text[:1].isdigit() and " " in text else "in "), text


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def undated(query: Query) -> str:
    """A note that the days were left open, as no article dates the event they depend on."""
    event = query.dates.event if query.dates and not query.days else ""
    return f" When “{event}” was, the articles do not tell surely." if event else ""


def dated(query: Query, answer: Answer) -> str:
    """When the cited articles were published, where a question asks when that was; else ""."""
    if not query.asks_day:
        return ""
    found = {read_day(citation.article.published) for citation in answer.citations}
    days = sorted(day for day in found if day)
    return f" Published on {', '.join(map(in_words, days))}." if days else ""
