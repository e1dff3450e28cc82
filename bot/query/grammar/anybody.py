"""Finds that a question asks for anybody's words, on what, and whose of them are left out.

"who said it was safe", "what was said about gas", "who besides Lee spoke on it". Knows nothing of
articles.

>>> find_anybody("who besides Lee spoke on gas")
Anybody(text='who spoke on gas', topic='gas', group='', at='', without='Lee')
"""

import re
from typing import NamedTuple

from bot.query.grammar.asked import AUX_FORMS, DO, HAVE, is_plausible, name_of, topic_of
from bot.query.grammar.shape import any_of, shape
from index.language.names import is_role
from index.language.verbs import asking
from index.language.words import DETERMINERS

_FLAGS = re.IGNORECASE | re.DOTALL
_VERBS, _SAYS = asking("base"), asking("past", "s")
# Verbs of taking sides: of who does, and not of what somebody says.
_SIDES = """agree agreed agrees back backed backs contradict contradicted
    contradicts disagree disagreed disagrees favour favours oppose support supported
    supports""".split()
# Verbs whose object may be a person: it is not that person who is asked for.
_AT_SOMEBODY = """accused agreed agrees answered asked attacked backed backs blamed blames
    called challenged challenges clashed clashes compared condemned contradicted contradicts
    countered criticised criticises criticized criticizes defended defends denounced described
    disagreed disagrees dismissed dismisses disputed disputes favours likened mocked mocks
    opposed opposes praised praises rebuffed rebuked rebutted rejected rejects ridiculed sided
    slammed supported supports thanked threatened told urged urges warned warns welcomed""".split()
# "who said ...", "according to whom", "which MP says ...", "what was said about ..."
_WHO_SAID = re.compile(
    rf"(?:and\s+)?(?:who(?:\s+else)?|anyone|anybody|which\s+(?P<group>\w[\w\s]*?))\s+"
    rf"(?:has\s+|have\s+|had\s+)?(?:also\s+)?(?P<verb>{any_of([*_SAYS, *_SIDES, 'spoken'])})\b"
    r"(?!\s+out\b)"
    rf"(?!\s+(?:at|{AUX_FORMS})\b)(?:\s+with\b)?(?P<topic>.*)"
    rf"|(?:did|does|do|has|have|had)\s+(?:anyone|anybody|someone|any\s+\w+)\s+(?:ever\s+|also\s+)?"
    rf"{any_of([*_SAYS, *_SIDES, *_VERBS, 'comment', 'commented'])}\b(?:\s+with\b)?(?P<topic2>.*)",
    _FLAGS,
)
_PEOPLE = r"(?:people|they|others|everyone|everybody|the\s+(?:world|public)|anyone|anybody)"
# "what was said about X", "how did people react to X", "who is against X"
_ANYBODY = re.compile(
    rf"(?:what\s+(?:(?:was|is|has\s+been|is\s+being)\s+said|(?:{HAVE}|{DO}|are)\s+{_PEOPLE}\s+"
    r"(?:said|say|saying|think|thinking|written|write))\s+(?:about|on|of|over)"
    rf"|how\s+(?:{HAVE}|{DO})\s+{_PEOPLE}\s+(?:react|reacted|respond|responded|feel)\s+(?:to|about)"
    r"|who\s+(?:has\s+)?(?:reacted|responded)\s+to"
    r"|(?:what\s+(?:was|were|is|are)\s+)?(?:the\s+)?(?:reactions?|responses?)"
    r"(?:\s+among\s+(?P<group>\w[\w\s]*?)|(?P<there>\s+(?:in|across)\s+[^,:?]+?))?\s+(?:to|on|over)"
    r"|(?:(?:list|show|name)\s+)?(?:all\s+)?(?:(?:of\s+)?the\s+)?"
    r"(?:everyone|everybody|anyone|anybody|people|those)\s+who\s+(?:spoke|talked|commented|said\s+"
    r"(?:something|anything))\s+(?:about|on|of)"
    r"|(?:who(?:\s+(?:is|was|are|were)|['’]s)|anyone|anybody)\s+(?:against|in\s+favou?r\s+of))"
    r"\s+(?P<topic>.+)",
    _FLAGS,
)
_ACCORDING_TO_WHOM = re.compile(r"(?P<topic>.*)\baccording to whom\b(?P<rest>.*)", _FLAGS)
# "who wrote the bill": its author, and not who wrote that the bill is dead.
_MADE = re.compile(
    r"(?:and\s+)?who\s+(?:wrote|writes)\s+(?!that\b|about\b|of\b|on\b|it\b|this\b)", re.IGNORECASE
)
# "who besides Lee said so", "who said so apart from Lee", "other than Lee, who said so"
_EXCEPT = re.compile(
    r"(?:,?\s+|\A)(?:besides|(?:apart|aside)\s+from|other\s+than|except(?:\s+for)?|excluding)\s+"
    r"(?P<name>\S[^,]*?)(?:,\s*|\s*\Z|\s+(?=(?:(?:has|have|had|also|ever)\s+)*"
    rf"{any_of([*_SAYS, *_SIDES, 'say', 'comment', 'spoken'])}\b|{AUX_FORMS}\b"
    r"|(?:about|on|over|to)\s))",
    _FLAGS,
)
_SAYING = re.compile(rf"\b{any_of([*_SAYS, *_SIDES, 'say', 'spoken'])}\b", re.IGNORECASE)
_HAS = re.compile(r"\b(?:has|have|had)\b", re.IGNORECASE)
_THINGS = re.compile(r"\b(?:anything|something|nothing|prices|costs)\Z", re.IGNORECASE)


