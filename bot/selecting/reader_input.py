"""Turns a question and passages into the token numbers that the reader's network takes.

One row a passage: [CLS] question [SEP] title [SEP] sentences [SEP], each sentence with its speaker
in front where it carries a statement. Knows nothing of weights or scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer

from bot.selecting.reader_model import Packed

CLS, SEP = 101, 102
QUESTION_TOKENS = 64
TITLE_TOKENS = 32
TOKENS = 256


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage as the reader sees it. `speakers`: whose words each sentence carries, or None."""

    title: str | None
    sentences: tuple[str, ...]
    speakers: tuple[str | None, ...]

    def __post_init__(self) -> None:
        if len(self.sentences) != len(self.speakers):
            raise ValueError(f"{len(self.sentences)} sentences, {len(self.speakers)} speakers")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token stands: characters of a sentence of its passage."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One passage in tokens.

    `sentences` numbers each token's sentence (-1: none); `places` is None for tokens that are not a
    sentence's own words.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    sentences: tuple[int, ...]
    places: tuple[Place | None, ...]


def read_tokenizer(folder: Path) -> Tokenizer:
    """Load the embedder's tokenizer, which cuts and pads nothing here."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokenize(
    tokenizer: Tokenizer, question: str, passages: Sequence[ReadPassage]
) -> list[TokenRow]:
    """Cut the question and every passage into tokens; words beyond the limit are left out."""
    texts = [question]
    for passage in passages:
        texts.append(passage.title or "")
        texts += map(_tagged, passage.speakers, passage.sentences)
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    rows, begin = [], 1
    for passage in passages:
        end = begin + 1 + len(passage.sentences)
        rows.append(_row(encodings[0], encodings[begin:end], passage))
        begin = end
    return rows


def _tagged(speaker: str | None, sentence: str) -> str:
    return f"{speaker}: {sentence}" if speaker else sentence


def _row(question: Encoding, parts: Sequence[Encoding], passage: ReadPassage) -> TokenRow:
    asked = [CLS, *question.ids[:QUESTION_TOKENS], SEP]
    ids = [*asked, *parts[0].ids[:TITLE_TOKENS], SEP]
    sentences: list[int] = [-1] * len(ids)
    places: list[Place | None] = [None] * len(ids)
    for number, encoding in enumerate(parts[1:]):
        speaker = passage.speakers[number]
        shift = len(speaker) + 2 if speaker else 0
        ids += encoding.ids
        sentences += [number] * len(encoding.ids)
        places += [
            Place(number, start - shift, end - shift) if start >= shift else None
            for start, end in encoding.offsets
        ]
    kept = TOKENS - 1
    ids = [*ids[:kept], SEP]
    types = [0] * len(asked) + [1] * (len(ids) - len(asked))
    return TokenRow(tuple(ids), tuple(types), (*sentences[:kept], -1), (*places[:kept], None))


def lay_out(rows: Sequence[TokenRow], counts: Sequence[int]) -> Packed:
    """Lay rows end to end; `counts` are sentences a passage."""
    segments: list[int] = []
    base = 0
    for row, count in zip(rows, counts, strict=True):
        segments += [base + number if number >= 0 else -1 for number in row.sentences]
        base += count
    return Packed(
        torch.tensor([token for row in rows for token in row.ids]),
        torch.tensor([kind for row in rows for kind in row.types]),
        torch.tensor([position for row in rows for position in range(len(row.ids))]),
        torch.tensor(segments),
        tuple(len(row.ids) for row in rows),
        base,
    )
