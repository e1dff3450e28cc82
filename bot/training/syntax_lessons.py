"""Training examples for the parser: sentences that a larger parser has analysed, in our tokens.

The teacher is spaCy's `en_core_web_sm` (MIT), needed for nothing else. It sees whole sentences; its
analysis of a quotation is collapsed into the one token that a quotation is here. Knows nothing of
the network.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.training.reader_lessons import json_lines
from index.attribution.layout.sentences import split_sentences
from index.language.quotations import find_quotations, quotations_by_sentence
from index.language.syntax import MAX_WORDS, spelling
from index.language.words import Word, split_words

QUOTATION = "QUOTE"  # the tag of a whole quotation
KINDS = ("", "person", "body", "place", "people", "time", "thing")
_KIND_OF = {
    "PERSON": "person", "ORG": "body", "GPE": "place", "LOC": "place", "FAC": "place",
    "NORP": "people", "DATE": "time", "TIME": "time", "PRODUCT": "thing", "EVENT": "thing",
    "WORK_OF_ART": "thing", "LAW": "thing",
}  # fmt: skip
_HYPHEN = re.compile(r"(-)")
_HELD_OUT = 10  # one news article in so many is never learned


@dataclass(frozen=True, slots=True)
class SyntaxLesson:
    """A sentence: spellings, and for each its tag, head, role and kind of name."""

    spellings: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    roles: tuple[str, ...]
    kinds: tuple[str, ...]


class Teacher(Protocol):
    """What is used of a spaCy pipeline."""

    vocab: Any

    def pipe(self, texts: Iterable[Any]) -> Iterator[Any]:
        """Analyse documents, in order."""


def read_texts(data: Path) -> Iterator[tuple[str, str, bool]]:
    """(id, text, whether it is news) of what may be learned from: see `data/SYNTAX_CARD.md`."""
    for row in json_lines(data / "newsroom/articles.jsonl"):
        yield row["id"], row["body"], True
    for row in json_lines(data / "questions/articles.jsonl"):
        if row["part"] == "train":
            yield row["id"], row["body"], True
    passages = {
        row["context"]: row["paragraph"]
        for name in ("squad_sentences/questions.jsonl", "reader_training/new_wiki.jsonl.gz")
        for row in json_lines(data / name)
    }
    passages |= {
        " ".join(row["sentences"]): row["id"]
        for row in json_lines(data / "clapnq_sentences/questions.jsonl")
    }
    for text, name in passages.items():
        yield name, text, False


def is_held_out(article_id: str) -> bool:
    """Whether an article's sentences are for measuring only."""
    return zlib.crc32(article_id.encode()) % _HELD_OUT == 0


def make_lessons(teacher: Teacher, text: str) -> Iterator[SyntaxLesson]:
    """The lessons of a text, one a sentence."""
    sentences = split_sentences(text)
    inside = quotations_by_sentence(sentences, find_quotations(text))
    pairs = [
        (split_words(text, s.span), split_words(text, s.span, q))
        for s, q in zip(sentences, inside, strict=True)
    ]
    pairs = [(full, folded) for full, folded in pairs if 0 < len(full) <= 2 * MAX_WORDS]
    parsed = teacher.pipe(_document(teacher, full) for full, _ in pairs)
    for document, (full, folded) in zip(parsed, pairs, strict=True):
        if 0 < len(folded) <= MAX_WORDS:
            yield _lesson(document, full, folded)


def _document(teacher: Teacher, words: Sequence[Word]) -> Any:  # noqa: ANN401 - spaCy's, if there
    from spacy.tokens import Doc

    pieces: list[str] = []
    spaces: list[bool] = []
    for number, word in enumerate(words):
        split = _pieces(word)
        after = words[number + 1].start if number + 1 < len(words) else word.end
        pieces += split
        spaces += [False] * (len(split) - 1) + [after > word.end]
    document = Doc(teacher.vocab, words=pieces, spaces=spaces)
    for token in document:
        token.is_sent_start = token.i == 0
    return document


def _pieces(word: Word) -> list[str]:
    """A word as the teacher has it: "well-known" is three to it."""
    parts = [part for part in _HYPHEN.split(spelling(word)) if part]
    hyphened = len(parts) > 2 and all(part == "-" or part[0].isalpha() for part in parts)
    return parts if hyphened else [spelling(word)]


def _lesson(document: Any, full: Sequence[Word], folded: Sequence[Word]) -> SyntaxLesson:  # noqa: ANN401
    outer = _outer(full, folded)
    above = [outer[n] for n, word in enumerate(full) for _ in _pieces(word)]
    depths = [_depth(token) for token in document]
    heads: list[Any] = [None] * len(folded)
    for token in document:
        rank = (token.dep_ == "punct", depths[token.i])
        best = heads[above[token.i]]
        if best is None or rank < (best.dep_ == "punct", depths[best.i]):
            heads[above[token.i]] = token
    numbers = tuple(above[token.head.i] for token in heads)
    return SyntaxLesson(
        tuple(spelling(word) for word in folded),
        tuple(
            QUOTATION if word.is_quotation else token.tag_
            for word, token in zip(folded, heads, strict=True)
        ),
        numbers,
        tuple(
            "ROOT" if n == h else t.dep_
            for n, (h, t) in enumerate(zip(numbers, heads, strict=True))
        ),
        tuple(
            "" if word.is_quotation else _KIND_OF.get(token.ent_type_, "")
            for word, token in zip(folded, heads, strict=True)
        ),
    )


def _outer(full: Sequence[Word], folded: Sequence[Word]) -> list[int]:
    """For each word the number of the one that it is part of where quotations are one word."""
    found, number = [], 0
    for word in full:
        while folded[number].end < word.end:
            number += 1
        found.append(number)
    return found


def _depth(token: Any) -> int:  # noqa: ANN401
    depth = 0
    while token.head.i != token.i:
        token, depth = token.head, depth + 1
    return depth


def write_lessons(path: Path, lessons: Iterable[tuple[str, bool, list[SyntaxLesson]]]) -> None:
    """Keep the lessons of texts, given as (id, whether it is news, lessons): a line a text."""
    with path.open("w", encoding="utf-8") as file:
        for name, is_news, found in lessons:
            record = {"id": name, "news": is_news, "lessons": [asdict(one) for one in found]}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def read_lessons(path: Path) -> Iterator[tuple[str, bool, list[SyntaxLesson]]]:
    """What `write_lessons` kept."""
    for row in json_lines(path):
        lessons = [SyntaxLesson(**{k: tuple(v) for k, v in one.items()}) for one in row["lessons"]]
        yield row["id"], row["news"], lessons
