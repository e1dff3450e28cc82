"""BERT's encoder on this machine's processor: token numbers in, vectors out.

The one door to OpenVINO, which runs the embedder and the reader alike: in bfloat16 where the
processor multiplies that faster, else in 32 bits. Nothing is downloaded or converted: the graph
is put together here around a checkpoint's tensors. Knows nothing of text.
"""

import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# OpenVINO reports to its makers who imports it; where this package is not found it does not.
sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]

import openvino  # noqa: E402
from openvino import opset13 as ops  # noqa: E402

LAYERS = 6
WIDTH = 384
HEADS = 12

Tensors = Mapping[str, NDArray[np.float32]]
Node = Any  # openvino has no one type for what an operation takes and gives

_EPSILON = 1e-12
_MASKED = -3e4  # what is added to the logit of a token that is padding
_SHORT = 0.8  # of the longest row: shorter ones are run apart, so that little work is padding


class Graph:
    """Operations over the tensors of one checkpoint, named as `from_bert` names them.

    Rows of tokens are padded to the longest. Inputs are made when they are first used: `ids` and
    `types` (rows, tokens), `positions` (tokens), `mask` (rows, 1, 1, tokens) and `pool` (rows,
    groups, tokens).
    """

    def __init__(self, tensors: Tensors) -> None:
        self._tensors = tensors
        self._inputs: dict[str, Node] = {}

    def states(self) -> Node:
        """The vectors of the tokens after the last layer: (rows, tokens, WIDTH)."""
        x = self._row("words", self._input("ids", [-1, -1], np.int64))
        x = ops.add(x, self._row("positions", self._input("positions", [-1], np.int64)))
        x = ops.add(x, self._row("types", self._input("types", [-1, -1], np.int64)))
        x = self._norm(x, "norm")
        for number in range(LAYERS):
            x = self._layer(x, f"layers.{number}.")
        return x

    def pooled(self, x: Node) -> Node:
        """Weighted sums of the tokens' vectors: (rows, groups, WIDTH)."""
        return ops.matmul(self._input("pool", [-1, -1, -1], np.float32), x, False, False)

    def first(self, x: Node) -> Node:
        """The vector of each row's first token: (rows, WIDTH)."""
        return ops.gather(x, ops.constant(0), ops.constant(1))

    def linear(self, x: Node, name: str) -> Node:
        """A linear layer of the checkpoint."""
        weight, bias = (self._constant(f"{name}.{kind}") for kind in ("weight", "bias"))
        return ops.add(ops.matmul(x, weight, False, True), bias)

    def compile(self, *outputs: Node) -> "Compiled":
        """The graph ready to run."""
        model = openvino.Model(list(outputs), list(self._inputs.values()), "encoder")
        return Compiled(model, tuple(self._inputs))

    def _layer(self, x: Node, name: str) -> Node:
        heads = ops.split(self.linear(x, f"{name}qkv"), ops.constant(2), 3).outputs()
        query, key, value = map(self._as_heads, heads)
        mask = self._input("mask", [-1, 1, 1, -1], np.float32)
        read = ops.scaled_dot_product_attention(query, key, value, mask)
        joined = self._reshaped(ops.transpose(read, ops.constant([0, 2, 1, 3])), [0, 0, WIDTH])
        x = self._norm(ops.add(x, self.linear(joined, f"{name}mix")), f"{name}mix_norm")
        wide = ops.gelu(self.linear(x, f"{name}widen"), "erf")
        return self._norm(ops.add(x, self.linear(wide, f"{name}narrow")), f"{name}norm")

    def _as_heads(self, x: Node) -> Node:
        apart = self._reshaped(x, [0, 0, HEADS, WIDTH // HEADS])
        return ops.transpose(apart, ops.constant([0, 2, 1, 3]))

    def _reshaped(self, x: Node, shape: Sequence[int]) -> Node:
        return ops.reshape(x, ops.constant(list(shape)), special_zero=True)

    def _norm(self, x: Node, name: str) -> Node:
        evened = ops.mvn(x, ops.constant([-1]), True, _EPSILON, "inside_sqrt")
        scaled = ops.multiply(evened, self._constant(f"{name}.weight"))
        return ops.add(scaled, self._constant(f"{name}.bias"))

    def _row(self, name: str, numbers: Node) -> Node:
        return ops.gather(self._constant(f"{name}.weight"), numbers, ops.constant(0))

    def _constant(self, name: str) -> Node:
        return ops.constant(self._tensors[name], shared_memory=True)

    def _input(self, name: str, shape: Sequence[int], kind: type) -> Node:
        if name not in self._inputs:
            self._inputs[name] = ops.parameter(list(shape), kind, name)
        return self._inputs[name]


class Compiled:
    """A graph that can be run; safe to share between threads, which wait for one another."""

    def __init__(self, model: openvino.Model, names: tuple[str, ...]) -> None:
        """`names` are the inputs', in the model's order."""
        core = openvino.Core()
        capable = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        name = core.get_property("CPU", "FULL_DEVICE_NAME")
        precision = "bf16" if "BF16" in capable and is_bfloat16_faster(name) else "f32"
        told = os.environ.get("OMP_NUM_THREADS", "")
        # As all libraries do that are told so; 0 is as many as there are processors.
        threads = int(told) if told.isdecimal() else 0
        settings = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": threads}
        compiled = core.compile_model(model, "CPU", settings)
        self._names = names
        self._request = compiled.create_infer_request()
        self._lock = threading.Lock()

    def run(self, **inputs: NDArray[Any]) -> list[NDArray[np.float32]]:
        """The outputs for these inputs; every input of the graph is given by its name."""
        with self._lock:
            found = self._request.infer([inputs[name] for name in self._names])
            return [np.array(found[n]) for n in range(len(found))]


def is_bfloat16_faster(processor: str, told: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether a processor of that name, which multiplies bfloat16, gains by it.

    Intel's do with their matrix unit (AMX) only, which a virtual machine may hide: without it the
    products take a third longer than in 32 bits (docs/experiments.md). `told` is where Linux tells
    of it; elsewhere it is taken for missing.
    """
    if "Intel" not in processor:
        return True
    try:
        return "amx_bf16" in told.read_text("ascii", "replace")
    except OSError:
        return False


def batches(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """The numbers of rows to be run together: of like length, longest first, within `tokens`."""
    batch: list[int] = []
    for n in sorted(range(len(lengths)), key=lambda n: (-lengths[n], n)):
        longest = lengths[batch[0]] if batch else 0
        if batch and (lengths[n] < _SHORT * longest or (len(batch) + 1) * longest > tokens):
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def padded_inputs(
    ids: Sequence[Sequence[int]], types: Sequence[Sequence[int]]
) -> dict[str, NDArray[Any]]:
    """Rows of token numbers and types as the inputs of `Graph.states`."""
    lengths = np.array([len(row) for row in ids])
    positions = np.arange(lengths.max())
    padding = np.where(positions < lengths[:, None], np.float32(0), np.float32(_MASKED))
    return {
        "ids": _padded(ids),
        "types": _padded(types),
        "positions": positions,
        "mask": padding[:, None, None, :],
    }


def _padded(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    array = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for n, row in enumerate(rows):
        array[n, : len(row)] = row
    return array


def means_of(groups: Sequence[Sequence[int]], count: int) -> NDArray[np.float32]:
    """The pool that takes the mean of each group's tokens.

    `groups` has the number of each token's group, rising from 0 to `count`, or -1 for none.
    """
    pool = np.zeros((len(groups), count, max(map(len, groups))), np.float32)
    for row, of_row in zip(pool, groups, strict=True):
        numbers = np.array(of_row)
        inside = np.flatnonzero(numbers >= 0)
        row[numbers[inside], inside] = 1.0
        row /= np.maximum(row.sum(axis=1, keepdims=True), 1.0)
    return pool


def from_bert(tensors: Tensors) -> dict[str, NDArray[np.float32]]:
    """A BERT checkpoint's tensors under the names used here."""
    old = "embeddings."
    renamed = {
        "words.weight": tensors[f"{old}word_embeddings.weight"],
        "positions.weight": tensors[f"{old}position_embeddings.weight"],
        "types.weight": tensors[f"{old}token_type_embeddings.weight"],
        "norm.weight": tensors[f"{old}LayerNorm.weight"],
        "norm.bias": tensors[f"{old}LayerNorm.bias"],
    }
    for number in range(LAYERS):
        for kind in ("weight", "bias"):
            theirs = f"encoder.layer.{number}."
            heads = [f"{theirs}attention.self.{n}.{kind}" for n in ("query", "key", "value")]
            ours = f"layers.{number}."
            renamed[f"{ours}qkv.{kind}"] = np.concatenate([tensors[name] for name in heads])
            for new, old in _RENAMED.items():
                renamed[f"{ours}{new}.{kind}"] = tensors[f"{theirs}{old}.{kind}"]
    return renamed


_RENAMED = {
    "mix": "attention.output.dense",
    "mix_norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}
