"""The reader's network in torch and its loss, for training; `reading.reader` runs the result.

Sequences are packed without padding; attention stays within each: token ids in, logits out. Batches
are whole lessons, so that a question's sentences compete with one another. Knows nothing of files
or data sets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from bot.selecting.reading.reader_input import TYPES, TokenRow, tokenize
from bot.training.reader_lessons import IGNORED, Example, Lesson
from index.archive.embedding.encoder import HEADS, LAYERS, WIDTH, Tensors

SCALE = (WIDTH // HEADS) ** -0.5
VOCABULARY = 30522
POSITIONS = 512
FORGOTTEN = -1


@dataclass(frozen=True, slots=True)
class Packed:
    """Sequences of tokens laid end to end; `lengths` are tokens a sequence."""

    ids: Tensor
    types: Tensor
    positions: Tensor
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, ids: Sequence[Sequence[int]], types: Sequence[Sequence[int]]) -> "Packed":
        """Lay sequences end to end, each with the types of its tokens."""
        places = [range(len(row)) for row in ids]
        laid = [torch.tensor([*chain.from_iterable(rows)]) for rows in (ids, types, places)]
        return cls(laid[0], laid[1], laid[2], tuple(map(len, ids)))


@dataclass(frozen=True, slots=True)
class PackedPassages:
    """Passages laid end to end.

    `segments` gives each token the number of its sentence in the pack, or -1; `sentences` counts
    them.
    """

    tokens: Packed
    segments: Tensor
    sentences: int


@dataclass(frozen=True, slots=True)
class TrainingLogits:
    """The outputs of the heads: one a sentence, one a sequence, two a token."""

    sentences: Tensor
    answers: Tensor
    starts: Tensor
    ends: Tensor


class Layer(nn.Module):
    """One transformer layer of BERT, over packed sequences."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mix_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, lengths: Sequence[int]) -> Tensor:
        """Give every token the next layer's vector."""
        x = self.mix_norm(x + self.mix(self._attend(x, lengths)))
        wide = functional.gelu(self.widen(x))
        out: Tensor = self.norm(x + self.dropout(self.narrow(wide)))
        return out

    def _attend(self, x: Tensor, lengths: Sequence[int]) -> Tensor:
        heads = self.qkv(x).view(-1, 3, HEADS, WIDTH // HEADS)
        read = []
        for part in torch.split(heads, list(lengths)):
            query, key, value = part.permute(1, 2, 0, 3).contiguous().unbind(0)
            # Spelt out, and the softmax in 32 bits: on a CPU twice as fast as the fused kernel.
            chances = torch.softmax(query * SCALE @ key.mT, dim=-1, dtype=torch.float32)
            read.append((chances.to(value.dtype) @ value).transpose(0, 1).reshape(-1, WIDTH))
        return torch.cat(read)


class Encoder(nn.Module):
    """BERT's encoder over packed sequences, whose tokens are of so many types."""

    def __init__(self, n_types: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(n_types, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def states(self, packed: Packed) -> tuple[Tensor, Tensor]:
        """The vectors of all tokens, and of each sequence's first."""
        x = self.words(packed.ids) + self.positions(packed.positions) + self.types(packed.types)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, packed.lengths)
        return x, x[torch.tensor([0, *packed.lengths[:-1]]).cumsum(0)]


class ReaderNetwork(Encoder):
    """The encoder with a sentence head, a passage head and a span head."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__(TYPES, dropout)
        self.sentence = nn.Linear(WIDTH, 1)
        self.answer = nn.Linear(WIDTH, 1)
        self.span = nn.Linear(WIDTH, 2)

    def forward(self, packed: PackedPassages) -> TrainingLogits:
        """Read every sequence of the pack."""
        x, firsts = self.states(packed.tokens)
        means = _segment_means(x, packed.segments, packed.sentences)
        spans = self.span(x).float()
        return TrainingLogits(
            self.sentence(self.dropout(means)).squeeze(-1).float(),
            self.answer(self.dropout(firsts)).squeeze(-1).float(),
            spans[:, 0],
            spans[:, 1],
        )


def _segment_means(x: Tensor, segments: Tensor, count: int) -> Tensor:
    inside = segments >= 0
    where = segments[inside]
    sums = x.new_zeros(count, WIDTH).index_add(0, where, x[inside])
    sizes = torch.bincount(where, minlength=count).clamp(min=1).to(x.dtype)
    return sums / sizes.unsqueeze(1)


def lay_out(rows: Sequence[TokenRow]) -> PackedPassages:
    """Lay rows end to end."""
    segments: list[int] = []
    base = 0
    for row in rows:
        segments += [base + number if number >= 0 else -1 for number in row.sentences]
        base += row.count
    tokens = Packed.of([row.ids for row in rows], [row.types for row in rows])
    return PackedPassages(tokens, torch.tensor(segments), base)


def first_weights(embedder: Tensors) -> dict[str, Tensor]:
    """The embedder's tensors under this network's names, without the heads."""
    weights = {name: torch.from_numpy(array) for name, array in embedder.items()}
    types = weights["types.weight"]
    return {**weights, "types.weight": torch.cat([types, types[1:]])}


@dataclass(frozen=True, slots=True)
class Batch:
    """Packed sequences and their targets.

    `read` marks the sentences within the length limit whose target is known; `lesson` numbers each
    sentence's question; `starts` and `ends` are positions in each sequence (0: no short answer; -1:
    unknown).
    """

    packed: PackedPassages
    targets: Tensor
    read: Tensor
    lesson: Tensor
    answers: Tensor
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def make_batch(lessons: Sequence[Lesson], tokenizer: Tokenizer) -> Batch:
    """Tokenize every example of the lessons and pack them."""
    examples = [example for lesson in lessons for example in lesson]
    numbers = [number for number, lesson in enumerate(lessons) for _ in lesson]
    cut = [tokenize(tokenizer, e.question, [e.passage])[0] for e in examples]
    pack = lay_out(cut)
    targets = torch.tensor([t for e in examples for t in e.targets])
    inside = torch.bincount(pack.segments[pack.segments >= 0], minlength=pack.sentences) > 0
    spans = [_short_tokens(e, c) for e, c in zip(examples, cut, strict=True)]
    return Batch(
        pack,
        targets,
        inside & (targets >= 0),
        torch.tensor([n for n, e in zip(numbers, examples, strict=True) for _ in e.targets]),
        torch.tensor([_answers(e.targets) for e in examples]),
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
    )


def _answers(targets: Sequence[float]) -> float:
    if max(targets) > 0:
        return 1.0
    return IGNORED if min(targets) < 0 else 0.0


def _short_tokens(example: Example, cut: TokenRow) -> tuple[int, int]:
    if example.spanless:
        return FORGOTTEN, FORGOTTEN
    if example.short is None:
        return 0, 0
    sentence, start, end = example.short
    inside = [
        number
        for number, place in enumerate(cut.places)
        if place and place.sentence == sentence and place.start < end and place.end > start
    ]
    return (inside[0], inside[-1]) if inside else (FORGOTTEN, FORGOTTEN)


def loss(logits: TrainingLogits, batch: Batch) -> Tensor:
    """The sum of the losses: per sentence, between sentences, per passage, and of the span."""
    read = batch.read
    wrong = functional.binary_cross_entropy_with_logits(
        logits.sentences[read], batch.targets[read], reduction="sum"
    ) / max(int(read.sum()), 1)
    known = batch.answers >= 0
    passage = functional.binary_cross_entropy_with_logits(
        logits.answers[known], batch.answers[known], reduction="sum"
    ) / len(known)
    return wrong + 0.5 * _ranking(logits, batch) + 0.4 * passage + 0.2 * _spans(logits, batch)


def _ranking(logits: TrainingLogits, batch: Batch) -> Tensor:
    """The loss of a question's sentences against one another, and against "none" at logit 0."""
    losses = []
    for number in range(int(batch.lesson.max()) + 1):
        inside = (batch.lesson == number) & batch.read
        wanted = functional.pad(batch.targets[inside], (1, 0))
        wanted[0] = float(wanted.max() == 0)
        chances = functional.log_softmax(functional.pad(logits.sentences[inside], (1, 0)), dim=0)
        losses.append(-(wanted * chances).sum() / wanted.sum())
    return torch.stack(losses).mean()


def _spans(logits: TrainingLogits, batch: Batch) -> Tensor:
    losses = []
    lengths = list(batch.packed.tokens.lengths)
    for wanted, every in ((batch.starts, logits.starts), (batch.ends, logits.ends)):
        for place, tokens in zip(wanted, torch.split(every, lengths), strict=True):
            if place != FORGOTTEN:
                losses.append(functional.cross_entropy(tokens, torch.tensor(place)))
    return torch.stack(losses).mean() if losses else logits.starts.sum() * 0
