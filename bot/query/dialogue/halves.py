"""Makes the second of two questions in one stand alone: in what the first one is about, as nouns.

"how much is the telescope and when does it go up": the telescope. Knows nothing of articles, nor of
what the first was answered with.

>>> completed("when does it open", "how much is the ferry")
'when does the ferry open'
>>> completed("who has to leave", "when does the storm hit the coast")
'who has to leave (the storm the coast)'
>>> completed("why", "who hit the mayor")
'why was the mayor hit'
"""

import re
from collections.abc import Iterator

from bot.query.dialogue.earlier import content_of
from bot.query.grammar.pieces import AUX, WH, read_lead
from bot.query.grammar.question import understand
from index.language.syntax import Tree, tree_of
from index.language.words import AUXILIARIES

_BARE = re.compile(r"(?:and )?(?P<wh>why|how|when|where|how come|what for|for what)", re.IGNORECASE)
_NEXT = re.compile(r"and (?!why\b|how\b|when\b|where\b|what\b)|(?:what|how) about ", re.IGNORECASE)
# Other words for "why".
AS_WHY = frozenset(("how come", "what for", "for what"))
_IT = re.compile(r"\b(?:it|they|that|this|them|those|these)\b(?!['’])", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|their|its|there)\b", re.IGNORECASE)
_OPENS = re.compile(rf"(?:{WH}|{AUX})\b", re.IGNORECASE)
_FEW = 3  # words of its own: with more of them a question says what it is about
_AMOUNTS = frozenset("much many long big old far often fast tall high large bad".split())
_OF_NOUNS = ("compound", "amod", "nsubj", "nsubjpass", "dobj", "pobj", "attr")
_THINGS = ("attr", "nsubj", "nsubjpass", "dobj")


def completed(half: str, first: str) -> str:
    """The later question with what the first one is about, where it leaves that open."""
    if _NEXT.match(half):
        return half
    tree = tree_of(first)
    bare = _BARE.fullmatch(half)
    if bare:
        done = _done_to(tree)
        asks = "why" if bare["wh"].lower() in AS_WHY else bare["wh"]
        return f"{asks} {done}" if done else asks
    things = list(_things(tree))
    if len(things) == 1 and len(_IT.findall(half)) == 1:
        return _IT.sub(things[0], half)
    query, matter = understand(half), _matter(tree)
    is_said = query.kind == "said"
    own = content_of(query.topic if is_said else half)
    if not matter or len(own) > _FEW * (not is_said) or _PERSON.search(half) or read_lead(half)[0]:
        return half
    return f"{half} about {matter}" if is_said else f"{half} ({matter})"


def _things(tree: Tree) -> Iterator[str]:
    """The noun phrases beside the verb of the first question that name no person."""
    for n, role in enumerate(tree.roles):
        is_thing = role in ("attr", "dobj") or tree.child(n, "det") is not None
        if role in _THINGS and tree.tags[n].startswith("NN") and is_thing:
            yield _text(tree, sorted(tree.subtree(n)))


def _matter(tree: Tree) -> str:
    """All that the first question names: without its verbs, and what it asks with."""
    kept = [n for n in range(len(tree.words)) if _names(tree, n)]
    while kept and tree.tags[kept[-1]] in ("IN", "TO", "DT", "RP"):
        kept.pop()
    while kept and tree.tags[kept[0]] in ("IN", "TO", "RP"):
        kept.pop(0)
    return _text(tree, kept)


def _names(tree: Tree, n: int) -> bool:
    word, tag = tree.words[n].text.lower(), tree.tags[n]
    is_asking = tag.startswith("W") or word in AUXILIARIES or word in _AMOUNTS
    is_verb = tree.heads[n] == n and bool(_OPENS.match(tree.words[0].text))
    is_verb = is_verb or (tag.startswith("VB") and tree.roles[n] not in _OF_NOUNS)
    return not (is_asking or is_verb or tag in ("PRP", "PRP$", ".", ","))


def _done_to(tree: Tree) -> str:
    """As "who hit the mayor" has it done to the mayor; "" where it asks for nobody who did."""
    root = next((n for n, head in enumerate(tree.heads) if head == n), 0)
    behind = [n for n in range(root + 1, len(tree.words)) if tree.tags[n] != "."]
    is_who = tree.words[0].text.lower() == "who" and root == 1
    is_deed = is_who and tree.tags[root] in ("VBD", "VBN") and tree.child(root, "dobj")
    return f"was {_text(tree, behind)} {tree.words[root].text}" if is_deed else ""


def _text(tree: Tree, numbers: list[int]) -> str:
    return " ".join(tree.words[n].text for n in numbers)
