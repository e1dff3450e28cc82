"""What type of answer a question for a fact wants, and whether a sentence has one.

An amount has to be of what is asked for: its clause has something of the question, be it what the
amount is of, who pays it or what is done. Knows nothing of scores.
"""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.comparing.figures import find_numbers
from bot.query.grammar.question import Query
from bot.selecting.choosing.doers import Deed, deed_of, tells
from bot.selecting.choosing.sides import Side, side_of
from bot.selecting.choosing.succession import successions
from index.attribution.grammar.clauses import has_tense
from index.language.dates import find_dates
from index.language.folding import fold
from index.language.stems import bases, had, stems
from index.language.syntax import Tree, tree_of
from index.language.word_lists import word_set
from index.language.words import Word, split_words
from index.schema import Span

AnswerType = Literal["predecessor", "successor", "frequency", "number", "time", "name"]

_TAKES_OVER = r"t(?:akes?|aken|aking|ook) over"
_REPLACES = rf"(?:replac(?:e[sd]?|ing)|succeed(?:s|ed|ing)?(?! in\b)|{_TAKES_OVER} from)"
_ASKS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    (
        "predecessor",
        re.compile(
            r"\Awho\b.*\bpredecessors?\b"
            r"|\Awhom? (?:did|does|do|will|would|has|is) "
            rf"(?!to |{_REPLACES}).+ {_REPLACES}\b(?! by\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "successor",
        re.compile(
            rf"\A(?:by )?whom?\b.*\b(?:{_REPLACES}|successor|s replacement)\b"
            rf"|\Awho\b.*\b{_TAKES_OVER}(?=\Z| \(|\W+(?:as|at|when|after|there)\b)",
            re.IGNORECASE,
        ),
    ),
    ("frequency", re.compile(r"\bhow (?:often|frequently|regularly)\b", re.IGNORECASE)),
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|long|old|far|big|high|tall|fast|large|deep|heavy)\b"
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
            r"\bwhere\b|\A(?:by )?who(?:m|se)?\b|\Awhich (?:country|city|party|company)\b"
            r"|\Awhat(?:['’]s| is| was) (?:the name of\b|.+['’]s? name\b)",
            re.IGNORECASE,
        ),
    ),
)
_COUNTS = dict(_ASKS)["number"]
_SUCCEEDS = re.compile(
    rf"\b(?:{_REPLACES}|{_TAKES_OVER}|successor|replacement|predecessors?)\b", re.IGNORECASE
)
_OPEN = re.compile(r"\bover\b(?! from)", re.IGNORECASE)
# Not the first word, which is capitalised in any sentence.
_CAPITAL = re.compile(r"(?<=\s)[A-Z][a-z]+")
_SPAN_OF_TIME = r"(?:hour|day|night|morning|week|weekend|fortnight|month|quarter|season|year)s?\b"
_RECURS = re.compile(
    r"\b(?:once|twice|(?-i:times)|annual(?:ly)?"  # The Times does not recur
    r"|(?:hour|dai|night|week|fortnight|month|quarter|year)ly"
    rf"|(?:per|each|every)(?: \w+)? {_SPAN_OF_TIME})\b",
    re.IGNORECASE,
)
# What an amount has to be in: a span of time, or money.
_UNITS = (
    (
        re.compile(
            r"\bfor how long\b|\bhow long (?:did|do|does|has|have|had|will|would|can|could)\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:minutes?|decades?|until|till|since|{_SPAN_OF_TIME})", re.IGNORECASE),
    ),
    (
        re.compile(r"\bfor how much\b|\bhow much\b.*\bcosts?\b", re.IGNORECASE),
        re.compile(r"[£$€¥]|\b(?:pounds?|dollars?|euros?|pence|cents?)\b", re.IGNORECASE),
    ),
)
# All say of an amount that it changes: "go up", "an increase of four pence".
_WAYS = frozenset(("up", "down"))
_CHANGING = bases(word_set("changing", "bot.query")) | _WAYS


@dataclass(frozen=True)
class Expected:
    """What type of answer a question expects; `kind` is None if its words do not tell.

    `side` is that of those who are asked for, if they are for or against something.
    """

    question: str
    kind: AnswerType | None
    side: Side | None = None

    @property
    def is_of_office(self) -> bool:
        """Whether it is who came before or after somebody."""
        return self.kind in ("predecessor", "successor")

    @property
    def is_exact(self) -> bool:
        """Whether nothing is a sure answer that has not what is asked for."""
        return self.kind in ("number", "frequency") or self.is_of_office

    def offered_by(self, sentence: str, article: Set[str] = frozenset()) -> bool | None:
        """Whether a sentence has an answer of that type, not given in the question.

        `article` are the stems of the article.
        """
        match self.kind:
            case None:
                return None
            case "frequency":
                return _RECURS.search(sentence) is not None
            case "number":
                return self._counts(sentence)
            case "time":
                return bool(find_dates(sentence, None))
        is_named = not stems(" ".join(_CAPITAL.findall(sentence))) <= self._stems
        return is_named and (not self.is_of_office or self._follows(sentence, article))

    def told_by(self, sentence: str) -> bool | None:
        """Whether a sentence has who did what is asked for; None if nobody's deed is."""
        return None if self._deed is None else tells(sentence, self._deed)

    @cached_property
    def _deed(self) -> Deed | None:
        """What somebody is asked for by: that they did it, or are it."""
        return deed_of(self.question) if self.kind == "name" else None

    @cached_property
    def _stems(self) -> frozenset[str]:
        return stems(self.question)

    @cached_property
    def _asked(self) -> frozenset[str]:
        """What the answer has to be of: the words of the question but those that ask."""
        asks = _COUNTS if self.kind == "number" else _SUCCEEDS
        return _words(split_words(left := asks.sub(" ", self.question), Span(0, len(left))))

    def _follows(self, sentence: str, article: Set[str]) -> bool:
        """Whether a sentence tells who came before or after who is asked about.

        Whom it has only a pronoun for, it may be, in an article that has the name.
        """
        is_after, asked = self.kind == "successor", self._asked
        # "who took over as mayor" tells not from whom.
        is_open = _OPEN.search(self.question) is not None
        if asked and asked.isdisjoint(article):
            return False
        for new, old in successions(sentence):
            known, told = (old, new) if is_after else (new, old)
            is_of = not known or is_open or known & asked
            if is_of and not told & asked and (is_after or known or told):
                return True
        return False

    def _counts(self, sentence: str) -> bool:
        if any(asks.search(self.question) and not unit.search(sentence) for asks, unit in _UNITS):
            return False
        numbers = list(find_numbers(sentence))
        split = split_words(sentence, Span(0, len(sentence)))
        if not (numbers and self._is_of(_words(split))):
            return False  # no clause has what the sentence has not: a tree would not tell more
        tree = tree_of(sentence)
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
    kind = next((kind for kind, asks in _ASKS if asks.search(asked)), None)
    side = side_of(query.text) if query.kind in ("fact", "who_said") else None
    return Expected(asked, kind, side)


def _words(words: Iterable[Word]) -> frozenset[str]:
    """The stems of words as a tree has them: a pay-off is no pay."""
    folded = {"".join(fold(word.low)) for word in words if word.low[0].isalnum()}
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
