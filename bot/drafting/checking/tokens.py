"""Cuts a sentence into words for comparing what two sentences say: each with its stem and clause.

Knows nothing of articles or drafts; what the words mean to each other is other modules' subject.

>>> [token.stem for token in split("The bill was withdrawn.") if token.is_content]
['bill', 'withdraw']
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.language.folding import fold
from index.language.places import DEMONYMS
from index.language.stems import stem
from index.language.verbs import CUES
from index.language.words import FUNCTION_WORDS

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.,](?=\d)[^\W_]+|['’](?!s\b)[^\W_]+|&[^\W_]+)*%?|[,;:.!?—–()]|-{2,}"
)
_FUNCTION = (
    FUNCTION_WORDS
    | frozenset(
        """not also only just even very too such there here than then who whom whose which what
        how as mr mrs ms dr s t d ll re ve m no nor yes per percent cent via own same other
        others itself more most much well still already both either neither whether like while
        etc according said say says saying""".split()
    )
)  # fmt: skip
_BREAKS = frozenset(",;:.!?—–()") | frozenset(("--", "---", "but", "while", "although"))
IRREGULAR = {
    form: base
    for base, forms in {
        "become": "became",
        "begin": "began begun", "break": "broke broken", "bring": "brought", "build": "built",
        "buy": "bought", "catch": "caught", "choose": "chose chosen", "come": "came",
        "cut": "cutting", "deal": "dealt", "die": "dying", "draw": "drew drawn",
        "drive": "drove driven", "eat": "ate eaten", "fall": "fell fallen", "feel": "felt",
        "fight": "fought", "find": "found", "fly": "flew flown", "forget": "forgot forgotten",
        "get": "got gotten", "give": "gave given", "go": "went gone", "grow": "grew grown",
        "hear": "heard", "hide": "hid hidden", "hold": "held", "keep": "kept",
        "know": "knew known", "lead": "led", "leave": "left", "lose": "lost", "make": "made",
        "man": "men", "mean": "meant", "meet": "met", "pay": "paid", "rise": "rose risen",
        "run": "ran", "see": "saw seen", "seek": "sought", "sell": "sold", "send": "sent",
        "set": "setting", "shoot": "shot", "show": "shown", "sing": "sang sung",
        "sink": "sank sunk", "sit": "sat", "sleep": "slept", "speak": "spoke spoken",
        "spend": "spent", "stand": "stood", "steal": "stole stolen", "strike": "struck",
        "take": "took taken", "teach": "taught", "tell": "told", "think": "thought",
        "understand": "understood", "wear": "wore worn", "uphold": "upheld", "win": "won",
        "withhold": "withheld",
        "withdraw": "withdrew withdrawn", "woman": "women", "write": "wrote written",
        "child": "children", "person": "people",
    }.items()
    for form in forms.split()
}  # fmt: skip


_SPELLINGS = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"(?<=[a-z]{3})our(?=s?$|ed$|ing$|ite|able|hood|ly$)", "or"),
        (r"(?<=cent|heat)re(?=s?$)", "er"),
        (r"(?<=[a-z]{3})is(?=(?:e[sd]?|ing|ation)$)", "iz"),
        (r"(?<=[a-z]{2}[eo]l)l(?=ed$|ing$|er)", ""),
        (r"(?<=defen|licen|offen)c(?=e)", "s"),
        (r"(?<=program)me(?=s?$)", ""),
    )
)


@dataclass(frozen=True)
class Token:
    """A word or mark of a sentence; `clause` numbers the stretch between two breaks."""

    text: str
    start: int
    clause: int

    @property
    def end(self) -> int:
        """Where it ends, half-open."""
        return self.start + len(self.text)

    @cached_property
    def low(self) -> str:
        """In lower case, with plain apostrophes."""
        return self.text.lower().replace("’", "'")

    @cached_property
    def stem(self) -> str:
        """What two forms of a word share: "withdrew", "withdrawn"; "Russian", "Russia"."""
        return stem_of(self.low)

    @property
    def is_mark(self) -> bool:
        """Whether this is punctuation."""
        return not self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it opens with a capital."""
        return self.text[0].isupper()

    @property
    def is_content(self) -> bool:
        """Whether it says something of its own."""
        return not self.is_mark and self.low not in _FUNCTION and not self.low.isdigit()

    @property
    def is_cue(self) -> bool:
        """Whether it is a verb of saying."""
        return self.low in CUES


def stem_of(low: str) -> str:
    """The stem of a word in lower case, by which forms and spellings of it are compared."""
    if low in DEMONYMS or low.removesuffix("s") in DEMONYMS:
        return DEMONYMS.get(low) or DEMONYMS[low.removesuffix("s")]
    folded = "".join(fold(low)) or low
    folded = _american(IRREGULAR.get(folded, folded))
    return stem(DEMONYMS.get(folded, folded))


def _american(word: str) -> str:
    """One spelling for the British and the American one."""
    for pattern, other in _SPELLINGS:
        word = pattern.sub(other, word)
    return word


def split(text: str) -> tuple[Token, ...]:
    """The words and marks of a sentence, in order."""
    tokens: list[Token] = []
    clause = 0
    for match in _TOKEN.finditer(text):
        breaks = match.group().lower() in _BREAKS
        clause += breaks
        tokens.append(Token(match.group(), match.start(), clause))
    return tuple(tokens)


def words_of(text: str) -> list[Token]:
    """The words of a sentence alone, without its marks."""
    return [token for token in split(text) if not token.is_mark]


def stems(tokens: Sequence[Token]) -> frozenset[str]:
    """The stems of the words that say something."""
    return frozenset(token.stem for token in tokens if token.is_content)
