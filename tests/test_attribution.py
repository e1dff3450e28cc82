"""Law 3: the right words attributed to the wrong speaker are as wrong as invented words.

Tables of kinds of trouble, ten texts or so each: whose each piece of a text is, and whose it must
not be. `attribution.jsonl` was written by somebody who does not know the rules, the others by
those who wrote them, before what failed there was mended. What fails is named.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from index.document import read_document
from index.language.folding import fold
from index.language.names import TITLES
from index.schema import Person, Statement

# What is reached so far; raised with the rules until it is what is asked, .98.
REACHED = {
    "attribution": 0.93,
    "attribution_more": 0.96,
    "attribution_third": 0.93,
    "attribution_fourth": 0.93,
    "attribution_fifth": 0.96,
}
_UNNAMED = frozenset("he she they it we i you who".split())


def _words(name: str) -> list[str]:
    words = [word for word in fold(name) if word not in ("the", "a", "an")]
    return [word for word in words if word not in TITLES] or words


def _is_same(name: str, other: str) -> bool:
    return _words(name) == _words(other)


def _is_named(statement: Statement) -> bool:
    name = statement.speaker.name if statement.speaker else ""
    return bool(name) and name.lower() not in _UNNAMED and not name[0].islower()


def _misses(row: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    """For each thing that a text should show: whether it does, and what it shows instead."""
    text, document = row["text"], read_document(row["text"])
    statements = document.statements

    def carrying(words: str) -> list[Statement]:
        start = text.index(words)
        return [
            s
            for s in statements
            if any(p.start <= start and start + len(words) <= p.end for p in s.content)
        ]

    for said in row["says"]:
        found = [s for s in carrying(said["words"]) if s.modality == said.get("modality")]
        names = [s.speaker.name for s in found if s.speaker]
        wanted = said.get("speakers") or [said["speaker"]]
        right = (
            not any(map(_is_named, found))
            if said["speaker"] is None
            else any(_is_same(name, said["speaker"]) for name in names)
            or all(any(w.lower() in name.lower() for name in names) for w in wanted)
        )
        yield right, f"{row['id']}: {said['words']!r} is {said['speaker']}'s, not {names}"
    for kept in row["not"]:
        plain = [s.speaker.name for s in carrying(kept["words"]) if s.speaker and not s.modality]
        wrong = [n for n in plain if kept["speaker"] == "*" or _is_same(n, kept["speaker"])]
        yield not wrong, f"{row['id']}: {kept['words']!r} is not {wrong}'s"
    if "people" in row:
        yield from _misnamed(row, document.people)


def _misnamed(row: dict[str, Any], people: Sequence[Person]) -> Iterator[tuple[bool, str]]:
    """For each that should be listed whether they are, as what they are; and for each other."""
    left = list(people)
    for wanted in row["people"]:
        found = next((p for p in left if _is_same(p.name, wanted["name"])), None)
        if found is not None:
            left.remove(found)
        right = found is not None and found.kind == wanted["kind"]
        yield right, f"{row['id']}: {wanted['name']} is a {wanted['kind']}, not {found}"
    for other in left:
        yield False, f"{row['id']}: {other.name} is nobody to list"


@pytest.mark.parametrize("table", REACHED)
def test_words_stay_with_the_speakers_that_they_came_from(table: str) -> None:
    path = Path(__file__).with_name(f"{table}.jsonl")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = [one for row in rows for one in _misses(row)]
    misses = [told for right, told in found if not right]
    assert len(misses) <= (1 - REACHED[table]) * len(found), "\n".join(misses)
