"""Reads mail, as press releases come: one message (`.eml`), or a box of them (`.mbox`).

The text is the body, decoded, without the signature and what mailing programs put around it; of the
headers only the details are taken. A message that only passes another on is that other. The parsing
is Python's own (RFC 5322, MIME).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import getaddresses
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from index.reading import markup
from index.reading.encodings import decoded
from index.reading.formats.wire_marks import text_and_details
from index.reading.read_results import FoundArticle, ReadResult, Source, read_each
from index.reading.records import RecordError, derived_id, shown
from index.reading.stated_dates import iso_date, worded_date

MAX_MESSAGE = 20 * 2**20
_MAX_PARTS = 100
_MAX_HEADER = 1_000  # characters of a header that are read
_MISLABELLED = re.compile(r"[\x80-\x9f]")
_STAND_IN = 300  # characters of a text that only says where the other is
_LINE_END = re.compile(r"\r\n?")
_MESSAGE = "message/rfc822"
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
# What gateways and press offices write before a headline.
_BEFORE_TITLE = re.compile(
    r"\A(?:\[[A-Z ]{2,20}\]\s*|(?:(?:press|news|media) (?:release|statement|information)|PR)"
    r"\s*[:|–—-]\s*)+",
    re.IGNORECASE,
)
_KNOWN = re.compile(rb"^(?:from|subject|date|message-id|mime-version|received):", re.I | re.M)
# Some programs lose the space behind the dashes; a longer rest is then a text's next part.
_SIGNATURE = re.compile(r"^--(?: $.*|$.{0,300}\Z)", re.MULTILINE | re.DOTALL)

_GREETING = re.compile(
    r"(?:dear|hi|hello|good (?:morning|afternoon))(?: [\w.'’-]{1,30}){1,4}[,:!]?[ \t]*\n",
    re.IGNORECASE,
)
# With a name, an office, a number below it, as mail ends.
_CLOSE = re.compile(
    r"^(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many) (?:regards|wishes|thanks)|regards|"
    r"sincerely|yours (?:sincerely|faithfully|truly)|best|cheers|thanks|thank you)[,.!]?[ \t]*\n"
    r"(?:[^\n]{0,100}(?:\n|\Z)){1,12}\Z",
    re.IGNORECASE | re.MULTILINE,
)
# Lines of the programs that send to many, and of those that look through what is sent.
_FRAME = re.compile(
    r"\W*(?:(?:view|open|read|see) (?:this|the|it)?\s?(?:e-?mail|message|release|newsletter)?\s?"
    r"(?:online|in (?:a |your )?(?:web )?browser)|"
    r"(?:having )?(?:trouble|problems) (?:viewing|reading|seeing) (?:this|the|our)\b|"
    r"if you (?:can(?:'|’|no)t|are unable|have trouble|(?:do not|no longer) wish|would like)"
    r".{0,60}\b(?:view|see this|read this|receiv|unsubscri|e-?mails?\b|click here)|"
    r"(?:click here to |to )?unsubscribe\b|"
    r"you(?:['’]re| are) (?:receiving (?:this|our)|subscribed to|getting this)|"
    r"you (?:have )?received this|this (?:e-?mail|message) was sent (?:to|by|from)|"
    r"(?:update|manage|change|edit) (?:your )?(?:e-?mail |subscription |profile )?"
    r"(?:preferences|subscriptions?|settings)\b|add us to your address book|forward to a friend|"
    r"sent from my (?:i?phone|ipad|android|mobile|samsung|galaxy|blackberry)|get outlook for|"
    r"this (?:e-?mail|message)(?: and any (?:files|attach)|.{0,30}\bconfidential|"
    r".{0,30}\bintended (?:only|solely|for the (?:use|addressee|named|recipient)))|"
    r"\W?(?:external|caution)\b.{0,20}\be-?mail|please consider the environment|"
    r"\[(?:cid|image):|©|copyright (?:©|\(c\)|\d{4})|\(c\) \d{4})",
    re.IGNORECASE,
)
_LONGEST = 600  # characters of such a line
_SPEECH = re.compile(r"[“”«»„]")
_PASSED_ON = re.compile(
    r"^[>\t ]*(?:-{2,}\s?(?:forwarded message|original message|original appointment)\s?-{2,}|"
    r"begin forwarded message:)[ \t]*$|^[*_]?from:[*_]?[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(
    r"[>\s]*[*_]?(from|date|sent|subject|to|cc|bcc|reply-to|importance|attachments?):[*_]?[ \t]*"
    r"(.*)",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"\s*(?:fwd?|fw|wg|tr|rv|vs)\s?:\s*", re.IGNORECASE)
_BEFORE = 600  # characters of a note over what is passed on
_MAX_FIELDS = 12


if TYPE_CHECKING:
    _Policy = EmailPolicy[EmailMessage]
else:
    _Policy = EmailPolicy


class _BoundedPolicy(_Policy):
    """Headers as Python reads them, up to a length: it takes the square of that."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 -- as it has it
        """What a header says, as far as it is read."""
        return super().header_fetch_parse(name, value[:_MAX_HEADER])


