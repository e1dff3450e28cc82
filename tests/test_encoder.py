"""The encoder's graph: what is padded, what is pooled, and that rows do not see one another."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.archive.embedding.encoder import (
    Graph,
    batches,
    is_bfloat16_faster,
    means_of,
    padded_inputs,
)
from index.archive.embedding.minilm import tensors

ROWS = [[101, 7592, 2088, 102], [101, 2054, 102], [101, 102]]
TYPES = [[0] * len(row) for row in ROWS]


def test_padding_and_other_rows_change_nothing() -> None:
    graph = Graph(tensors())
    encoder = graph.compile(graph.states())
    (together,) = encoder.run(**padded_inputs(ROWS, TYPES))
    for n, row in enumerate(ROWS):
        (alone,) = encoder.run(**padded_inputs([row], TYPES[n : n + 1]))
        assert together[n, : len(row)] == pytest.approx(alone[0], abs=0.05)  # 16 bits round


def test_a_group_is_pooled_to_its_mean() -> None:
    pool = means_of([[-1, 0, 0, 1], [0]], 2)
    assert pool.tolist() == [[[0, 0.5, 0.5, 0], [0, 0, 0, 1]], [[1, 0, 0, 0], [0, 0, 0, 0]]]


def test_padding_is_masked() -> None:
    mask = padded_inputs([[101, 102], [101, 7592, 102]], [[0, 0], [0, 0, 0]])["mask"]
    assert mask.shape == (2, 1, 1, 3)
    assert (mask == 0).squeeze((1, 2)).tolist() == [[True, True, False], [True, True, True]]


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(1, 2000))
def test_every_row_is_in_one_batch_with_rows_like_it(lengths: list[int], tokens: int) -> None:
    found = list(batches(lengths, tokens))
    assert sorted(n for batch in found for n in batch) == list(range(len(lengths)))
    for batch in found:
        longest = max(lengths[n] for n in batch)
        assert len(batch) == 1 or len(batch) * longest <= tokens
        assert min(lengths[n] for n in batch) >= 0.8 * longest


@pytest.mark.parametrize(
    ("name", "flags", "faster"),
    [
        ("AMD EPYC 9354 32-Core Processor", "avx512_bf16", True),
        ("Intel(R) Xeon(R) Processor", "avx512_bf16", False),
        ("Intel(R) Xeon(R) Processor", "avx512_bf16 amx_bf16", True),
    ],
)
def test_bfloat16_is_used_where_it_is_faster(
    name: str, flags: str, faster: bool, tmp_path: Path
) -> None:
    processors = tmp_path / "cpuinfo"
    processors.write_text(f"flags\t: fpu {flags}\n", "ascii")
    assert is_bfloat16_faster(name, processors) == faster
    assert not is_bfloat16_faster("Intel(R) Core(TM) i5", tmp_path / "none")
