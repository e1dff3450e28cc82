"""Reads the grammar of a sentence: the part of speech of each word, what it depends on and how.

A small network of our own in numpy (see `data/SYNTAX_CARD.md`): words -> vectors, cached by
spelling -> convolutions over the sentence -> for each word its tag, the word it depends on, its
role there and what kind of name it belongs to. Knows nothing of speakers or cues.

>>> from index.language.words import split_words
>>> from index.schema import Span
>>> tree, = parse([split_words("Ann Lee left.", Span(0, 13))])
>>> [(word.text, tree.roles[n]) for n, word in enumerate(tree.words)]
[('Ann', 'compound'), ('Lee', 'nsubj'), ('left', 'ROOT'), ('.', 'punct')]
"""

import json
import re
import zlib
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, wraps
from importlib.resources import files
from itertools import accumulate, groupby
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load
from threadpoolctl import ThreadpoolController

from index.language.words import DASH, QUOTED, Word, split_words
from index.schema import Span

P = ParamSpec("P")
R = TypeVar("R")
Matrix = NDArray[np.float32]
Indices = NDArray[np.intp]

# No sentence is longer: what does is a list or noise, and is read in pieces of this length.
MAX_WORDS = 120
# Words whose vectors are worked out at once: more would need memory by the gigabyte.
_AT_ONCE = 20_000
# Words apart beyond which all distances are one.
FAR = 32
# What the network is shown for marks that differ in looks only.
_PLAIN_MARKS = dict.fromkeys("“”«»„`", '"') | {"‘": "'", "’": "'", "…": "..."}
# What is read off the vector of each word by one product.
_READ = ("dependent", "governor", "root", "role_word", "role_head", "tag", "kind")
_RUN = re.compile(r"(.)\1{3,}", re.DOTALL)
_SINGLE = 500  # sentences whose trees are kept
# Spellings whose vectors are kept: a hundred megabytes at most.
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's words, and for each its tag, the number of its head, its role and its kind.

    Tags are the Penn Treebank's, roles those of ClearNLP ("nsubj", "ccomp"); the head of the root
    is itself, and its role "ROOT". A kind is "person", "body", "place", "people", "time", "thing"
    or empty.
    """

    words: tuple[Word, ...]
    tags: Sequence[str]
    heads: Sequence[int]
    roles: Sequence[str]
    kinds: Sequence[str]
    children: Sequence[Sequence[int]]
    # What has been read off it so far (`once`); a tree that is made from another begins anew.
    memo: dict[tuple[Hashable, ...], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def root(self) -> int | None:
        """The first word that depends on none; None where a tree has no words."""
        return next((k for k, role in enumerate(self.roles) if role == "ROOT"), None)

    def child(self, number: int, *roles: str) -> int | None:
        """The first word that depends on another in one of the roles."""
        return next((c for c in self.children[number] if self.roles[c] in roles), None)

    def subtree(self, number: int) -> list[int]:
        """A word with all that depends on it, in order."""
        found = [number]
        for word in found:
            found.extend(self.children[word])
        return sorted(found)


# Stands for what was not read yet: what was may be None.
_NEW: Any = object()


def once(read: Callable[Concatenate[Tree, P], R]) -> Callable[Concatenate[Tree, P], R]:
    """Keep what a function reads off a tree with the tree, so that it is worked out once."""

    @wraps(read)
    def kept(tree: Tree, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (read, *args, *kwargs.values()) if kwargs else (read, *args)
        found: R = tree.memo.get(key, _NEW)
        if found is _NEW:
            found = tree.memo[key] = read(tree, *args, **kwargs)
        return found

    return kept


def spelling(word: Word) -> str:
    """What the network is shown of a word."""
    if word.low in (DASH, QUOTED):
        return word.low
    if word.low[1:2] == "." and word.text[1:2] not in (".", "S"):
        return word.low.upper()  # "WHO" would be taken for a pronoun
    return _PLAIN_MARKS.get(word.text) or word.text.replace("’", "'")


def features(text: str) -> tuple[list[int], list[int]]:
    """Hashed features of a spelling: of the whole word (two), and of its parts (six)."""
    low = text.lower()
    whole = [_hash("w" + low), _hash("v" + low)]
    parts = ("p1" + low[:1], "p3" + low[:3], "s2" + low[-2:], "s3" + low[-3:], "s4" + low[-4:])
    return whole, [*map(_hash, parts), _hash("S" + _shape(text))]


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())


def _shape(text: str) -> str:
    """As "Xxx" for "Lee" and "d.d" for "1.5"; runs of one kind are cut at three."""
    return _RUN.sub(r"\1\1\1", "".join(map(_sort, text)))[:10]


@cache
def _sort(char: str) -> str:
    return "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char


@lru_cache(maxsize=_SINGLE)
def tree_of(sentence: str) -> Tree:
    """The tree of a sentence by itself, unrepaired; kept, for several may want to read it."""
    (tree,) = parse([split_words(sentence, Span(0, len(sentence)))])
    return tree


def parse(sentences: Sequence[Sequence[Word]]) -> list[Tree]:
    """The trees of an article's sentences; a sentence of more than `MAX_WORDS` is cut off there."""
    cut = [tuple(words[:MAX_WORDS]) for words in sentences]
    ends = zip(cut, accumulate(map(len, cut)), strict=True)
    trees: list[Tree] = []
    for _, group in groupby(ends, key=lambda each: each[1] // _AT_ONCE):
        trees += _network().read([words for words, _ in group])
    return trees


@cache
def _network() -> "_Network":
    return _Network(files("index.language").joinpath("data", "syntax.safetensors").read_bytes())


class _Network:
    """The weights, and what is known of the spellings met so far. Safe to use from many threads."""

    def __init__(self, data: bytes) -> None:
        tensors = load(data)
        names = json.loads(bytes(tensors.pop("names")))
        # Arrays of strings, to be taken from by number; the last of the roles is the root's.
        columns = (names["tags"], [*names["roles"], "ROOT"], names["kinds"])
        self._tags, self._roles, self._kinds = (np.array(column, object) for column in columns)
        self._reach: list[int] = names["reach"]
        self._w = {name: _unpacked(tensors, name) for name in tensors if ":" not in name}
        self._width = len(self._w["norm0.weight"])
        # Of each layer what a word gives to the one after it, to itself and to the one before.
        layers = (self._w.pop(f"layer{n}.weight") for n in range(len(self._reach)))
        self._around = [np.hstack(np.split(layer.T, 3)) for layer in layers]
        # What is read off the vectors at once, and where each part of that ends.
        for kind in ("weight", "bias"):
            self._w[f"read.{kind}"] = np.concatenate([self._w.pop(f"{n}.{kind}") for n in _READ])
        self._parts = np.cumsum([len(tensors[f"{n}.bias"]) for n in _READ])[:-1]
        places = np.arange(MAX_WORDS)
        apart = np.clip(places[None, :] - places[:, None], -FAR, FAR) + FAR
        self._distances = self._w["distance"][:, 0][apart]
        self._rows: dict[str, int] = {}
        # Memory that nothing has been written to yet costs nothing.
        self._store = np.empty((_CACHED, 4 * self._width), np.float32)
        self._lock = Lock()
        # Its products are small: more threads would spend their time waiting for each other.
        self._threads = ThreadpoolController()

    def read(self, sentences: Sequence[tuple[Word, ...]]) -> list[Tree]:
        """The trees of the sentences."""
        lengths = np.array([len(words) for words in sentences])
        if not lengths.sum():
            return [Tree(words, (), (), (), (), ()) for words in sentences]
        with self._threads.limit(limits=1):
            states = self._encode([spelling(w) for words in sentences for w in words], lengths)
            parts = np.hsplit(self._linear(states, "read"), self._parts)
            read = dict(zip(_READ, parts, strict=True))
            heads = self._heads(read, lengths)
            mixed = read["role_word"] + read["role_head"][heads]
            roles = self._linear(np.maximum(mixed, 0, out=mixed), "role").argmax(1)
        tags, kinds = (read[name].argmax(1) for name in ("tag", "kind"))
        roles[heads == np.arange(len(heads))] = len(self._roles) - 1
        columns = (self._tags[tags], self._roles[roles], self._kinds[kinds])
        return list(_trees(sentences, heads.tolist(), *(column.tolist() for column in columns)))

    # From words to vectors

    def _encode(self, spellings: Sequence[str], lengths: Indices) -> Matrix:
        """A vector a word."""
        width = self._width
        known = self._known(spellings)
        # Of the first layer all but the sum depends on the spelling alone.
        states, before, here, after = (known[:, k * width : (k + 1) * width] for k in range(4))
        edges = _Edges(lengths)
        states = self._added(states, edges.mixed(here, before, after, self._reach[0]), 0)
        for layer, reach in enumerate(self._reach[1:], 1):
            given = states @ self._around[layer]
            before, here, after = (given[:, k * width : (k + 1) * width] for k in range(3))
            states = self._added(states, edges.mixed(here, before, after, reach), layer)
        return states

    def _added(self, states: Matrix, mixed: Matrix, layer: int) -> Matrix:
        """What a layer makes of its input and of what it has mixed, which is written over."""
        mixed += self._w[f"layer{layer}.bias"]
        np.maximum(mixed, 0, out=mixed)
        mixed += states
        return self._normed(mixed, f"norm{layer + 1}")

    def _known(self, spellings: Sequence[str]) -> Matrix:
        """For each spelling its vector and what that gives to its neighbours and itself."""
        with self._lock:
            if len(self._rows) > _CACHED:
                self._rows.clear()
            new = [s for s in dict.fromkeys(spellings) if s not in self._rows]
            if new:
                first = len(self._rows)
                while first + len(new) > len(self._store):
                    self._store = np.vstack([self._store, np.empty_like(self._store)])
                self._store[first : first + len(new)] = self._vectors(new)
                self._rows.update((s, first + n) for n, s in enumerate(new))
            return self._store[list(map(self._rows.__getitem__, spellings))]

    def _vectors(self, spellings: Sequence[str]) -> Matrix:
        whole, parts = (np.array(ids) for ids in zip(*map(features, spellings), strict=True))
        words = self._w["words"][whole % len(self._w["words"])].sum(1)
        affixes = self._w["parts"][parts % len(self._w["parts"])]
        split = [words, affixes[:, :2].sum(1), affixes[:, 2:5].sum(1), affixes[:, 5]]
        one, other = np.hsplit(self._linear(np.hstack(split), "spelling"), 2)
        states = self._normed(np.maximum(one, other), "norm0")
        return np.hstack([states, states @ self._around[0]])

    # From vectors to grammar

    def _heads(self, read: Mapping[str, Matrix], lengths: Indices) -> Indices:
        """The word that each depends on, by its number in the article; itself for the root."""
        dependents = np.maximum(read["dependent"], 0)
        governors = np.maximum(read["governor"], 0)
        asks = dependents @ self._w["arc.weight"].T
        offers = self._linear(governors, "offer")[:, 0]
        roots = read["root"][:, 0]
        heads = np.empty(len(roots), np.intp)
        starts = np.cumsum(lengths) - lengths
        scored: dict[int, Matrix] = {}
        for group in _of_one_length(lengths):
            longest = int(lengths[group].max())
            inside = np.arange(longest) < lengths[group][:, None]
            places = np.where(inside, starts[group][:, None] + np.arange(longest), 0)
            scores = asks[places] @ governors[places].transpose(0, 2, 1)
            scores += self._distances[:longest, :longest]
            scores += np.where(inside, offers[places], -np.inf)[:, None, :]
            diagonal = np.arange(longest)
            scores[:, diagonal, diagonal] = roots[places]
            heads[places[inside]] = (scores.argmax(2) + starts[group][:, None])[inside]
            scored.update(zip(group.tolist(), scores, strict=True))
        for number in _not_trees(heads, lengths):
            start, length = starts[number], lengths[number]
            heads[start : start + length] = start + _mended(scored[number][:length, :length])
        return heads

    def _linear(self, states: Matrix, name: str) -> Matrix:
        product: Matrix = states @ self._w[f"{name}.weight"].T
        product += self._w[f"{name}.bias"]
        return product

    def _normed(self, states: Matrix, name: str) -> Matrix:
        centred: Matrix = states - states.mean(1, keepdims=True)
        squares = np.einsum("ij,ij->i", centred, centred) / states.shape[1]
        centred *= (1 / np.sqrt(squares + 1e-5))[:, None]
        centred *= self._w[f"{name}.weight"]
        centred += self._w[f"{name}.bias"]
        return centred


def _unpacked(tensors: dict[str, NDArray[Any]], name: str) -> Matrix:
    """A tensor in single precision; those kept in bytes have a scale beside them."""
    scale = tensors.get(f"{name}:scale")
    full = tensors[name].astype(np.float32)
    return full if scale is None else full * scale.astype(np.float32)


class _Edges:
    """Where sentences begin and end among the words of an article."""

    def __init__(self, lengths: Indices) -> None:
        places = np.arange(lengths.sum())
        ends = np.repeat(np.cumsum(lengths), lengths)
        self._to_end = ends - places - 1
        self._from_start = places - ends + np.repeat(lengths, lengths)

    def mixed(self, here: Matrix, before: Matrix, after: Matrix, reach: int) -> Matrix:
        """The sum of what each word, and those so far before and after it, give to it.

        What words give beyond their sentence is written over with zeros.
        """
        before[self._to_end < reach] = 0
        after[self._from_start < reach] = 0
        mixed = here.copy()
        mixed[reach:] += before[:-reach]
        mixed[:-reach] += after[reach:]
        return mixed


def _of_one_length(lengths: Indices) -> Iterator[Indices]:
    """The numbers of the sentences in groups of about one length."""
    order = np.argsort(lengths, kind="stable")
    order = order[lengths[order] > 0]
    start = 0
    for stop in range(1, len(order) + 1):
        full = stop == len(order) or lengths[order[stop]] > 1.25 * lengths[order[start]] + 2
        if full:
            yield order[start:stop]
            start = stop


def _not_trees(heads: Indices, lengths: Indices) -> list[int]:
    """The numbers of the sentences whose words do not all hang on one root."""
    top, numbers = heads, np.repeat(np.arange(len(lengths)), lengths)
    for _ in range(int(lengths.max()).bit_length()):
        top = top[top]
    n_roots = np.bincount(numbers[heads == np.arange(len(heads))], minlength=len(lengths))
    n_loose = np.bincount(numbers[heads[top] != top], minlength=len(lengths))
    bad: list[int] = np.flatnonzero((lengths > 0) & ((n_roots != 1) | (n_loose > 0))).tolist()
    return bad


def _mended(scores: Matrix) -> Indices:
    """Heads that make a tree, found greedily: rings are opened where it costs least."""
    root = int(scores.diagonal().argmax())
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads: Indices = scores.argmax(1)
    heads[root] = root
    while (ring := _ring(heads, root)) is not None:
        outside = scores[ring].copy()
        outside[:, _below(heads, ring)] = -np.inf
        loss = outside.max(1) - scores[ring, heads[ring]]
        word = int(loss.argmax())
        heads[ring[word]] = outside[word].argmax()
    return heads


def _ring(heads: Indices, root: int) -> list[int] | None:
    """Words that depend on each other in a ring, if any do."""
    known = {root}
    for start in range(len(heads)):
        path: list[int] = []
        word = start
        while word not in known and word not in path:
            path.append(word)
            word = int(heads[word])
        if word in path:
            return path[path.index(word) :]
        known.update(path)
    return None


def _below(heads: Indices, ring: Sequence[int]) -> list[int]:
    """The words of a ring and all that depend on them."""
    found = set(ring)
    while more := {n for n, head in enumerate(heads.tolist()) if head in found} - found:
        found |= more
    return sorted(found)


def _trees(
    sentences: Sequence[tuple[Word, ...]], heads: Sequence[int], *columns: Sequence[str]
) -> Iterator[Tree]:
    start = 0
    for words in sentences:
        stop = start + len(words)
        own = [head - start for head in heads[start:stop]]
        tags, roles, kinds = (column[start:stop] for column in columns)
        yield Tree(words, tags, own, roles, kinds, children_of(own))
        start = stop


def children_of(heads: Sequence[int]) -> list[list[int]]:
    """For each word those that depend on it, in order; a root is its own head."""
    children: list[list[int]] = [[] for _ in heads]
    for number, head in enumerate(heads):
        if head != number:
            children[head].append(number)
    return children
