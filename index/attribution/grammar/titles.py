"""Tells the title of a work in quotation marks from words that somebody says.

"Told the podcast “Old Vinyl”", "in the last act of “The Gulls.”". Words are given by their numbers
in the tree. Knows nothing of who speaks.
"""

from index.attribution.grammar.phrases import run_start
from index.language.syntax import Tree
from index.language.word_lists import word_set
from index.language.words import QUOTES

_WORKS = word_set("works") | word_set("programmes")
# Stand before a title.
_BEFORE = frozenset("in on of at for from to with by about like".split())
# Of these those that also stand between a verb of saying and what is said: "replied with".
_LEADING = frozenset("with by at to".split())
# Letters of a word that a title may have in small ones.
_SMALL = 3
# Words between a work and its title: "her first album, “Paper Moon”".
_APART = ("CD", "NNP")


def is_title(tree: Tree, mark: int) -> bool:
    """Whether words in marks are what something is called: "praised “The Long Walk”"."""
    inside = _in_marks(tree, mark)
    long = [text for text in inside if len(text) > _SMALL]
    return bool(long) and all(text[0].isupper() for text in (inside[0], *long))


def _in_marks(tree: Tree, mark: int) -> list[str]:
    if tree.words[mark].is_quotation:
        return tree.words[mark].text.strip("".join((*QUOTES, " .,!?"))).split()
    after = (k for k in range(mark + 1, len(tree.words)) if tree.words[k].text in QUOTES)
    return [word.text for word in tree.words[mark + 1 : next(after, mark + 1)]]


def is_mentioned(tree: Tree, number: int) -> bool:
    """Whether a word alone in marks is only spoken of: "words such as “believe,” identify them"."""
    around = tree.words[number - 1], *tree.words[number + 1 : number + 3]
    texts = [word.text for word in around] if number else []
    return len(texts) == 3 and texts[1] == "," and {texts[0], texts[2]} <= set(QUOTES)


def names_work(tree: Tree, mark: int) -> bool:
    """Whether a title tells what work is spoken of, be it that somebody has spoken before.

    One word has a capital there though it be no title: "replied with “Never.”", "wrote in a
    column, “Enough.”"
    """
    before = mark - 1 - (tree.words[mark - 1].text == ",")
    if before < 1 or not is_title(tree, mark):
        return False
    apart = before < mark - 1
    tied = tree.words[before].low in _BEFORE and not apart
    ends = tree.words[mark].text.strip("".join(QUOTES))[-1:] in tuple(".!?")
    spoken = (apart and ends) or (tied and tree.words[before].low in _LEADING)
    if spoken and len(_in_marks(tree, mark)) == 1:
        return False
    return tied or tree.words[run_start(tree.tags, before + 1, _APART) - 1].low in _WORKS
