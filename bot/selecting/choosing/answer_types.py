"""What type of answer a question for a fact wants, and whether a sentence has one.

An amount has to be of what is asked for: its clause has something of the question, be it what the
amount is of, who pays it or what is done. Knows nothing of scores.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.comparing.figures import find_numbers
from bot.query.grammar.question import Query
from index.attribution.grammar.clauses import has_tense
from index.language.dates import find_dates
from index.language.folding import fold
from index.language.stems import bases, had, stems
from index.language.syntax import Tree, parse
from index.language.word_lists import word_set
from index.language.words import Word, split_words
from index.schema import Span

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
# All say of an amount that it changes: "go up", "an increase of four pence".
_WAYS = frozenset(("up", "down"))
_CHANGING = bases(word_set("changing", "bot.query")) | _WAYS


@dataclass(frozen=True)
class Expected:
    """What type of answer a question expects; `kind` is None if its words do not tell."""

    question: str
    kind: AnswerType | None

    @property
    def is_exact(self) -> bool:
        """Whether nothing is a sure answer that has not what is asked for."""
        return self.kind == "number"

    def offered_by(self, sentence: str) -> bool | None:
        """Whether a sentence has an answer of that type, not given in the question."""
        match self.kind:
            case None:
                return None
            case "number":
                return self._counts(sentence)
            case "time":
                return bool(find_dates(sentence, None))
        return not stems(" ".join(_CAPITAL.findall(sentence))) <= stems(self.question)

    @cached_property
    def _asked(self) -> frozenset[str]:
        """What a number has to be of: the words of the question but those that ask."""
        asks = dict(_ASKS)["number"]
        return _words(split_words(left := asks.sub(" ", self.question), Span(0, len(left))))

    def _counts(self, sentence: str) -> bool:
        numbers = list(find_numbers(sentence))
        if not numbers:
            return False
        (tree,) = parse([split_words(sentence, Span(0, len(sentence)))])
        words = enumerate(tree.words)
        places = (k for k, w in words if any(w.start < n.end and n.start < w.end for n in numbers))
        clauses = {_clause_of(tree, place) for place in places}
        found = (_words(tree.words[k] for k in _said_in(tree, clause)) for clause in clauses)
        return any(map(self._is_of, found))

    def _is_of(self, words: frozenset[str]) -> bool:
        """Whether words of a clause have something of what is asked for, if anything is."""
        changes = self._asked & _CHANGING and words & _CHANGING
        return bool(not self._asked or changes or had(self._asked, words))


def expected(query: Query) -> Expected:
    """The type of answer that a question expects, if it is for a fact."""
    asked = query.text if query.kind == "fact" else ""
    return Expected(asked, next((kind for kind, asks in _ASKS if asks.search(asked)), None))


def _words(words: Iterable[Word]) -> frozenset[str]:
    """The stems of words as a tree has them: a pay-off is no pay."""
    folded = {"".join(fold(word.low)) for word in words if not word.is_mark}
    return bases(folded) | (folded & _WAYS)


def _clause_of(tree: Tree, number: int) -> int:
    """The verb of the clause with a tense that a word is in; its topmost word if it is in none."""
    while not has_tense(tree, number) and tree.heads[number] != number:
        number = tree.heads[number]
    return number


def _said_in(tree: Tree, verb: int) -> list[int]:
    """The words of a verb's clause, and the noun that it is about."""
    about = [tree.heads[verb]] if tree.roles[verb] == "relcl" else []
    return [*about, *tree.subtree(verb)]
