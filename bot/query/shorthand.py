"""Writes out how people type: "whats", "w/", "ppl", and leaves out what only adds force.

Knows nothing of what is asked.

>>> written_out("whos against the ferry & what exactly do ppl want w/ it")
"who's against the ferry & what do people want with it"
"""

import re

# No word of these is a name, or a word of its own in a question.
_TYPED = {
    "whats": "what's", "whos": "who's", "wheres": "where's", "hows": "how's", "whens": "when's",
    "whys": "why's", "thats": "that's", "theres": "there's", "wats": "what's", "wat": "what",
    "didnt": "didn't", "doesnt": "doesn't", "dont": "don't", "isnt": "isn't", "wasnt": "wasn't",
    "arent": "aren't", "werent": "weren't", "hasnt": "hasn't", "havent": "haven't",
    "hadnt": "hadn't", "wont": "won't", "cant": "can't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "ppl": "people", "govt": "government",
    "abt": "about", "b/c": "because", "w/": "with", "w/o": "without", "thru": "through",
    "re": "about", "re:": "about",
}  # fmt: skip
_WORD = re.compile(r"(?<![^\s(])(?:w/o|b/c|re:|w/|[A-Za-z]+)(?![\w'’-])")
_ASKING = r"(?:what|who|whom|why|how|when|where|which)(?:['’]s)?"
_FORCE = re.compile(
    rf"\b({_ASKING}) (?:(?:the (?:hell|heck|devil)|on earth|exactly|precisely|else exactly|all)"
    r" (?=[a-z]))+",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """The text as it would be written."""
    text = _WORD.sub(lambda match: _TYPED.get(match.group().lower(), match.group()), text)
    return _FORCE.sub(r"\1 ", text)
