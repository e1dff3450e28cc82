r"""What stands in a mail's text beside it: the frame of mailing programs, the head of another.

Knows nothing of how mail is packed.

>>> without_frame("View this email in your browser\nThe mill closes.\nUnsubscribe | Privacy")
'The mill closes.'
"""

import re
from email.utils import getaddresses

from index.reading.dates import iso_date, worded_date

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
