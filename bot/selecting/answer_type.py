"""What kind of answer a question wants, and whether a sentence has one of it to give.

"How many were on board" wants a number, "when" a time, "who" and "where" a name that the question
does not have already. Knows nothing of scores.

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
# Not the first word, which any sentence begins with a capital.
_CAPITAL = re.compile(r"(?<=\s)[A-Z][a-z]+")


def expected(question: str) -> AnswerType | None:
    """What kind of answer a question about facts wants; None where its words do not tell."""
    return next((kind for kind, asks in _ASKS if asks.search(question)), None)


def offers(sentence: str, kind: AnswerType, question: str) -> bool:
    """Whether the sentence has an answer of that kind."""
    if kind == "number":
        return any(True for _ in find_numbers(sentence))
    if kind == "time":
        return bool(find_dates(sentence, None))
    return not stems(" ".join(_CAPITAL.findall(sentence))) <= stems(question)
