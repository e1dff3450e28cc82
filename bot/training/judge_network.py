"""The judge's network in torch, for training; `bot.drafting.checking.judge` runs the result.

Rows are packed without padding. Knows nothing of text: token ids in, logits out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from bot.drafting.checking.judge_input import DraftRow, Standing
from bot.training.reader_network import Encoder
from index.archive.embedding.encoder import WIDTH

_EVIDENCE = (Standing.EVIDENCE, Standing.SHARED)


@dataclass(frozen=True, slots=True)
class PackedDrafts:
    """Rows laid end to end; `lengths` are tokens a row."""

    ids: Tensor
    standings: Tensor
    positions: Tensor
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class JudgeLogits:
    """`carried`: one a row, higher is better. `wrong`: one a token, higher is worse."""

    carried: Tensor
    wrong: Tensor


class JudgeNetwork(Encoder):
    """BERT's encoder, whose types of tokens are standings, and two heads."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__(len(Standing), dropout)
        self.carried = nn.Linear(WIDTH, 1)
        self.wrong = nn.Linear(WIDTH, 1)

    def forward(self, packed: PackedDrafts) -> JudgeLogits:
        """Judge every row of the pack."""
        x, firsts = self.states(packed.ids, packed.standings, packed.positions, packed.lengths)
        return JudgeLogits(
            self.carried(self.dropout(firsts)).squeeze(-1).float(),
            self.wrong(self.dropout(x)).squeeze(-1).float(),
        )


def begin_from(weights: Mapping[str, Tensor], dropout: float) -> JudgeNetwork:
    """A network with another encoder's layers, to learn from there; the heads begin at random.

    `weights` has the tensors of an encoder with two types of tokens: of a first and a second text.
    """
    network = JudgeNetwork(dropout)
    first, second = weights["types.weight"][0], weights["types.weight"][1]
    types = torch.stack([second if standing in _EVIDENCE else first for standing in Standing])
    known = {name: tensor for name, tensor in weights.items() if name in network.state_dict()}
    network.load_state_dict({**known, "types.weight": types}, strict=False)
    # The word vectors stay the embedder's own, so that they need not ship twice.
    network.words.weight.requires_grad_(False)
    return network


def lay_out(rows: Sequence[DraftRow]) -> PackedDrafts:
    """Lay rows end to end."""
    return PackedDrafts(
        torch.tensor([token for row in rows for token in row.ids]),
        torch.tensor([standing for row in rows for standing in row.standings]),
        torch.tensor([position for row in rows for position in range(len(row.ids))]),
        tuple(len(row.ids) for row in rows),
    )
