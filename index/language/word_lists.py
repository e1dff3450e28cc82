"""Reads word lists, in the folder `data` of a package: UTF-8, `#` opens a comment line.

A table has its columns parted by tabs and a line of headings; a list has words parted by space.
"""

import re
from functools import cache
from importlib.resources import files


def read_lines(name: str, package: str = "index.language") -> list[str]:
    """The lines that are no comments."""
    text = files(package).joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def read_table(name: str, package: str = "index.language") -> list[list[str]]:
    """The rows of a table, without its headings."""
    return [line.split("\t") for line in read_lines(name, package)[1:]]


@cache
def _word_sets(package: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in read_table("word_sets.tsv", package)}


def word_set(name: str, package: str = "index.language") -> frozenset[str]:
    """The words of a set of `word_sets.tsv`."""
    return _word_sets(package)[name]


def read_list(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(word for line in read_lines(name) for word in line.split())


def abroad(*kinds: str) -> str:
    """A pattern of what pages in other languages say of these kinds."""
    rows = read_table("page_phrases.tsv")
    phrases = (each for kind, _, listed in rows if kind in kinds for each in listed.split("|"))
    ways = (re.escape(each).replace("'", "['’]").replace(r"\ ", r"\s") for each in phrases)
    return rf"(?:{'|'.join(ways)})(?!\w)"