def is_mail(head: bytes) -> bool:
    """Whether a file that begins so is a message: headers, and some of those that all have."""
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return bool(_HEADER.match(head)) and len({k.lower() for k in _KNOWN.findall(top)}) > 2


def is_box(head: bytes) -> bool:
    """Whether a file that begins so is a box of messages."""
    separator, _, message = head.partition(b"\n")
    return separator.startswith(b"From ") and is_mail(message)


def read_message(content: bytes, source: Source) -> FoundArticle:
    """The article in a message; raises RecordError where there is no text in it."""
    return _found(content)


def read_box(file: BinaryIO, source: Source) -> Iterator[ReadResult]:
    """Every message of a box, known by its Message-ID; one is in memory at a time."""
    finds = (partial(_boxed, content) for content in _messages(file))
    return read_each(finds, "message", "empty: no articles in it", source)


def _messages(file: BinaryIO) -> Iterator[bytes | None]:
    lines: list[bytes] = []
    size, after_empty = 0, True
    while line := file.readline(MAX_MESSAGE):
        if after_empty and line.startswith(b"From "):
            if size:
                yield b"".join(lines) if size <= MAX_MESSAGE else None
            lines, size = [], 0
            continue
        size += len(line)
        if size <= MAX_MESSAGE:
            lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
        after_empty = not line.strip()
    if size:
        yield b"".join(lines) if size <= MAX_MESSAGE else None


def _boxed(content: bytes | None) -> FoundArticle:
    if content is None:
        raise RecordError(f"over {MAX_MESSAGE:,} bytes")
    found = _found(content)
    name = found.record["message_id"]
    id_ = derived_id("mail", str(name)) if name else None
    return replace(found, record={**found.record, "id": id_})


def _found(content: bytes) -> FoundArticle:
    try:
        message = message_from_bytes(content, policy=_BoundedPolicy())
        if not any(message.get(name) for name in ("from", "subject", "date")):
            raise RecordError("not a message: it has neither sender nor subject nor date")
        inner = _passed_on(message)
        body, files = _body(inner or message)
        details = _details(inner or message)
        if body and (forwarded := forwarded_in(body, str(details["title"]))):
            details |= forwarded
            body = str(forwarded["body"])
        if body:
            body, stated = text_and_details(body)
            details |= stated
        notes = [f"without its attachment {shown(name)}; add that by itself" for name in files]
        message_id = _header(message, "message-id")
        record = {**details, "message_id": message_id, "body": body}
        return FoundArticle(record, tuple(notes))
    except (ValueError, LookupError, AttributeError, IndexError, RecursionError) as error:
        # What Python's parser gives up on, in headers or parts that no mail program wrote.
        raise RecordError(f"not a message that can be read: {error}") from None


def _details(message: EmailMessage) -> dict[str, object]:
    names = [name or mail for name, mail in getaddresses([_header(message, "from")])]
    return {
        "title": _BEFORE_TITLE.sub("", _header(message, "subject")),
        "author": "; ".join(filter(None, names)),
        "source": _header(message, "organization"),
        "published": iso_date(_header(message, "date")),
    }


def _header(message: EmailMessage, name: str) -> str:
    written = _MISLABELLED.sub(_as_meant, str(message.get(name, "")))
    return " ".join(written.split())


