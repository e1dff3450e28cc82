"""Tells which type of answer a question expects, and whether a sentence offers one.

"How many were on board" expects a number, "when" a time, "who" and "where" a name that the question
does not contain. Knows nothing of scores.

>>> expected("how many died?")
'number'
>>> offers("Officials said that nobody knows.", "number", "how many died?")
False
"""

import re
from typing import Literal

from bot.comparing.figures import find_numbers
from index.language.dates import find_dates
from index.language.stems import stems

AnswerType = Literal["number", "time", "name"]

_ASKS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|long|old|far|big|high|often|tall|fast|large|deep|heavy)\b"
            r"|\bwhat (?:percent\w*|share|proportion|number|age)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "time",
        re.compile(
            r"\bwhen\b|\bwhat (?:year|date|day|month|time)\b|\bwhich (?:year|day)\b", re.IGNORECASE
        ),
    ),
    (
        "name",
        re.compile(
            r"\bwhere\b|\A(?:by )?who(?:m|se)?\b|\Awhich (?:country|city|party|company)\b",
            re.IGNORECASE,
        ),
    ),
)
_NUMBER = (
    r"(?:\d[\d.,]*|an?|half an?|\w*(?:one|two|three|four|five|six|seven|eight|nine|ten)|\w+teen"
    r"|\w+ty|several|few|dozen|hundred|thousand|million)"
)
_MEASURE = (
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)"
    r"|mm|cm|km|mi|inch(?:es)?|feet|foot|yards?|\w*met(?:er|re)s?|miles?|blocks?)"
)
_ASKS_MEASURE = re.compile(r"\bhow (?:long|far)\b", re.IGNORECASE)
# "22 minutes", and not "three years ago" or "a six-year-old".
_MEASURED = re.compile(
    rf"\b{_NUMBER}[\s-]+(?:\w+[\s-]+)?{_MEASURE}\b(?![\s-]+(?:ago|old)\b)", re.IGNORECASE
)
# Not the first word, which is capitalised in any sentence.
_CAPITAL = re.compile(r"(?<=\s)[A-Z][a-z]+")


def expected(question: str) -> AnswerType | None:
    """The type of answer that a question about facts expects; None if its words do not tell."""
    return next((kind for kind, asks in _ASKS if asks.search(question)), None)


def offers(sentence: str, kind: AnswerType, question: str) -> bool | None:
    """Whether the sentence has an answer of that type, not given in the question.

    None if it has numbers, but not the length of time or space that is asked for.
    """
    if kind == "number":
        has_number = any(True for _ in find_numbers(sentence))
        if not _ASKS_MEASURE.search(question):
            return has_number
        return bool(_MEASURED.search(sentence)) or (None if has_number else False)
    if kind == "time":
        return bool(find_dates(sentence, None))
    return not stems(" ".join(_CAPITAL.findall(sentence))) <= stems(question)
