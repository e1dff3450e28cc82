"""The reader of grammar, on sentences that nobody can read in two ways."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.quotations import find_quotations
from index.language.syntax import MAX_WORDS, Tree, parse, tree_of
from index.language.words import split_words
from index.schema import Span


def read(text: str) -> Tree:
    """The tree of a text taken as one sentence."""
    quotations = list(enumerate(find_quotations(text)))
    return parse([split_words(text, Span(0, len(text)), quotations)])[0]


def role_of(tree: Tree, word: str) -> tuple[str, str]:
    """A word's role, and the word that it depends on."""
    number = next(n for n, w in enumerate(tree.words) if w.text == word)
    return tree.roles[number], tree.words[tree.heads[number]].text


def test_a_sentence_among_many_is_read_as_by_itself() -> None:
    """More words than are worked out at once."""
    one, other = (
        split_words(t, Span(0, len(t))) for t in ("Ann Lee left.", "Orr said he ran off.")
    )
    trees = parse([one, other] * 4_000)
    assert trees == [*parse([one]), *parse([other])] * 4_000
    assert trees[0] == tree_of("Ann Lee left.")


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Ann Lee said the bridge was closed.", "Lee", ("nsubj", "said")),
        ("Ann Lee said the bridge was closed.", "was", ("auxpass", "closed")),
        ("Ann Lee said the bridge was closed.", "closed", ("ccomp", "said")),
        ("The mayor, who left in May, did not reply.", "left", ("relcl", "mayor")),
        ("The mayor, who left in May, did not reply.", "not", ("neg", "reply")),
        ("He was praised by the minister.", "minister", ("pobj", "by")),
    ],
)
def test_words_have_their_places_in_the_sentence(
    text: str, word: str, expected: tuple[str, str]
) -> None:
    assert role_of(read(text), word) == expected


def test_a_whole_quotation_is_one_word_of_its_clause() -> None:
    tree = read("“We are done here, all of us,” Ann Lee said.")
    assert tree.words[0].is_quotation
    assert (tree.roles[0], tree.words[tree.heads[0]].text) == ("ccomp", "said")


def test_names_are_told_by_kind() -> None:
    tree = read("Barack Obama flew to Germany on Monday with the United Nations.")
    kinds = {word.text: kind for word, kind in zip(tree.words, tree.kinds, strict=True)}
    assert (kinds["Obama"], kinds["Germany"], kinds["Monday"]) == ("person", "place", "time")
    assert kinds["Nations"] == "body"
    assert kinds["flew"] == ""


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("said that Ann the , . “ ” who and x İ 7 (".split()), max_size=40))
def test_any_words_make_one_tree(words: list[str]) -> None:
    """One root, from which every word is reached."""
    tree = read(" ".join(words)) if words else parse([()])[0]
    assert len(tree.words) == len(tree.heads) == len(tree.tags) == len(tree.kinds)
    if tree.words:
        (root,) = (n for n, head in enumerate(tree.heads) if head == n)
        assert tree.roles[root] == "ROOT"
        assert tree.subtree(root) == list(range(len(tree.words)))


def test_sentences_are_read_each_for_itself() -> None:
    texts = ["Ann Lee said no.", "The bridge, he said, was closed in the night.", "Why?"]
    words = [split_words(text, Span(0, len(text))) for text in texts]
    together = parse(words)
    assert [tree.heads for tree in together] == [parse([one])[0].heads for one in words]
    assert [tree.roles for tree in together] == [parse([one])[0].roles for one in words]


def test_a_list_without_end_is_cut() -> None:
    assert len(read("and so on " * 200).words) == MAX_WORDS


def test_many_threads_read_the_same() -> None:
    texts = [f"Ann Lee met {name} and said no." for name in ("Bo Orr", "Cy Roe", "Di Poe")] * 8
    with ThreadPoolExecutor(4) as pool:
        assert [t.heads for t in pool.map(read, texts)] == [read(text).heads for text in texts]