def _as_meant(match: re.Match[str]) -> str:
    """A mark of Windows' own, where its encoding was given as iso-8859-1."""
    return match[0].encode("latin-1").decode("cp1252", "replace")


def _passed_on(message: EmailMessage) -> EmailMessage | None:
    """The one message that is attached to another, where that has less to say itself."""
    parts = list(islice(message.walk(), _MAX_PARTS))
    attached = (p for p in parts if p.get_content_type() == _MESSAGE and p.is_multipart())
    inner = [part.get_payload(0) for part in attached]
    if len(inner) != 1 or not isinstance(inner[0], EmailMessage):
        return None
    outer, passed = _body(message)[0] or "", _body(inner[0])[0] or ""
    return inner[0] if len(outer) < len(passed) else None


def _body(message: EmailMessage) -> tuple[str | None, list[str]]:
    """The plain text if there is one, else the HTML's; and the names of the attached files."""
    found: dict[str, str] = {}
    files: list[str] = []
    for number, part in enumerate(_own_parts(message)):
        if number > _MAX_PARTS:
            raise RecordError(f"over {_MAX_PARTS:,} parts")
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment":
            files.append(" ".join((part.get_filename() or kind).split()))
        elif kind in ("text/plain", "text/html") and kind not in found:
            payload = part.get_payload(decode=True)
            text = decoded(
                payload if isinstance(payload, bytes) else b"", part.get_content_charset()
            )
            if text.strip():
                found[kind] = text
    return _fullest(found), files


def _fullest(found: Mapping[str, str]) -> str | None:
    """The plain text, unless it only stands in for the other."""
    plain, marked = found.get("text/plain", ""), found.get("text/html")
    even = without_frame(_unsigned(_LINE_END.sub("\n", plain))).strip()
    if marked and len(even) < _STAND_IN:
        text = without_frame(_unsigned(markup.text_of(marked))).strip()
        even = text if len(text) > 3 * len(even) else even
    return even or None


def _unsigned(text: str) -> str:
    """The text without who sends it, and without whom it greets."""
    text = _GREETING.sub("", _SIGNATURE.sub("", text).lstrip(), count=1)
    closes = list(_CLOSE.finditer(text))
    return text[: closes[-1].start()] if closes else text


def _own_parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a message, without those of one that is attached to it."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        if part.is_multipart() and (part is message or part.get_content_type() != _MESSAGE):
            inner = part.get_payload()
            waiting.extend(reversed([p for p in inner if isinstance(p, EmailMessage)]))


def without_frame(text: str) -> str:
    """The text without the lines that its sender's program has put around it."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if not _is_frame(line))


def _is_frame(line: str) -> bool:
    return len(line) < _LONGEST and bool(_FRAME.match(line)) and not _SPEECH.search(line)


def forwarded_in(text: str, title: str) -> dict[str, object] | None:
    """What a message passes on in its text, with the details of the head over it.

    Only of one that says it does so: in an answer the older message is the other's.
    """
    marked = _PASSED_ON.search(text)
    is_forwarded = _FORWARDED.match(title) or (marked and "forwarded" in marked[0].lower())
    if not marked or not is_forwarded or marked.start() > _BEFORE:
        return None
    begun = marked.start() if _FIELD.match(marked[0]) else marked.end()
    fields, body = _fields(text[begun:].lstrip())
    if "from" not in fields or not body:
        return None
    names = [name or mail for name, mail in getaddresses([fields["from"]])]
    written = fields.get("date") or fields.get("sent") or ""
    return {
        "title": _FORWARDED.sub("", fields.get("subject") or title, count=1),
        "author": "; ".join(filter(None, names)),
        "published": iso_date(written) or worded_date(written),
        "body": body,
    }


def _fields(text: str) -> tuple[dict[str, str], str]:
    """The fields over a text, one a line, and what follows them."""
    found: dict[str, str] = {}
    rest = text
    for _ in range(_MAX_FIELDS):
        line, _, after = rest.partition("\n")
        field = _FIELD.fullmatch(line.strip())
        if field:
            found.setdefault(field[1].lower(), field[2].strip())
        elif line.strip() or not found:
            break
        rest = after
    return found, rest.strip()
