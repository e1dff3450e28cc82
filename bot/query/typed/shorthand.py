"""Writes out how people type: "whats", "w/", "ppl", and leaves out what only adds force.

Knows nothing of what is asked.

>>> written_out("whos against the ferry & what exactly do ppl want w/ it")
"who's against the ferry & what do people want with it"
"""

import re

from index.language.tables import read_table
from index.language.words import DETERMINERS

_TYPED = {row[0]: row[1] for row in read_table("shorthand.tsv", "bot.query")}
_WORD = re.compile(r"(?<![^\s(])(?:w/o|b/c|re:|w/|[A-Za-z]+)(?![\w'’-])")
# "w the mayor"; but "George W Bush".
_WITH = re.compile(rf"\bw(?= (?:{'|'.join(sorted(DETERMINERS))})\b)", re.IGNORECASE)
_ASKING = r"(?:what|who|whom|why|how|when|where|which)(?:['’]s)?"
_FORCE = re.compile(
    rf"\b({_ASKING}) (?:(?:the (?:hell|heck|devil)|on earth|exactly|precisely|else exactly|all)"
    r" (?=[a-z]))+",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """The text as it would be written."""
    text = _WORD.sub(lambda match: _TYPED.get(match.group().lower(), match.group()), text)
    text = _WITH.sub("with", text)
    return _FORCE.sub(r"\1 ", text)
