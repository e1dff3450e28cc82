"""Training examples for the reader: questions with passages that answer them and that do not.

From the shared data sets (the README of each folder names its licence). Knows nothing of the
network.
"""

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.selecting.reading.reader_input import ReadPassage
from index.schema import Article

SIZE = 5
IGNORED = -1.0
SQUAD_HELD_OUT = frozenset(
    ["Computational_complexity_theory", "Huguenot", "Force", "1973_oil_crisis"]
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question on one passage.

    `targets` is the wanted probability of each sentence, or IGNORED if unknown.
    """

    question: str
    passage: ReadPassage
    targets: tuple[float, ...]
    short: tuple[int, int, int] | None = None
    spanless: bool = False  # the short answer is unknown: do not teach one


Lesson = tuple[Example, ...]


def json_lines(path: Path) -> Iterator[Any]:
    """Read one record a line, from a plain or gzipped file."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def to_article(record: Mapping[str, Any]) -> Article:
    """The article in a record of the data sets; some records name no author."""
    known = {"author": None, **record}
    details = (known[key] for key in ("title", "author", "source", "published", "url"))
    return Article(record["id"], record["body"], *details)


@dataclass(frozen=True, slots=True)
class SquadRecord:
    """A question of a SQuAD-like set on its paragraph."""

    question: str
    paragraph: str
    title: str | None
    sentences: tuple[str, ...]
    right: frozenset[int]
    short: tuple[int, int, int] | None


def squad_records(path: Path, titled: bool) -> list[SquadRecord]:
    """Read a SQuAD-like file; `titled` where paragraphs are named after an article."""
    return [_squad_record(row, titled) for row in json_lines(path)]


def _squad_record(row: dict[str, Any], titled: bool) -> SquadRecord:
    spans, context = row["sentences"], row["context"]
    name = row["paragraph"].rsplit("/", 1)[0]
    short = _short(row["answers"], spans) if row["answers"] else None
    return SquadRecord(
        " ".join(row["question"].split()),
        row["paragraph"],
        name.replace("_", " ") if titled else None,
        tuple(context[start:end].strip() for start, end in spans),
        frozenset(row["answer_sentence_indexes"]),
        short,
    )


def _short(answers: Sequence[Any], spans: Sequence[Sequence[int]]) -> tuple[int, int, int] | None:
    pairs = [
        (a["start"], a["start"] + len(a["text"])) if isinstance(a, dict) else a for a in answers
    ]
    start, end = min(pairs, key=lambda pair: pair[1] - pair[0])
    for number, (first, last) in enumerate(spans):
        if first <= start and end <= last:
            return (number, start - first, end - first)
    return None


def windowed(record: SquadRecord, chance: random.Random, centre: int | None) -> Example:
    """Cut a window of about five sentences, around sentence `centre` where one is given."""
    size = chance.choice((4, 5, 5, 6))
    last = max(len(record.sentences) - size, 0)
    if centre is None:
        begin = chance.randint(0, last)
    else:
        begin = min(max(centre - chance.randint(0, size - 1), 0), last)
    inside = range(begin, min(begin + size, len(record.sentences)))
    texts = tuple(record.sentences[i] for i in inside)
    short = record.short
    kept = (short[0] - begin, *short[1:]) if short and short[0] in inside else None
    passage = ReadPassage(record.title, texts, (None,) * len(texts))
    targets = tuple(float(i in record.right) for i in inside)
    return Example(record.question, passage, targets, kept, spanless=kept is None and any(targets))


class Neighbours:
    """Finds the paragraphs of a set that look most like a question."""

    def __init__(self, records: Sequence[SquadRecord]) -> None:
        self.paragraphs = {record.paragraph: record for record in records}
        self.names = list(self.paragraphs)
        texts = [" ".join((r.title or "", *r.sentences)) for r in self.paragraphs.values()]
        # Here and not above: it takes seconds, and whoever only learns needs none of it.
        from sklearn.feature_extraction.text import (  # type: ignore[import-untyped]
            TfidfVectorizer,
        )

        self._words = TfidfVectorizer(sublinear_tf=True, stop_words=None, min_df=1)
        self._matrix = self._words.fit_transform(texts)

    def near(self, questions: Sequence[str], count: int) -> list[list[SquadRecord]]:
        """The `count` nearest paragraphs of each question, best first."""
        found = []
        for begin in range(0, len(questions), 512):
            scores = self._words.transform(questions[begin : begin + 512]) @ self._matrix.T
            best = np.argsort(-scores.toarray(), axis=1)[:, :count]
            found += [[self.paragraphs[self.names[i]] for i in row] for row in best]
        return found


_NEAR_SHARE = 0.5  # of the questions that are asked of a near paragraph, too
_NAME = re.compile(r"(?<=[\w,’'] )(?:[A-Z][\w’-]+|\d[\d,.]*\d|\d{2,})(?: [A-Z][\w’-]+)*")
_OPPOSITES = dict(
    pair
    for a, b in (
        line.split()
        for line in """first last;before after;most least;highest lowest;more fewer;
        largest smallest;
        north south;east west;increase decrease;increased decreased;won lost;support oppose;
        earliest latest;early late;old new;best worst;start end;began ended;good bad;
        positive negative;male female;men women;minimum maximum;above below;can cannot;
        always never;northern southern;eastern western;like dislike;likes dislikes;true false;
        allowed forbidden;is isn't;are aren't;does doesn't;did didn't;was wasn't""".split(";")
    )
    for pair in ((a, b), (b, a))
)


def falsified(
    record: SquadRecord, others: Sequence[SquadRecord], chance: random.Random
) -> str | None:
    """Ask for what the paragraph does not say: another name or number, or the opposite."""
    names = list(_NAME.finditer(record.question))
    text = " ".join(record.sentences)
    if names and chance.random() < 0.75:
        spot = chance.choice(names)
        source = text if chance.random() < 0.6 else " ".join(chance.choice(others).sentences)
        digits = spot.group()[0].isdigit()
        pool = [
            m.group()
            for m in _NAME.finditer(source)
            if m.group()[0].isdigit() == digits
            and m.group().lower() not in record.question.lower()
            and spot.group().lower() not in m.group().lower()
        ]
        if pool:
            return (
                record.question[: spot.start()]
                + chance.choice(pool)
                + record.question[spot.end() :]
            )
    words = record.question.split(" ")
    spots = [i for i, word in enumerate(words) if word.lower() in _OPPOSITES]
    if not spots:
        return None
    spot_ = chance.choice(spots)
    words[spot_] = _OPPOSITES[words[spot_].lower()]
    return " ".join(words)


def typed(question: str, chance: random.Random) -> str:
    """Type it as people do: the question mark is often left out."""
    return question.rstrip("? .") if chance.random() < 0.5 else question


def shift_lessons(
    records: Sequence[SquadRecord], count: int, chance: random.Random, false_share: float
) -> list[Lesson]:
    """Questions on their own paragraph and, two in three, on a near one that does not answer."""
    chosen = chance.sample(list(records), min(count, len(records)))
    near = Neighbours(records).near([r.question for r in chosen], 6)
    lessons: list[Lesson] = []
    for record, neighbours in zip(chosen, near, strict=True):
        examples = [
            windowed(record, chance, chance.choice(sorted(record.right)) if record.right else None)
        ]
        others = [n for n in neighbours if n.paragraph != record.paragraph]
        if chance.random() < 0.67 and others:
            wrong = others[min(int(chance.expovariate(0.8)), len(others) - 1)]
            examples.append(_blank(windowed(wrong, chance, None), record.question))
        question = typed(record.question, chance)
        lessons.append(tuple(replace(e, question=question) for e in examples))
        made = falsified(record, others, chance) if chance.random() < false_share else None
        if made and others:
            lessons.append((_blank(examples[0], typed(made, chance)),))
    return lessons


def _blank(example: Example, question: str) -> Example:
    nothing = (0.0,) * len(example.targets)
    return replace(example, question=question, targets=nothing, short=None, spanless=False)


def squad2_lessons(records: Sequence[SquadRecord], chance: random.Random) -> list[Lesson]:
    """Questions on their own paragraph, impossible ones among them, and on a near one."""
    near = Neighbours(records).near([r.question for r in records], 5)
    lessons: list[Lesson] = []
    for record, neighbours in zip(records, near, strict=True):
        centre = chance.choice(sorted(record.right)) if record.right else None
        examples = [windowed(record, chance, centre)]
        others = [n for n in neighbours if n.paragraph != record.paragraph]
        if others and chance.random() < _NEAR_SHARE:
            examples.append(_blank(windowed(others[0], chance, None), record.question))
        question = typed(record.question, chance)
        lessons.append(tuple(replace(e, question=question) for e in examples))
    return lessons


def clapnq_lessons(path: Path, chance: random.Random) -> list[Lesson]:
    """Questions on a Wikipedia passage; its picked sentences are the answer."""
    lessons: list[Lesson] = []
    for row in json_lines(path):
        right = {i for answer in row["answers"] for i in answer["sentence_indexes"]}
        record = SquadRecord(
            row["question"],
            row["title"],
            row["title"],
            tuple(row["sentences"]),
            frozenset(right),
            None,
        )
        begins = range(0, len(record.sentences), SIZE)
        windows = [(range(b, min(b + SIZE, len(record.sentences)))) for b in list(begins)[:3]]
        lessons.append(
            tuple(
                Example(
                    record.question,
                    ReadPassage(
                        record.title, tuple(record.sentences[i] for i in w), (None,) * len(w)
                    ),
                    tuple(float(i in right) for i in w),
                    spanless=any(i in right for i in w),
                )
                for w in windows
            )
        )
    return lessons


def squad2_sets(data: Path, held_out: Iterable[str]) -> tuple[list[SquadRecord], list[SquadRecord]]:
    """Both SQuAD 2.0 files' questions: on the titles to train on, and on those held out."""
    files = (
        data / "reader_training/squad2_rest.jsonl.gz",
        data / "squad_sentences/questions.jsonl",
    )
    records = [record for path in files for record in squad_records(path, titled=True)]
    apart = {title.replace("_", " ") for title in held_out}
    return (
        [r for r in records if r.title not in apart],
        [r for r in records if r.title in apart],
    )
