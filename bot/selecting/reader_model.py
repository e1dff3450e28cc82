"""The reader's network: six transformer layers over question and passage, and four small heads.

Sequences are packed end to end, so no work is spent on padding; attention stays inside each
sequence. Knows nothing of text: token numbers in, logits out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

LAYERS = 6
WIDTH = 384
HEADS = 12
SCALE = (WIDTH // HEADS) ** -0.5
VOCABULARY = 30522
POSITIONS = 512


@dataclass(frozen=True, slots=True)
class Packed:
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
class Logits:
    """What the heads say: one number a sentence, one a sequence, two a token."""

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


class Network(nn.Module):
    """BERT's encoder with a sentence head, a passage head and a span head."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.sentence = nn.Linear(WIDTH, 1)
        self.answer = nn.Linear(WIDTH, 1)
        self.span = nn.Linear(WIDTH, 2)

    def forward(self, packed: Packed) -> Logits:
        """Read every sequence of the pack."""
        x = self.words(packed.ids) + self.positions(packed.positions) + self.types(packed.types)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, packed.lengths)
        means = _segment_means(x, packed.segments, packed.sentences)
        firsts = torch.tensor([0, *packed.lengths[:-1]]).cumsum(0)
        spans = self.span(x).float()
        return Logits(
            self.sentence(self.dropout(means)).squeeze(-1).float(),
            self.answer(self.dropout(x[firsts])).squeeze(-1).float(),
            spans[:, 0],
            spans[:, 1],
        )


def _segment_means(x: Tensor, segments: Tensor, count: int) -> Tensor:
    inside = segments >= 0
    where = segments[inside]
    sums = x.new_zeros(count, WIDTH).index_add(0, where, x[inside])
    sizes = torch.bincount(where, minlength=count).clamp(min=1).to(x.dtype)
    return sums / sizes.unsqueeze(1)


def from_bert(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Rename a BERT checkpoint's tensors to ours; the heads are not in it."""
    renamed = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "types.weight": weights["embeddings.token_type_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        for kind in ("weight", "bias"):
            theirs = f"encoder.layer.{number}."
            heads = [
                weights[f"{theirs}attention.self.{n}.{kind}"] for n in ("query", "key", "value")
            ]
            ours = f"layers.{number}."
            renamed[f"{ours}qkv.{kind}"] = torch.cat(heads)
            for new, old in _RENAMED.items():
                renamed[f"{ours}{new}.{kind}"] = weights[f"{theirs}{old}.{kind}"]
    return renamed


_RENAMED = {
    "mix": "attention.output.dense",
    "mix_norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}
