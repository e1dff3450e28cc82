"""What the reader is taught: targets, positions of short answers, and that it learns them."""

import pytest
import torch

from bot.selecting.reading.reader_input import ReadPassage
from bot.training.reader_lessons import IGNORED, Example
from bot.training.reader_network import FORGOTTEN, ReaderNetwork, loss, make_batch
from index.archive.embedding.minilm import read_tokenizer

TOKENIZER = read_tokenizer()
PASSAGE = ReadPassage("Rivers", ("The Wend is long.", "It is 40 miles long."), (None, None))


def test_the_short_answer_becomes_its_tokens() -> None:
    example = Example("how long is it", PASSAGE, (0.0, 1.0), (1, 6, 14))
    batch = make_batch([(example,)], TOKENIZER)
    ids = batch.packed.tokens.ids[batch.starts[0] : batch.ends[0] + 1].tolist()
    assert TOKENIZER.decode(ids) == "40 miles"


def test_no_short_answer_is_the_first_token_and_an_unknown_one_is_not_taught() -> None:
    nothing = Example("who", PASSAGE, (0.0, 0.0))
    unknown = Example("who", PASSAGE, (0.0, 1.0), spanless=True)
    batch = make_batch([(nothing,), (unknown,)], TOKENIZER)
    assert batch.starts == (0, FORGOTTEN)


def test_what_nobody_knows_is_not_taught() -> None:
    batch = make_batch([(Example("who", PASSAGE, (IGNORED, 0.0)),)], TOKENIZER)
    assert batch.read.tolist() == [False, True]
    assert batch.answers.tolist() == [IGNORED]


def test_a_batch_of_which_nothing_is_known_teaches_nothing_wrong() -> None:
    batch = make_batch([(Example("who", PASSAGE, (IGNORED, IGNORED)),)], TOKENIZER)
    assert torch.isfinite(loss(ReaderNetwork()(batch.packed), batch))


@pytest.mark.parametrize("targets", [(0.0, 1.0), (0.0, 0.0), (IGNORED, 0.0), (1.0, 0.8)])
def test_a_step_makes_the_loss_smaller(targets: tuple[float, ...]) -> None:
    torch.manual_seed(0)
    network = ReaderNetwork()
    optimiser = torch.optim.SGD(network.parameters(), lr=0.01)
    batch = make_batch([(Example("how long is it", PASSAGE, targets),)], TOKENIZER)
    before = loss(network(batch.packed), batch)
    torch.autograd.backward(before)
    optimiser.step()
    after = loss(network(batch.packed), batch)
    assert float(after.detach()) < float(before.detach())
