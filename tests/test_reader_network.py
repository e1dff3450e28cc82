"""The network as it learns and as it is run give the same logits."""

import pytest
import torch

from bot.selecting.reading.reader import ReaderModel
from bot.selecting.reading.reader_input import ReadPassage, tokenize
from bot.training.reader_network import ReaderNetwork, first_weights, lay_out
from index.archive.embedding.minilm import read_tokenizer, tensors

TOKENIZER = read_tokenizer()
PASSAGES = [
    ReadPassage("Rivers", ("The Wend is long.", "It is 40 miles long."), (None, "Ann Lee")),
    ReadPassage(None, ("Nobody came.",), ("Tom Marsh",), "A lead.", frozenset([0])),
]


def test_what_was_learned_is_what_is_run() -> None:
    torch.manual_seed(1)
    network = ReaderNetwork().eval()
    network.load_state_dict(first_weights(tensors()), strict=False)
    rows = tokenize(TOKENIZER, "how long is it", PASSAGES)
    with torch.inference_mode():
        learned = network(lay_out(rows))
    model = ReaderModel({name: value.numpy() for name, value in network.state_dict().items()})
    run = model.read(rows)
    close = 0.05  # 16 bits round
    scores = [score for logits in run for score in logits.sentences.tolist()]
    assert scores == pytest.approx(learned.sentences.tolist(), abs=close)
    assert [r.answers for r in run] == pytest.approx(learned.answers.tolist(), abs=close)
    starts = [start for logits in run for start in logits.starts.tolist()]
    assert starts == pytest.approx(learned.starts.tolist(), abs=close)


def test_rows_are_laid_end_to_end_with_their_sentences_numbered_through() -> None:
    pack = lay_out(tokenize(TOKENIZER, "who?", PASSAGES))
    tokens = pack.tokens
    assert sum(tokens.lengths) == len(tokens.ids)
    assert pack.sentences == 3
    assert set(pack.segments.tolist()) == {-1, 0, 1, 2}
    assert tokens.positions[tokens.lengths[0]] == 0
