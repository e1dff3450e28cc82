"""How names are compared: folded to plain words, and joined across spellings.

Knows nothing of articles, nor of roles (`offices`).
"""

import re
import unicodedata

from index.language.names import PARTICLES, is_role
from index.language.word_lists import word_set
from index.language.words import PRONOUNS

_WORD = re.compile(r"\w+(?:[.&]\w+)*", re.UNICODE)
# Letters that Unicode does not take apart into a base letter and an accent.
UNDECOMPOSED = str.maketrans("łøđðıßæœŁØ", "loddisaoLO")
BODY_WORDS = word_set("body_words")
# Every place has such: "Police" of one article are not the British Transport Police of another.
_EVERYWHERE = BODY_WORDS - frozenset("congress taliban".split())


def fold(text: str) -> list[str]:
    """The words of a phrase as they are compared: no case, accents, possessives or stops."""
    flat = text.replace("’", "'").lower()
    if not flat.isascii():
        flat = unicodedata.normalize("NFKD", flat.translate(UNDECOMPOSED))
        # Once for each character that there is: a text has many, of few kinds.
        flat = flat.translate(
            {ord(char): None for char in set(flat) if unicodedata.combining(char)}
        )
    flat = re.sub(r"(?<=\w)'s?\b(?!\w)", "", flat).replace("'", "")
    return [word.replace(".", "") for word in _WORD.findall(flat)]


def key_of(text: str) -> str:
    """What is the same of a text however it is marked up, spaced and cased."""
    return "".join(filter(str.isalnum, text.casefold()))


# Written with a capital wherever they stand: members of parties and teams.
_PARTIES = frozenset("democrat republican socialist communist loyalist ranger".split())
# Words inside a proper name that need no capital.
_UNCAPPED = PARTICLES | frozenset("of and the for in on at e".split())


def is_description(name: str) -> bool:
    """Whether a name is none: "the governor of Louisiana", "officials", "the warning".

    "Officials", "Police" and "They" are none either: a sentence begins with them.
    """
    words = name.split()
    if len(words) == 1:
        low = name.lower()
        many = low.removesuffix("s")
        if (
            low in PRONOUNS
            or low in _EVERYWHERE
            or (many != low and is_role(many) and many not in _PARTIES)
        ):
            return True
    return any(w[0].islower() and w.split("-")[0] not in _UNCAPPED for w in words)
