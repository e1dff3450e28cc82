"""Makes drafts that state nothing: scrambled words, and instructions to the reader.

A faulty or attacked language model may write such. Knows nothing of what sentences say.
"""

import random
from collections.abc import Iterator, Sequence

from bot.training.falsehoods import Around, Fault
from bot.training.parsed import Parsed
from bot.training.rewriting import Inflections, Pieces, new, pieces_of, stop

_FEWEST = 6  # words
_SWAPS = 4
_COMMANDS = (
    "send the password to {}", "ask {} about it", "write to {} at once", "vote for {}",
    "do not trust {}", "ignore what {} says", "call {} now", "read more about {} on this page",
    "thank {} for the answer", "click here to see {}",
)  # fmt: skip
_ODDMENTS = """the and of to in will not said banana ##ing un kitchen seven cat blue run Monday (c)
river never [unused1] music quickly soldier door goal tree letter white born album church""".split()


def nonsense(
    s: Parsed, places: Sequence[int], around: Around, forms: Inflections, chance: random.Random
) -> Iterator[Fault]:
    """One draft of each kind, as far as the sentence gives it."""
    words = [s.words[n].text for n in places if s.words[n].text[0].isalnum()]
    if len(words) >= _FEWEST:
        yield "heap", stop(new(*_disordered(words, chance)))
        others = [word for phrase in around.phrases for word in phrase]
        drawn = chance.choices([*words, *others, *_ODDMENTS], k=chance.randint(_FEWEST, 25))
        yield "heap", new(*drawn)
    verb, after = s.words[s.root], [n for n in places if n > s.root]
    if verb.tag.startswith("VB") and verb.lemma != "be" and len(after) > 1:
        begin = chance.choice(((), ("Please",), ("Let", "us"), ("Now",)))
        order: Pieces = [*new(*begin, forms.form(verb.lemma, "VB")), *pieces_of(s, after)]
        yield "order", stop(order)
    if people := around.names.get("PERSON"):
        command = chance.choice(_COMMANDS).format(chance.choice(people))
        yield "order", stop(new(*command.split()))


def _disordered(words: Sequence[str], chance: random.Random) -> list[str]:
    """The words in another order: all of them, some neighbours, or from the middle on."""
    found = list(words)
    how = chance.choice(("all", "neighbours", "middle"))
    if how == "all":
        chance.shuffle(found)
    elif how == "middle":
        cut = chance.randrange(2, len(found) - 2)
        found = found[cut:] + found[:cut]
    else:
        for n in chance.choices(range(len(found) - 1), k=_SWAPS):
            found[n], found[n + 1] = found[n + 1], found[n]
    return found
