"""Shortens a drafted sentence by the clauses joined on at its end.

Knows nothing of what carries a sentence.

>>> list(shorter("The bridge was closed in May, and the ferry never sailed again [1]."))
['The bridge was closed in May. [1]']
"""

from collections.abc import Iterator

from bot.drafting.draft_sentences import CITES
from index.attribution.grammar.clauses import is_verb, mark_of
from index.language.quotations import find_quotations
from index.language.syntax import Tree, parse
from index.language.words import split_words
from index.schema import Span

_JOINTS = frozenset(("and", "but", "while", ",", ";", "—", "–", "dash"))
_CONTRASTS = frozenset(("while", "whereas"))
# A clause under a condition belongs to it, and each half of an alternative is only a possibility.
_CONDITIONS = frozenset("if unless until or nor either neither whether".split())


def shorter(draft: str) -> Iterator[str]:
    """The draft without its last clauses, longest first, each with all of the draft's marks."""
    text, marks = CITES.sub("", draft), "".join(m.group() for m in CITES.finditer(draft))
    if not text:
        return
    words = split_words(text, Span(0, len(text)), tuple(enumerate(find_quotations(text))))
    if not words or _CONDITIONS & {word.low for word in words}:
        return
    (tree,) = parse([words])
    starts = {_start(tree, n) for n in range(len(tree.words)) if _is_joined_on(tree, n)}
    for start in sorted(starts - {0}, reverse=True):
        part = text[: tree.words[start].start].rstrip(" ,;—–-")
        whole = part.count("“") == part.count("”") and part.count('"') % 2 == 0
        # "He came, saw" wants its "and".
        listing = any(tree.words[n - 1].text == "," and is_verb(tree, n) for n in range(1, start))
        if whole and not listing:
            yield f"{part}.{marks}"


def _is_joined_on(tree: Tree, verb: int) -> bool:
    """Whether all from a verb's clause on to the sentence's end is joined to a verb before it.

    Of "he came, saw and won" the first that is joined is "saw": without "won" it is no sentence.
    """
    head = tree.heads[verb]
    if not is_verb(tree, verb) or not is_verb(tree, head) or tree.roles[head] == "conj":
        return False
    joined = [n for n in tree.children[head] if n > head and _joins(tree, n)]
    if not joined or joined[0] != verb:
        return False
    own = {n for each in joined for n in tree.subtree(each)}
    rest = range(min(own), len(tree.words))
    return all(n in own or tree.words[n].is_mark or tree.roles[n] == "cc" for n in rest)


def _joins(tree: Tree, number: int) -> bool:
    contrasts = tree.roles[number] == "advcl" and mark_of(tree, number) in _CONTRASTS
    return contrasts or (tree.roles[number] == "conj" and is_verb(tree, number))


def _start(tree: Tree, verb: int) -> int:
    """The first word of the joint before a clause: ", and"."""
    start = min(tree.subtree(verb))
    while start > 0 and tree.words[start - 1].low in _JOINTS:
        start -= 1
    return start
