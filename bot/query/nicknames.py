"""Short forms of names and places: what "andy", "bojo" and "cali" may stand for.

Knows nothing of archives.
"""

import re

from index.language.names import FIRST_NAMES
from index.language.word_lists import read_table

# By the folded short form, its words joined by underscores as those of what it stands for.
NICKNAMES = {
    short: tuple(names.split()) for short, names in read_table("nicknames.tsv", "bot.query")
}
# Of those that stand for whole names and for places: a first name may be anybody's, and of two
# spellings ("kiev", "kyiv") neither is short for the other.
_SPELLINGS = frozenset(name for names in NICKNAMES.values() for name in names)
WHOLE = {
    short.replace("_", " "): tuple(name.replace("_", " ") for name in names)
    for short, names in NICKNAMES.items()
    if FIRST_NAMES.isdisjoint(names) and short not in _SPELLINGS
}
_LONGEST_FIRST = sorted(map(re.escape, WHOLE), key=len, reverse=True)
# A pattern of any of them, with an article before it or none.
ANY_WHOLE = re.compile(
    rf"(?<!\w)(?:the )?(?P<short>{'|'.join(_LONGEST_FIRST)})(?![\w'’-]*\w)", re.IGNORECASE
)
