"""Blanks what shapes no question: quoted words, and words that are verbs of saying elsewhere.

"call off" says nothing, nor does "turn back". What is blanked keeps its length, so what is found in
the shape has its place in the question. Knows nothing of what is asked, nor of articles.

>>> shape('did Lee call off "the ball"')
'did Lee ____ off __________'
"""

import re
from collections.abc import Sequence

from index.language.verbs import ASKED_NOUNS, VERBS

# What words are spoken or written in: "her july statement", "in an interview".
SPOKEN = frozenset(ASKED_NOUNS) | frozenset(
    "address hearing interview letter press speech statements testimony tweet tweets".split()
)
_QUOTED = re.compile(r"[\"“].*?[\"”]|(?<!\w)['‘].*?['’](?!\w)")
# With one of these at once behind it, a verb of saying is another verb, or a deed.
_PARTICLES = {
    "ask": "out over in round",
    "back": "out off away down up",
    "call": "off up round back",
    "claim": "back",
    "order": "out",
    "plead": "guilty innocent not no",
    "see": "off out through",
    "want": "out in back",
    "write": "down off up",
}
# One of these may also stand behind its object: "call the strike off".
_APART = {"call": "off", "claim": "back", "write": "off"}
# Before "back", at once or before their object; then nobody backs anything.
_NO_BACKING = """bounce bring buy call claim come cut draw fall fight fire fly get give go hand hit
    hold keep look move pay pull push put roll scale sell send snap step strike take turn walk win
    """.split()  # fmt: skip
# With "back on" and "back at", too: "why did the ferry come back at Easter".
_COMING = "bounce bring come fly get go roll send step turn walk".split()
# Two words that say something together: the second, and forms of the first.
_SAYING = {
    "out": "call hit lash lay point rule set speak spell called lashed pointed ruled spelled spelt "
    "spoken laid",
    "up": "speak talk spoken talked",
    "down": "play talk played talked",
    r"back(?=\s+(?:on|at|against)\b)": "hit push pushed",
}


def any_of(words: Sequence[str]) -> str:
    """A pattern of any of these words."""
    return "(?:" + "|".join(words) + ")"


def _forms(lemma: str) -> str:
    return any_of([form for verb in VERBS if verb.lemma == lemma for form, _ in verb.forms])


# A pattern of two words that say something.
PHRASES = any_of([rf"{any_of(verbs.split())}\s+{particle}" for particle, verbs in _SAYING.items()])
_SAYS_NOTHING = re.compile(
    "|".join(
        [
            # "call in the army", but "call in her speech"
            rf"\b{_forms('call')}(?=\s+in\s+(?!(?:an?|his|her|its|their)\b))",
            rf"\b{any_of(_NO_BACKING)}(?:\s+(?!to\b)\w+){{0,3}}?\s+back(?!\s+(?:on|at|against)\b)",
            rf"\b{any_of(_COMING)}\s+back(?=\s+(?:on|at|against)\b)",
        ]
        + [
            rf"\b{_forms(verb)}(?=\s+{any_of(particles.split())}(?![\w-]))"
            for verb, particles in _PARTICLES.items()
        ]
        + [
            rf"\b{_forms(verb)}(?=(?:\s+(?!to\b)\w+){{1,3}}?\s+{particle}(?![\w-]))"
            for verb, particle in _APART.items()
        ]
    ),
    re.IGNORECASE,
)


def shape(text: str) -> str:
    """The question with all that does not shape it blanked."""
    for pattern in (_QUOTED, _SAYS_NOTHING):
        text = pattern.sub(lambda match: "_" * len(match.group()), text)
    return text


def without(text: str, start: int, end: int) -> str:
    """The text with a part of it blanked."""
    return f"{text[:start]}{'_' * (end - start)}{text[end:]}"
