r"""Finds whose the words of letters and mail are.

A letter is its signer's, mail is who sent it, a line that mail quotes ("> ...") is who "wrote:" it,
Where nothing says who writes, nobody does. Knows nothing of cues.

>>> from index.attribution.layout.sentences import split_sentences
>>> from index.attribution.layout.turns import paragraphs_of
>>> text = "Bo Orr wrote:\n> It leaks.\n\nMine did, too."
>>> paragraphs = paragraphs_of(split_sentences(text))
>>> [turn.name for turn in find_letters(text, paragraphs, ())]
['Bo Orr']
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from index.attribution.layout.turns import (
    SMALL,
    WORD,
    PlacedParagraph,
    TranscriptTurn,
    is_report,
)
from index.language.names import BODIES, FIRST_NAMES, is_role
from index.schema import Span

# Open a letter, close it, and stand below.
_GREETING = re.compile(r"(?:Dear|To)\s[^\n.!?]{2,60}[,:]|(?:Dear\s)?(?:Sir|Madam|Sirs)\s?[,:—–-]*")
_CLOSING = re.compile(
    r"(?:Yours|Sincerely|Faithfully|Respectfully|Regards|(?:Kind|Best|Warm)\s\w+|Best|Love)"
    r"(?:\s\w+){0,3},?"
)
_SIGNED = re.compile(rf"(?P<name>{WORD}(?:[ ]{SMALL}{WORD}){{1,4}})(?:,\s|\Z)")
_HELLO = re.compile(
    r"(?:Hi|Hello|Hey|Dear|Good (?:morning|evening|afternoon))\b[^\n.!?]{0,40}[,:!]"
)
# Stand in mail over what was quoted, over what is forwarded, and in the header of that.
_WROTE = re.compile(
    r"(?:On\s[^\n]{3,60}?[,\s]\s*)?(?P<name>[^\W\d_][\w.'’-]{0,30}(?:\s[\w.'’-]{1,30}){0,3}?)"
    r"\s*(?:[<(\[][^\n]{3,60}[>)\]]\s*)?\s(?:wrote|writes|said)\s?:"
)
_FORWARDED = re.compile(
    r"(?:Begin forwarded message|-+ ?(?:Original|Forwarded) [Mm]essage ?-*)\s?:?-*"
)
_HEADER = re.compile(
    r"(?P<field>From|To|Date|Sent|Subject|Cc|CC|Bcc|Reply-To)\s?:\s*(?P<value>[^\n]*)"
)
_SENDER = re.compile(
    rf"[\"“]?(?P<name>{WORD}(?:[ ]{SMALL}{WORD}){{1,3}})[\"”]?\s*(?:[<(\[][^\n]*)?"
)
_QUOTED = re.compile(r"\s*(?:>\s?)+")
_SIGNATURE = re.compile(rf"[-–—]{{0,2}}\s?(?P<name>{WORD}(?:[ ]{SMALL}{WORD}){{0,3}}),?")


def find_letters(
    text: str, paragraphs: Sequence[PlacedParagraph], names: Sequence[str]
) -> tuple[TranscriptTurn, ...]:
    """The turns of a letter or of mail; nothing if the text is none of these."""
    return tuple(_mail(text, paragraphs, names)) or tuple(_letter(text, paragraphs))


def _letter(text: str, paragraphs: Sequence[PlacedParagraph]) -> Iterator[TranscriptTurn]:
    """What stands between "Dear Editor," and "Yours, Ann Lee" is hers, where she reports nobody."""
    lines = [paragraph.span.of(text) for paragraph in paragraphs]
    greeted = (n for n, line in enumerate(lines) if _GREETING.fullmatch(line))
    begin = next(greeted, len(lines))
    closed = (n for n in range(begin + 2, len(lines) - 1) if _CLOSING.fullmatch(lines[n]))
    end = next(closed, None)
    signed = None if end is None else _SIGNED.match(lines[end + 1])
    if end is None or signed is None:
        return
    start = paragraphs[end + 1].span.start
    body = [p for n, p in enumerate(paragraphs) if begin < n < end and not is_report(lines[n])]
    if body:
        label = Span(start, start + signed.end("name"))
        yield _turn(label, signed["name"], body, [p.span for p in body])


def _turn(
    label: Span, name: str, body: Sequence[PlacedParagraph], content: Sequence[Span]
) -> TranscriptTurn:
    numbers = tuple(number for paragraph in body for number in paragraph.numbers)
    return TranscriptTurn(label, name, numbers, tuple(content))


# Mail


@dataclass(slots=True)
class _Message:
    """One message of those that mail holds: who sent it, as far as that is said, and its words."""

    depth: int
    name: str | None = None
    label: Span | None = None
    body: list[PlacedParagraph] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)


def _mail(
    text: str, paragraphs: Sequence[PlacedParagraph], names: Sequence[str]
) -> Iterator[TranscriptTurn]:
    """Mail: what was sent by header, what it quotes with ">", what it forwards."""
    messages = list(_messages(text, paragraphs, frozenset(names)))
    if not any(message.name for message in messages):
        return
    known = list(dict.fromkeys([*(m.name for m in messages if m.name), *names]))
    for message in messages:
        if not message.depth:
            _sign(text, message, known)
        if message.name is not None and message.label is not None and message.content:
            yield _turn(message.label, message.name, message.body, message.content)


def _messages(
    text: str, paragraphs: Sequence[PlacedParagraph], names: Set[str]
) -> Iterator[_Message]:
    """The messages in order, one of a text without any header included."""
    open_: dict[int, _Message] = {0: _Message(0)}
    done: list[_Message] = [open_[0]]
    for n, paragraph in enumerate(paragraphs):
        quoted = _QUOTED.match(text, paragraph.span.start, paragraph.span.end)
        depth = 0 if quoted is None else quoted.group().count(">")
        start = quoted.end() if quoted else paragraph.span.start
        if start >= paragraph.span.end:
            continue  # a quoted line that is empty
        inner = Span(start, paragraph.span.end)
        opened = _opened(text, inner, paragraphs[n + 1 : n + 2], depth)
        if opened is not None:
            open_[opened.depth] = opened
            done.append(opened)
        elif (header := _HEADER.fullmatch(text, inner.start, inner.end)) is not None:
            _note_header(header, open_.get(depth), names)
        elif depth in open_:
            open_[depth].body.append(paragraph)
            open_[depth].content.append(inner)
        else:
            open_[depth] = _Message(depth)  # nothing says who wrote that
            open_[depth].body.append(paragraph)
    yield from done


def _opened(text: str, line: Span, after: Sequence[PlacedParagraph], depth: int) -> _Message | None:
    """The message that a line opens: "Ann Lee wrote:" over ">", "Begin forwarded message:"."""
    if _FORWARDED.fullmatch(text, line.start, line.end):
        return _Message(depth)
    wrote = _WROTE.fullmatch(text, line.start, line.end)
    quoted = _QUOTED.match(text, after[0].span.start, after[0].span.end) if after else None
    if wrote is None or quoted is None or quoted.group().count(">") <= depth:
        return None
    return _Message(quoted.group().count(">"), wrote["name"], Span(*wrote.span("name")))


def _note_header(header: re.Match[str], message: _Message | None, names: Set[str]) -> None:
    """Note who sends a message by its header: a person by name, no office, desk or list."""
    sender = _SENDER.fullmatch(header["value"].strip())
    if message is None or header["field"] != "From" or message.content or sender is None:
        return
    own = {sender["name"]} if "@" in header["value"] else names
    if _is_persons(sender["name"], own | names):
        start = header.start("value")
        message.name, message.label = sender["name"], Span(start, start + sender.end("name"))


def _is_persons(name: str, names: Set[str]) -> bool:
    words = name.lower().split()
    known = words[0] in FIRST_NAMES or name in names
    return known and not any(w in BODIES or is_role(w) for w in words)


def _sign(text: str, message: _Message, known: Sequence[str]) -> None:
    """Leave out greeting, signature and what tells of others; take the name from below."""
    for n in range(len(message.content) - 1, -1, -1):
        line = message.content[n]
        signed = _SIGNATURE.fullmatch(text, line.start, line.end)
        full = None if signed is None else _full(signed["name"], known)
        if full is None or signed is None:
            continue
        if message.name is None:
            message.name, message.label = full, Span(*signed.span("name"))
        del message.content[n:], message.body[n:]
        break
    kept = [
        n
        for n, paragraph in enumerate(message.body)
        if paragraph.prose
        and not is_report(message.content[n].of(text))
        and not _HELLO.fullmatch(text, message.content[n].start, message.content[n].end)
    ]
    message.content = [message.content[n] for n in kept]
    message.body = [message.body[n] for n in kept]


def _full(signed: str, known: Sequence[str]) -> str | None:
    """The name that a signature is short for: "Gwen" is Gwen Tarr."""
    if " " in signed:
        return signed if _is_persons(signed, frozenset(known)) else None
    fitting = [name for name in known if signed in name.split()]
    return fitting[0] if len(fitting) == 1 else None
