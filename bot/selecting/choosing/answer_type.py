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
# Not the first word, which is capitalised in any sentence.
_CAPITAL = re.compile(r"(?<=\s)[A-Z][a-z]+")


def expected(question: str) -> AnswerType | None:
    """The type of answer that a question about facts expects; None if its words do not tell."""
    return next((kind for kind, asks in _ASKS if asks.search(question)), None)


def offers(sentence: str, kind: AnswerType, question: str) -> bool:
    """Whether the sentence has an answer of that type, not given in the question."""
    if kind == "number":
        return any(True for _ in find_numbers(sentence))
    if kind == "time":
        return bool(find_dates(sentence, None))
    return not stems(" ".join(_CAPITAL.findall(sentence))) <= stems(question)