class Anybody(NamedTuple):
    """On what words are asked for: those of a `group` first, and not those of `without`.

    Nor of whom the words are `at`: nobody is answered with their own who asks who criticised them.
    `text` is the question without those who are left out.
    """

    text: str
    topic: str
    group: str = ""
    at: str = ""
    without: str = ""


def find_anybody(text: str) -> Anybody | None:
    """On what a question asks for anybody's words; None if it does not."""
    but = _EXCEPT.search(text)
    if but is None or not is_plausible(but["name"]) or _in_clause(text, but):
        return _find(text)
    found = _find(f"{text[: but.start()]} {text[but.end() :]}".strip())
    return found and found._replace(without=name_of(but["name"]))


def _in_clause(text: str, but: re.Match[str]) -> bool:
    """Whether those left out are so in what was said: "who said everyone except Lee was guilty"."""
    has_said = _SAYING.search(text[: but.start()])
    return bool(has_said and text[but.end() :].strip()) or bool(_THINGS.search(text[: but.start()]))


def _find(text: str) -> Anybody | None:
    who = None if _MADE.match(text) else _WHO_SAID.fullmatch(shape(text))
    match = who or _ANYBODY.fullmatch(text) or _ACCORDING_TO_WHOM.fullmatch(text)
    if match is None:
        return None
    parts = {
        name: text[slice(*match.span(name))] for name, part in match.groupdict().items() if part
    }
    if parts.get("verb") == "spoken" and not _HAS.search(text):
        return None  # "which languages are spoken there"
    verb, group, there = (parts.pop(name, "") for name in ("verb", "group", "there"))
    topic = topic_of(" ".join([*parts.values(), there.strip()]))
    return Anybody(text, topic, group, at=topic if _is_at(verb, topic) else "")


def _is_at(verb: str, topic: str) -> bool:
    """Whether words are at somebody: "who backs Lee", "the mayor"; but "the bill" is no Bill."""
    first, _, _ = topic.lower().partition(" ")
    is_thing = first in DETERMINERS and not is_role(topic.lower().split()[-1])
    return verb.lower() in _AT_SOMEBODY and not is_thing
