"""A network on its way through a course: its optimiser, rate, checkpoint and precision.

Knows nothing of lessons or losses.
"""

import time
from functools import cache
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

_WARM = 16  # the rate rises over one step of so many, and falls over the rest
_LEAST = 0.02  # of the rate, at the end
_FRESH = 5  # times the rate for layers that begin at random


class Progress:
    """The state of a course; goes on from the checkpoint `saved` where there is one.

    `fresh` begins the names of the parameters that nothing was learned for yet. Parameters that
    want no gradient stay as they are.
    """

    def __init__(
        self, network: nn.Module, rate: float, steps: int, fresh: tuple[str, ...], saved: Path
    ) -> None:
        self.done = 0
        self._network, self._saved = network, saved
        named = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
        known = [p for name, p in named if not name.startswith(fresh)]
        new = [p for name, p in named if name.startswith(fresh)]
        groups = [{"params": known, "lr": rate}, {"params": new, "lr": _FRESH * rate}]
        self._optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        warm = max(steps // _WARM, 1)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimiser,
            lambda n: min((n + 1) / warm, max(_LEAST, (steps - n) / max(steps - warm, 1))),
        )
        if saved.exists():
            self._resume()

    def step(self) -> None:
        """Take one step along the gradients."""
        self._optimiser.step()
        self._schedule.step()
        self._optimiser.zero_grad(set_to_none=True)
        self.done += 1

    def save(self) -> None:
        """Keep everything needed to go on from here; whole or not at all."""
        state = {
            "network": self._network.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "schedule": self._schedule.state_dict(),
            "step": self.done,
        }
        part = self._saved.with_suffix(".part")
        torch.save(state, part)
        part.replace(self._saved)

    def _resume(self) -> None:
        state = torch.load(self._saved)
        self._network.load_state_dict(state["network"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._schedule.load_state_dict(state["schedule"])
        self.done = int(state["step"])


@cache
def is_bfloat16_faster() -> bool:
    """Whether this processor learns faster in bfloat16 than in 32 bits, which only a try tells.

    Some emulate it, and some that have it in hardware take twice as long for the way back.
    """
    return _seconds(bfloat16=True) < _seconds(bfloat16=False)


def _seconds(*, bfloat16: bool) -> float:
    """How long a layer of the encoder's size takes, there and back; the best of four tries."""
    weights, x = torch.randn(1536, 384, requires_grad=True), torch.randn(2048, 384)
    tries = []
    for _ in range(4):
        began = time.thread_time()
        with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            y = functional.linear(x.requires_grad_(), weights)
        torch.autograd.backward(y.float().sum())
        tries.append(time.thread_time() - began)
    return min(tries)
