"""One key for all forms and spellings of a word: "withdrew" is "withdrawn", "Russian" is "Russia".

Goes further than `stems`, which searching uses, and is for comparing what two sentences say.

>>> base_of("withdrawn") == base_of("withdrew"), base_of("labour") == base_of("labor")
(True, True)
"""

import re

from index.language.folding import fold
from index.language.places import DEMONYMS
from index.language.stems import stem

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


def base_of(low: str) -> str:
    """The base of a word in lower case: one for all its forms and spellings."""
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
