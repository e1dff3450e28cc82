"""The reader's network in torch, for training; `reading.reader_model` runs the result.

Sequences are packed without padding; attention stays within each. Knows nothing of text: token ids
in, logits out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.selecting.reading.reader_input import TYPES, TokenRow
from index.archive.embedding.encoder import HEADS, LAYERS, WIDTH, Tensors

SCALE = (WIDTH // HEADS) ** -0.5
VOCABULARY = 30522
POSITIONS = 512


@dataclass(frozen=True, slots=True)
class PackedPassages:
    """Sequences laid end to end.

    `segments` gives each token the number of its sentence in the pack, or -1; `sentences` counts
    them. `lengths` are tokens a sequence.
    """

    ids: Tensor
    types: Tensor
    positions: Tensor
    segments: Tensor
    lengths: tuple[int, ...]
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

    def states(
        self, ids: Tensor, types: Tensor, positions: Tensor, lengths: Sequence[int]
    ) -> tuple[Tensor, Tensor]:
        """The vectors of all tokens, and of each sequence's first."""
        x = self.words(ids) + self.positions(positions) + self.types(types)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, lengths)
        return x, x[torch.tensor([0, *lengths[:-1]]).cumsum(0)]


class ReaderNetwork(Encoder):
    """The encoder with a sentence head, a passage head and a span head."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__(TYPES, dropout)
        self.sentence = nn.Linear(WIDTH, 1)
        self.answer = nn.Linear(WIDTH, 1)
        self.span = nn.Linear(WIDTH, 2)

    def forward(self, packed: PackedPassages) -> TrainingLogits:
        """Read every sequence of the pack."""
        x, firsts = self.states(packed.ids, packed.types, packed.positions, packed.lengths)
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
    return PackedPassages(
        torch.tensor([token for row in rows for token in row.ids]),
        torch.tensor([kind for row in rows for kind in row.types]),
        torch.tensor([position for row in rows for position in range(len(row.ids))]),
        torch.tensor(segments),
        tuple(len(row.ids) for row in rows),
        base,
    )


def first_weights(embedder: Tensors) -> dict[str, Tensor]:
    """The embedder's tensors under this network's names, without the heads."""
    weights = {name: torch.from_numpy(array) for name, array in embedder.items()}
    types = weights["types.weight"]
    return {**weights, "types.weight": torch.cat([types, types[1:]])}
