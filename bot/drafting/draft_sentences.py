"""Cuts a streamed text into sentences, each with its citation marks, and shortens one.

Knows nothing of models, nor of whether a sentence is true.

>>> cut_draft("He left. [1] She ran [2]. And th")
(['He left. [1]', 'She ran [2].'], ' And th')
"""

import re
from collections.abc import Iterator

from index.attribution.grammar.clauses import is_verb, mark_of
from index.attribution.layout.sentences import split_sentences
from index.language.quotations import find_quotations
from index.language.syntax import Tree, parse
from index.language.words import split_words
from index.schema import Span

# What models put around their sentences: a bullet, a number, a heading, emphasis.
_ORNAMENT = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.)])\s+|\*\*|__")
_MARKS = re.compile(r"(?:[ \t]*\[[\d ,;–-]+\][.,]?)+")
_THOUGHT, _THOUGHT_OVER = re.compile(r"\s*<think>"), "</think>"
# What a sentence cites: "[1]", "[2, 4]", "[2-4]"; with the numbers as they stand there.
CITES = re.compile(r"\s*\[\s*(\d{1,9}(?:\s*[,;–-]\s*\d{1,9})*)\s*\]")
# A line's end, or another word that is whole: the sentence before cannot change any more.
_NEXT = re.compile(r"[ \t]*(?:\n|[^\s\[]\S*\s|\[[^\]]*\]\S*\s)")
# Longer than any sentence; the time to read one grows with its length.
MAX_DRAFT = 1000
_JOINTS = frozenset(("and", "but", "while", ",", ";", "—", "–", "dash"))
_CONTRASTS = frozenset(("while", "whereas"))
# A clause under a condition belongs to it, and each half of an alternative is only a possibility.
_CONDITIONS = frozenset("if unless until or nor either neither whether".split())


def cut_draft(text: str, *, is_whole: bool = False) -> tuple[list[str], str]:
    """The complete sentences, and the rest of the text, which may still grow.

    Text longer than any sentence is taken for one, so that no rest is cut again and again.
    """
    if _THOUGHT.match(text):
        _, is_over, after = text.partition(_THOUGHT_OVER)
        if not is_over:
            return [], "" if is_whole else text
        text = after
    sentences, begin = [], 0
    for end in _ends(text):
        if not (is_whole or _NEXT.match(text, end)):
            break
        sentences.append(text[begin:end])
        begin = end
    if len(text) - begin > MAX_DRAFT:
        sentences.append(text[begin:])
        begin = len(text)
    bare = (_ORNAMENT.sub("", sentence).strip() for sentence in sentences)
    return [sentence for sentence in bare if sentence], text[begin:]


def _ends(text: str) -> Iterator[int]:
    """The end of each sentence with the marks after it; none lies inside a quotation."""
    begin = end = 0
    for span in (sentence.span for sentence in split_sentences(text)):
        if end:
            marks = _MARKS.match(text, end)
            end = marks.end() if marks else end
            if end >= span.end:
                continue
            if "\n" in text[end : span.start] or not _is_quoting(text[begin:end]):
                yield end
                begin = end
        end = span.end
    if end:
        yield end


def _is_quoting(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


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
